"""Which screens there are, who opens each and by which way: read by `tools.shots`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from playwright.sync_api import Page

from tests.web.browser import sign_in

Open = Callable[[Page, str], None]
# An official test number that the demo has given to nobody.
UNKNOWN_NUMBER = "189001019802"


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen: its name, the account that opens it ("" is nobody) and how it is reached."""

    name: str
    account: str
    open: Open


def at(path: str) -> Open:
    """Open an address."""

    def go(page: Page, address: str) -> None:
        page.goto(address + path)

    return go


def through(*steps: Open) -> Open:
    """Take several steps after each other."""

    def go(page: Page, address: str) -> None:
        for step in steps:
            step(page, address)

    return go


def link(name: str, place: int = 0) -> Open:
    """Follow a link by its words, within the page's content."""

    def go(page: Page, _address: str) -> None:
        page.locator("main").get_by_role("link", name=re.compile(name)).nth(place).click()

    return go


def button(name: str) -> Open:
    """Press a button by its words, within the page's content."""

    def go(page: Page, _address: str) -> None:
        page.locator("main").get_by_role("button", name=name, exact=True).first.click()

    return go


def typed(label: str, text: str) -> Open:
    """Type into the field of a label."""

    def go(page: Page, _address: str) -> None:
        page.locator("main").get_by_label(label).first.fill(text)

    return go


def picked(label: str) -> Open:
    """Pick a radio button or mark a checkbox."""

    def go(page: Page, _address: str) -> None:
        page.locator("main").get_by_label(label).first.check()

    return go


def chosen(label: str, text: str) -> Open:
    """Choose another unit or term for the whole program."""

    def go(page: Page, _address: str) -> None:
        page.locator(".context summary").click()
        page.locator(".context").get_by_label(label).select_option(label=text)
        page.locator(".context").get_by_role("button", name="Byt").click()

    return go


def option(text: str) -> Open:
    """Type into the course search and choose the first option by keyboard."""

    def go(page: Page, _address: str) -> None:
        page.get_by_role("combobox", name="Kurs").press_sequentially(text)
        page.get_by_role("listbox").get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.locator("#name-build .status[data-s=done]").wait_for()

    return go


def grades(*values: str) -> Open:
    """Type grades downwards from the first row."""

    def go(page: Page, _address: str) -> None:
        inputs = page.locator("table.entry tbody input:not([type=hidden])")
        inputs.first.wait_for()
        for row in range(inputs.count()):
            inputs.nth(row).fill(values[row % len(values)])

    return go


def row(text: str) -> Open:
    """Follow the first link of the table row that holds the text."""

    def go(page: Page, _address: str) -> None:
        page.locator("main tbody tr", has_text=text).first.get_by_role("link").first.click()

    return go


def overtaken(page: Page, address: str) -> None:
    """Let somebody else type a grade in the first row of the open sheet."""
    sheet = page.url
    browser = page.context.browser
    assert browser is not None  # noqa: S101 # a page of ours always has one
    other = browser.new_context(locale="sv-SE").new_page()
    sign_in(other, address, "betyg.vux", settings.DEMO_PASSWORD)
    other.goto(sheet)
    other.locator("table.entry tbody input:not([type=hidden])").first.fill("A")
    other.get_by_role("button", name="Spara utkast").click()
    other.wait_for_load_state()
    other.context.close()


def searched(text: str) -> Open:
    """Find a student."""
    return through(at("/elever/"), typed("Personnummer eller namn", text), button("Sök"))


def in_english(page: Page, _address: str) -> None:
    """Choose English."""
    page.locator(".app-bar summary").click()
    page.get_by_role("button", name="English").click()


GROUP = through(at("/grupper/"), link("PRÖ:"))
STUDENT = through(searched("an"), link("Studieplan"))
SHEET = through(at("/betyg/"), link("PRÖ:"))
TOGETHER = through(at("/betyg/"), link("MAT04"))
OPEN_GROUP = through(at("/grupper/?state=waiting"), link("PRÖ:"))
OPEN_STUDENT = through(OPEN_GROUP, link(","))
PROTECTED_GROUP = through(at("/"), chosen("Enhet", "Komvux Hamnen"), at("/grupper/"), link("MAT2$"))
LAST_TERM = through(at("/"), chosen("Period", "VT 2026"))
ADMIN, TEACHER, CENTRE = "admin.vux", "larare", "vuxcentrum"

CATALOGUE = through(at("/betygskataloger/?term=HT25"), link("^BK-"))
DECIDED = through(
    at("/"), chosen("Period", "VT 2026"), at("/betyg/"), link("PRÖ:"), link("Visa beslutet")
)
EXTRACTED = through(at("/utdrag/"), row("PRÖ:"), link(","))

SHOTS = (
    Shot("logga-in", "", at("/logga-in/")),
    Shot("oversikt-admin", ADMIN, at("/")),
    Shot("oversikt-larare", TEACHER, at("/")),
    Shot("oversikt-rektor", "rektor", at("/")),
    Shot("oversikt-vuxcentrum", CENTRE, at("/")),
    Shot("oversikt-system", "system", at("/")),
    Shot("grupper", ADMIN, at("/grupper/")),
    Shot("grupper-tom", ADMIN, at("/grupper/?q=finns-inte")),
    Shot("grupp-ny", ADMIN, at("/grupper/lagg-till/")),
    Shot("grupp-ny-vald", ADMIN, through(at("/grupper/lagg-till/"), option("MATMAT03b"))),
    Shot("grupp-ny-fel", ADMIN, through(at("/grupper/lagg-till/"), button("Spara"))),
    Shot("grupp", ADMIN, GROUP),
    Shot("grupp-uppgifter", ADMIN, through(GROUP, link("^Uppgifter"))),
    Shot("grupp-historik", ADMIN, through(GROUP, link("^Historik"))),
    Shot("grupp-larare", ADMIN, through(at("/grupper/?state=no-teacher"), link("PRÖ:"),
                                        link("Koppla betygssättande lärare"))),
    Shot("grupp-placera", ADMIN, through(GROUP, link("Placera elever"),
                                         typed("Sök inskriven elev på namn", "an"),
                                         button("Hämta till listan"))),
    Shot("grupp-datum", ADMIN, through(GROUP, link("^Uppgifter"), link("datum"))),
    Shot("grupp-elevs-datum", ADMIN, through(OPEN_GROUP, link("^Ändra datum"))),
    Shot("grupp-ta-tillbaka", ADMIN, through(OPEN_GROUP, link("^Ta tillbaka"))),
    Shot("grupp-kopiera", ADMIN, at("/grupper/kopiera/")),
    Shot("elever", ADMIN, searched("an")),
    Shot("elever-aldrig-inskriven", ADMIN, searched(UNKNOWN_NUMBER)),
    Shot("elev", ADMIN, STUDENT),
    Shot("elev-datum", ADMIN, through(OPEN_STUDENT, link("^Ändra datum"))),
    Shot("elev-ta-tillbaka", ADMIN, through(OPEN_STUDENT, link("^Ta tillbaka"))),
    Shot("elev-skyddad", ADMIN, through(PROTECTED_GROUP, link("Skyddad"))),
    Shot("elev-historik", ADMIN, through(STUDENT, link("^Historik"))),
    Shot("elev-placera", ADMIN, through(STUDENT, link("Lägg till"))),
    Shot("elev-uppgifter", CENTRE, through(STUDENT, link("Personuppgifter"))),
    Shot("begaran", ADMIN, at("/begaran/")),
    Shot("begaran-ny", ADMIN, at("/begaran/ny/")),
    Shot("begaran-fraga", ADMIN, through(at("/begaran/"), row("Väntar på ert svar"))),
    Shot("begaran-handlagga", CENTRE, through(at("/begaran/"), row("PRÖ:"))),
    Shot("betyg", TEACHER, at("/betyg/")),
    Shot("betygsblad", TEACHER, SHEET),
    Shot("betygsblad-fel", TEACHER, through(SHEET, grades("C", "G", "E"),
                                            button("Spara utkast"))),
    Shot("betygsblad-granska", TEACHER, through(SHEET, grades("B", "C", "D", "E", "C"),
                                                button("Granska och besluta"))),
    Shot("betygsblad-konflikt", TEACHER, through(SHEET, overtaken, grades("D"),
                                                 button("Spara utkast"))),
    Shot("betygsblad-ej-klar", "betyg.vux", through(at("/betyg/"), row("NAK01B"))),
    Shot("betygsblad-kommande", TEACHER, through(at("/betyg/"), row("Kommande"))),
    Shot("betyg-elev", TEACHER, through(SHEET, link(","))),
    Shot("betyg-utfall", TEACHER, through(SHEET, link("Genomfördes inte"))),
    Shot("betyg-att-satta", ADMIN, at("/betyg/att-satta/")),
    Shot("granska-tva", TEACHER, through(TOGETHER, button("Granska och besluta"))),
    Shot("granska-rektor", "rektor", through(TOGETHER, link("Granska och besluta"))),
    Shot("betygsblad-beslutat", TEACHER, through(LAST_TERM, at("/betyg/"), link("PRÖ:"))),
    Shot("kataloger", ADMIN, at("/betygskataloger/")),
    Shot("utdrag", "rektor", at("/utdrag/")),
    Shot("utdrag-fel", "rektor", through(at("/utdrag/"), picked("Personer som jag räknar upp"),
                                         typed("Personnummer", UNKNOWN_NUMBER),
                                         button("Beställ utdrag"))),
    Shot("utdrag-bestallning", "rektor", through(at("/utdrag/"), row("PRÖ:"))),
    Shot("elev-utdrag", "rektor", EXTRACTED),
    Shot("elev-utdrag-kopia", "rektor", through(EXTRACTED, link("^Skriv kopia"))),
    Shot("elev-utdrag-vuxcentrum", CENTRE, through(STUDENT, link("^Utdrag"))),
    Shot("elev-allt", "rektor", through(EXTRACTED, link("Allt om eleven"))),
    Shot("kataloger-skriven", ADMIN, through(at("/"), chosen("Period", "HT 2025"),
                                             at("/betygskataloger/"))),
    Shot("katalog", ADMIN, CATALOGUE),
    Shot("katalog-kopia", ADMIN, through(CATALOGUE, link("^Skriv en kopia"))),
    Shot("saknade-underskrifter", "rektor", at("/betygskataloger/att-underteckna/")),
    Shot("klistra-in", TEACHER, through(SHEET, link("Klistra in"),
                                        typed("Kopierad kolumn", "A\nB\nX"),
                                        button("Visa vad som ändras"))),
    Shot("kataloger-jobb", ADMIN, through(LAST_TERM, at("/betygskataloger/"),
                                          button("Skriv betygskatalog"))),
    Shot("leveranser", CENTRE, at("/leveranser/")),
    Shot("leveranser-anordnare", ADMIN, at("/leveranser/")),
    Shot("leverans-forbered", "ansvarig.kompaniet", through(at("/leveranser/"),
                                                            row("Kunskapskompaniet"))),
    Shot("leverans-att-ta-emot", CENTRE, through(at("/leveranser/?state=not-done"),
                                                 row("Komvux Hamnen"))),
    Shot("leverans-aterand-fel", CENTRE, through(at("/leveranser/?state=not-done"),
                                                 row("Komvux Hamnen"),
                                                 button("Återsänd till anordnaren"))),
    Shot("leverans-mottagen", "rektor", through(at("/leveranser/"), row("Komvux Centrum"))),
    Shot("underlag", CENTRE, at("/underlag/?target=scb&term=HT26")),
    Shot("underlag-anordnare", ADMIN, at("/underlag/?target=scb&term=HT26")),
    Shot("underlag-gjorda", CENTRE, at("/underlag/?target=uhr&term=VT26")),
    Shot("underlag-utkast", CENTRE, through(at("/underlag/?target=scb&term=VT26"), link("^SCB-"))),
    Shot("underlag-lamnat", CENTRE, through(at("/underlag/?target=uhr&term=VT26"), link("^UHR-"))),
    Shot("underlag-koder-fel", CENTRE, through(at("/underlag/koder/?target=scb"),
                                               button("Spara koden"))),
    Shot("underlag-siffror", CENTRE, at("/underlag/statistik/?term=VT26")),
    Shot("underlag-lamnade", CENTRE, at("/underlag/lamnade/")),
    Shot("e-arkiv", CENTRE, through(at("/"), chosen("Period", "HT 2025"),
                                    chosen("Enhet", "Komvux Centrum"), at("/arkiv/paket/"))),
    Shot("filer", CENTRE, at("/filer/?start=2024-01-01&tom=2026-12-31&term=HT26")),
    Shot("filer-fel", CENTRE, at("/filer/?start=2026-12-31&tom=2026-01-01&term=sommar")),
    Shot("inlasning", CENTRE, at("/inlasning/")),
    Shot("inlasning-personer", CENTRE, at("/inlasning/personer/")),
    Shot("inlasning-andra-system", CENTRE, at("/inlasning/externa-betyg/")),
    Shot("avstamning", ADMIN, at("/avstamning/")),
    Shot("avstamning-fel", ADMIN, through(at("/avstamning/"), button("Jämför"))),
    Shot("roller-granska", "rektor", at("/roller/granskning/")),
    Shot("roller-granska-alla", "system", at("/roller/granskning/?visa=alla")),
    Shot("roller-delegera", "rektor", at("/roller/delegering/")),
    Shot("roller-oversikt", "rektor", at("/")),
    Shot("konton", "system", at("/konton/")),
    Shot("konto-nytt", "system", at("/konton/nytt/")),
    Shot("konto-ett", "system", through(at("/konton/?q=rektor"), row("rektor"))),
    Shot("organisation", "system", at("/organisation/")),
    Shot("organisation-huvudman", "system", through(at("/organisation/"), link("kommun|stad"))),
    Shot("organisation-anordnare", "system", through(at("/organisation/"), row("Entreprenad"))),
    Shot("organisation-enhet", "system", through(at("/organisation/"), row("Komvux Centrum"))),
    Shot("organisation-initialer-fel", "system", through(at("/organisation/"),
                                                         link("^Komvux Hamnen"),
                                                         link("Nya initialer"),
                                                         typed("Initialer", "KC1"),
                                                         button("Spara initialerna"))),
    Shot("organisation-upphor", "system", through(at("/organisation/"), link("^Komvux Hamnen"),
                                                  link("Sista dag"))),
    Shot("organisation-terminstid", "system", through(at("/organisation/"), row("Entreprenad"),
                                                      link("Sätt terminstider"))),
    Shot("regler", "system", through(at("/organisation/"), link("^Visa"))),
    Shot("regel", "system", through(at("/organisation/"), link("^Visa"),
                                    link("Dagar till registrerat betyg"),
                                    typed("Dagar till registrerat betyg", "7"),
                                    button("Visa vad som händer"))),
    Shot("handelser", "system", at("/handelser/")),
    Shot("handelser-rektor", "rektor", at("/handelser/")),
    Shot("handelser-kontroll", "system", at("/handelser/kontroll/")),
    Shot("loggar-sok", "system", at("/atkomst/sok/")),
    Shot("dokument-skal", "rektor", through(LAST_TERM, at("/betygskataloger/"),
                                            link("skyddade personer"), link("PDF"))),
    Shot("installation", "system", at("/installation/")),
    Shot("installation-jobb", "system", at("/installation/jobb/")),
    Shot("gallring", "system", at("/arkiv/gallring/")),
    Shot("kurser", ADMIN, at("/kurser/sok?q=mate")),
    Shot("oversikt-engelska", ADMIN, through(at("/"), in_english)),
    Shot("finns-inte", ADMIN, at("/grupper/00000000-0000-0000-0000-000000000000/")),
    Shot("far-inte", TEACHER, at("/elever/")),
    Shot("beslut", "rektor", DECIDED),
    Shot("ratta", "rektor", through(DECIDED, link("Rätta"))),
    Shot("ratta-fel", "rektor", through(DECIDED, link("Rätta"), button("Rätta betyget"))),
    Shot("andra", "rektor", through(DECIDED, link("Ändra"))),
)  # fmt: skip
