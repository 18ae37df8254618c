"""What follows a decision, and what comes from and goes to other systems."""

from provning.imports.kinds import KINDS
from tools.shots.shot import ADMIN, CENTRE, PRINCIPAL, SYSTEM, TEACHER, Shot
from tools.shots.steps import (
    at,
    button,
    chosen,
    done,
    file,
    link,
    picked,
    row,
    through,
    typed,
    under,
)
from tools.shots.work import EXTRACTED, LAST_TERM, STUDENT, UNKNOWN_NUMBER

# Files as they are brought in: one row that holds, one that does not.
PERSONS = """Personnummer;Förnamn;Efternamn
189001019802;Alva;Bergqvist
1890-01-01;Bo;Ek
"""
PLACEMENTS = """Prövningsgrupp;Kurskod;Personnummer;Elev;Prövningsdatum
PRÖ:KC26HTENG07;ENGENG07;189001019802;Bergqvist, Alva;2026-10-12
"""
GRADES = """Prövningsgrupp;Kurskod;Personnummer;Elev;Betyg;Betygsdatum
PRÖ:KC26HTENG07;ENGENG07;189001019802;Bergqvist, Alva;C;2026-10-13
"""
# Who brings in the kinds of file whose first page is shown.
IMPORTERS = {
    "enrolments": CENTRE,
    "ims_persons": CENTRE,
    "groups": ADMIN,
    "ims_groups": ADMIN,
    "placements": ADMIN,
    "ims_placements": ADMIN,
    "results": TEACHER,
    "staff": SYSTEM,
}
UNSIGNED = through(LAST_TERM, at("/betygskataloger/"), link("^BK-"))
CATALOGUE = through(at("/betygskataloger/?term=HT25"), link("^BK-"))

AFTERWARDS = (
    Shot("kataloger", "catalogues:list", ADMIN, at("/betygskataloger/")),
    Shot("utdrag", "extracts:list", PRINCIPAL, at("/utdrag/")),
    Shot("utdrag-fel", "extracts:order", PRINCIPAL,
         through(at("/utdrag/"), picked("Personer som jag räknar upp"),
                 typed("Personnummer", UNKNOWN_NUMBER), button("Beställ utdrag"))),
    Shot("utdrag-bestallning", "extracts:batch", PRINCIPAL, through(at("/utdrag/"), row("PRÖ:"))),
    Shot("elev-utdrag", "extracts:person", PRINCIPAL, EXTRACTED),
    Shot("elev-utdrag-kopia", "extracts:copy", PRINCIPAL, through(EXTRACTED, link("^Skriv kopia"))),
    Shot("elev-utdrag-vuxcentrum", "extracts:person", CENTRE, through(STUDENT, link("^Utdrag"))),
    Shot("kataloger-skriven", "catalogues:list", ADMIN,
         through(at("/"), chosen("Period", "HT 2025"), at("/betygskataloger/"))),
    Shot("katalog", "catalogues:record", ADMIN, CATALOGUE),
    Shot("katalog-kopia", "catalogues:copy", ADMIN, through(CATALOGUE, link("^Skriv en kopia"))),
    Shot("saknade-underskrifter", "catalogues:unsigned", PRINCIPAL,
         at("/betygskataloger/att-underteckna/")),
    Shot("kataloger-jobb", "catalogues:list", ADMIN,
         through(LAST_TERM, at("/betygskataloger/"), button("Skriv betygskatalog"))),
    Shot("leveranser", "deliveries:list", CENTRE, at("/leveranser/")),
    Shot("leveranser-anordnare", "deliveries:list", ADMIN, at("/leveranser/")),
    Shot("leverans-forbered", "deliveries:period", "ansvarig.kompaniet",
         through(at("/leveranser/"), row("Kunskapskompaniet"))),
    Shot("leverans-att-ta-emot", "deliveries:detail", CENTRE,
         through(at("/leveranser/?state=not-done"), row("Komvux Hamnen"))),
    Shot("leverans-aterand-fel", "deliveries:detail", CENTRE,
         through(at("/leveranser/?state=not-done"), row("Komvux Hamnen"),
                 button("Återsänd till anordnaren"))),
    Shot("leverans-mottagen", "deliveries:detail", PRINCIPAL,
         through(at("/leveranser/"), row("Komvux Centrum"))),
    Shot("underlag", "reporting:list", CENTRE, at("/underlag/?target=scb&term=HT26")),
    Shot("underlag-anordnare", "reporting:list", ADMIN, at("/underlag/?target=scb&term=HT26")),
    Shot("underlag-gjorda", "reporting:list", CENTRE, at("/underlag/?target=uhr&term=VT26")),
    Shot("underlag-utkast", "reporting:extract", CENTRE,
         through(at("/underlag/?target=scb&term=VT26"), link("^SCB-"))),
    Shot("underlag-lamnat", "reporting:extract", CENTRE,
         through(at("/underlag/?target=uhr&term=VT26"), link("^UHR-"))),
    Shot("underlag-koder-fel", "reporting:codes", CENTRE,
         through(at("/underlag/koder/?target=scb"), button("Spara koden"))),
    Shot("underlag-siffror", "reporting:statistics", CENTRE, at("/underlag/statistik/?term=VT26")),
    Shot("underlag-lamnade", "reporting:sent", CENTRE, at("/underlag/lamnade/")),
    Shot("e-arkiv", "archive:packages", CENTRE,
         through(at("/"), chosen("Period", "HT 2025"), chosen("Enhet", "Komvux Centrum"),
                 at("/arkiv/paket/"))),
    Shot("filer", "feeds:files", CENTRE, at("/filer/?start=2024-01-01&tom=2026-12-31&term=HT26")),
    Shot("filer-fel", "feeds:files", CENTRE,
         at("/filer/?start=2026-12-31&tom=2026-01-01&term=sommar")),
    Shot("inlasning", "imports:list", CENTRE, at("/inlasning/")),
    Shot("inlasning-personer", "imports:persons-new", CENTRE, at("/inlasning/personer/")),
    Shot("inlasning-andra-system", "imports:external_grades-new", CENTRE,
         at("/inlasning/externa-betyg/")),
    Shot("avstamning", "reconciliation:start", ADMIN, at("/avstamning/")),
    Shot("avstamning-fel", "reconciliation:start", ADMIN,
         through(at("/avstamning/"), button("Jämför"))),
    Shot("katalog-osignerad", "catalogues:record", PRINCIPAL, UNSIGNED),
    Shot("katalog-underteckna", "catalogues:sign", PRINCIPAL,
         through(UNSIGNED, under("underskrift/"))),
    Shot("katalog-rektor-i-stallet", "catalogues:in-place", ADMIN,
         through(UNSIGNED, under("i-stallet/"))),
    Shot("katalog-ta-tillbaka", "catalogues:take-back", PRINCIPAL,
         through(CATALOGUE, link("ta tillbaka"))),
    Shot("underlag-bestallning", "reporting:order", CENTRE,
         through(at("/underlag/?target=scb&term=HT25"), button("Gör underlag"))),
    Shot("inlasning-granska", "imports:persons-one", CENTRE,
         through(at("/inlasning/personer/"), file("file", "personer.csv", PERSONS),
                 button("Ladda upp och granska"), done)),
    Shot("avstamning-svar", "reconciliation:one", ADMIN,
         through(at("/avstamning/"), file("placements", "placeringar.csv", PLACEMENTS),
                 file("grades", "betyg.csv", GRADES), button("Jämför"), done)),
    *(Shot(f"inlasning-{each.slug}", f"imports:{each.key}-new", who, at(f"/inlasning/{each.slug}/"))
      for each in KINDS.values() if (who := IMPORTERS.get(each.key))),
)  # fmt: skip
