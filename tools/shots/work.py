"""Signing in, and the work before a grade is decided and when one is changed."""

from tools.shots.shot import ADMIN, CENTRE, PRINCIPAL, SECOND_STEP, SYSTEM, TEACHER, Shot
from tools.shots.steps import (
    arrived,
    at,
    button,
    chosen,
    confirmed,
    grades,
    in_english,
    link,
    option,
    overtaken,
    row,
    searched,
    second_step,
    settled,
    through,
    typed,
)

# An official test number that the demo has given to nobody.
UNKNOWN_NUMBER = "189001019802"

GROUP = through(at("/grupper/"), link("PRÖ:"))
STUDENT = through(searched("an"), link("Studieplan"))
SHEET = through(at("/betyg/"), link("PRÖ:"))
TOGETHER = through(at("/betyg/"), link("MAT04"))
OPEN_GROUP = through(at("/grupper/?state=waiting"), link("PRÖ:"))
OPEN_STUDENT = through(OPEN_GROUP, link(","))
PROTECTED_GROUP = through(at("/"), chosen("Enhet", "Komvux Hamnen"), at("/grupper/"), link("MAT2$"))
LAST_TERM = through(at("/"), chosen("Period", "VT 2026"))
DECIDED = through(
    at("/"), chosen("Period", "VT 2026"), at("/betyg/"), link("PRÖ:"), link("Visa beslutet")
)
EXTRACTED = through(at("/utdrag/"), row("PRÖ:"), link(","))

WORK = (
    Shot("logga-in", "sign-in", "", at("/logga-in/")),
    Shot("logga-in-andra-steget", "second-step", "", second_step(SECOND_STEP)),
    Shot("glomt-losenord", "ask-for-reset", "", at("/logga-in/glomt-losenord/")),
    Shot("glomt-losenord-gammal-lank", "choose-password", "", at("/logga-in/nytt-losenord/a/b/")),
    Shot("bekrafta", "confirm", PRINCIPAL, at("/bekrafta/?till=/")),
    Shot("konto", "account", PRINCIPAL, at("/konto/")),
    Shot("konto-losenord", "new-password", PRINCIPAL, at("/konto/losenord/")),
    Shot("konto-app", "add-app", PRINCIPAL, through(at("/konto/app/"), confirmed)),
    Shot("konto-nyckel", "add-key", PRINCIPAL,
         through(at("/konto/nyckel/"), confirmed)),
    Shot("oversikt-admin", "overview", ADMIN, at("/")),
    Shot("oversikt-larare", "overview", TEACHER, at("/")),
    Shot("oversikt-rektor", "overview", PRINCIPAL, at("/")),
    Shot("oversikt-vuxcentrum", "overview", CENTRE, at("/")),
    Shot("oversikt-system", "overview", SYSTEM, at("/")),
    Shot("grupper", "groups:list", ADMIN, at("/grupper/")),
    Shot("grupper-tom", "groups:list", ADMIN, at("/grupper/?q=finns-inte")),
    Shot("grupp-ny", "groups:new", ADMIN, at("/grupper/lagg-till/")),
    Shot("grupp-ny-vald", "groups:new", ADMIN,
         through(at("/grupper/lagg-till/"), option("MATMAT03b"))),
    Shot("grupp-ny-fel", "groups:new", ADMIN, through(at("/grupper/lagg-till/"), button("Spara"))),
    Shot("grupp", "groups:detail", ADMIN, GROUP),
    Shot("grupp-uppgifter", "groups:facts", ADMIN, through(GROUP, link("^Uppgifter"))),
    Shot("grupp-historik", "groups:history", ADMIN, through(GROUP, link("^Historik"))),
    Shot("grupp-larare", "groups:teacher", ADMIN,
         through(at("/grupper/?state=no-teacher"), link("PRÖ:"),
                 link("Koppla betygssättande lärare"))),
    Shot("grupp-placera", "groups:place", ADMIN,
         through(GROUP, link("Placera elever"), typed("Sök inskriven elev på namn", "an"),
                 button("Hämta till listan"))),
    Shot("grupp-datum", "groups:dates", ADMIN, through(GROUP, link("^Uppgifter"), link("datum"))),
    Shot("grupp-elevs-datum", "groups:exam-date", ADMIN, through(OPEN_GROUP, link("^Ändra datum"))),
    Shot("grupp-ta-tillbaka", "groups:withdraw", ADMIN, through(OPEN_GROUP, link("^Ta tillbaka"))),
    Shot("grupp-kopiera", "groups:copy", ADMIN, at("/grupper/kopiera/")),
    Shot("elever", "students:search", ADMIN, searched("an")),
    Shot("elever-aldrig-inskriven", "students:search", ADMIN, searched(UNKNOWN_NUMBER)),
    Shot("elev", "students:detail", ADMIN, STUDENT),
    Shot("elev-datum", "students:change-date", ADMIN, through(OPEN_STUDENT, link("^Ändra datum"))),
    Shot("elev-ta-tillbaka", "students:withdraw", ADMIN,
         through(OPEN_STUDENT, link("^Ta tillbaka"))),
    Shot("elev-skyddad", "students:detail", ADMIN, through(PROTECTED_GROUP, link("Skyddad"))),
    Shot("elev-historik", "students:history", ADMIN, through(STUDENT, link("^Historik"))),
    Shot("elev-placera", "students:place", ADMIN, through(STUDENT, link("Lägg till"))),
    Shot("elev-uppgifter", "students:edit", CENTRE, through(STUDENT, link("Personuppgifter"))),
    Shot("begaran", "requests:list", ADMIN, at("/begaran/")),
    Shot("begaran-ny", "requests:new", ADMIN, at("/begaran/ny/")),
    Shot("begaran-fraga", "requests:detail", ADMIN,
         through(at("/begaran/"), row("Väntar på ert svar"))),
    Shot("begaran-handlagga", "requests:detail", CENTRE, through(at("/begaran/"), row("PRÖ:"))),
    Shot("betyg", "grades:list", TEACHER, at("/betyg/")),
    Shot("betygsblad", "grades:sheet", TEACHER, SHEET),
    Shot("betyg-utfall", "grades:outcome", TEACHER, through(SHEET, link("Genomfördes inte"))),
    Shot("betygsblad-fel", "grades:sheet", TEACHER,
         through(SHEET, grades("C", "G", "E"), button("Spara utkast"), settled)),
    Shot("betygsblad-granska", "grades:review", TEACHER,
         through(SHEET, grades("B", "C", "D", "E", "C"), button("Granska och besluta"),
                 arrived("/granska/"))),
    Shot("betygsblad-konflikt", "grades:sheet", TEACHER,
         through(SHEET, overtaken, grades("D"), button("Spara utkast"), settled)),
    Shot("betygsblad-ej-klar", "grades:sheet", "betyg.vux", through(at("/betyg/"), row("NAK01B"))),
    Shot("betygsblad-kommande", "grades:sheet", TEACHER, through(at("/betyg/"), row("Kommande"))),
    Shot("betyg-elev", "grades:student", TEACHER, through(SHEET, link(","))),
    Shot("betyg-att-satta", "grades:due", ADMIN, at("/betyg/att-satta/")),
    Shot("granska-tva", "grades:review", TEACHER, through(TOGETHER, button("Granska och besluta"),
                 arrived("/granska/"))),
    Shot("granska-rektor", "grades:review", PRINCIPAL,
         through(TOGETHER, link("Granska och besluta"))),
    Shot("betygsblad-beslutat", "grades:sheet", TEACHER,
         through(LAST_TERM, at("/betyg/"), link("PRÖ:"))),
    Shot("elev-allt", "students:everything", PRINCIPAL, through(EXTRACTED, link("Allt om eleven"))),
    Shot("klistra-in", "grades:paste", TEACHER,
         through(SHEET, link("Klistra in"), typed("Kopierad kolumn", "A\nB\nX"),
                 button("Visa vad som ändras"))),
    Shot("roller-oversikt", "overview", PRINCIPAL, at("/")),
    Shot("kurser", "courses:search", ADMIN, at("/kurser/sok?q=mate")),
    Shot("oversikt-engelska", "overview", "admin.hamnen", through(at("/"), in_english)),
    Shot("finns-inte", "groups:detail", ADMIN,
         at("/grupper/00000000-0000-0000-0000-000000000000/")),
    Shot("far-inte", "students:search", TEACHER, at("/elever/")),
    Shot("beslut", "corrections:decision", PRINCIPAL, DECIDED),
    Shot("ratta", "corrections:correct", PRINCIPAL, through(DECIDED, link("Rätta"))),
    Shot("ratta-fel", "corrections:correct", PRINCIPAL,
         through(DECIDED, link("Rätta"), button("Rätta betyget"))),
    Shot("andra", "corrections:amend", PRINCIPAL, through(DECIDED, link("Ändra"))),
)  # fmt: skip
