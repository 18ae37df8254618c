"""The printed extract: every name and code is found again, and the translation says what it is."""

from collections.abc import Iterator
from datetime import date

import pytest

from provning.catalogues.press import Press
from provning.extracts.content import ExtractContent, Section
from provning.extracts.printing import extract_press, print_extract, print_problems
from tests.catalogues.builders import DIFFICULT, Name, longest_names, numbers
from tests.extracts.samples import PROJECT, everything, extract, line
from tests.support.pdf_text import pages_of, text_of


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    """Return a press for the whole module; its process ends with it."""
    with extract_press() as held:
        yield held


def printed(press: Press, content: ExtractContent) -> str:
    return text_of(print_extract(press, content))


def test_one_of_everything_stands_on_the_page(press: Press) -> None:
    text = printed(press, extract())

    for row in (
        "Svenska för invandrare, kurs D SFIKUD9 – A 2026-05-12 Prövning Betyget motsvarar nivå 2"
        " i den nationella referensramen för kvalifikationer (SeQF)",
        "Administration – specialisering ADMADM00S 100 A 2026-05-12 Prövning Inriktning:"
        " Löneadministration i småföretag",
        "Engelska 6 ENGENG06 100 F 2026-05-12 Prövning –",
        f"KVARBF 100 E 2026-05-12 Prövning Komvuxarbete: {' '.join(PROJECT.split())}",
        "MODARA03 100 C 2026-05-12 Prövning Språk: Arabiska",
        "Matematik – fortsättning MATO1B00X 1b 100 C 2026-05-12 Prövning, Ersatt Ersatt av godkänt"
        " betyg på MATO2000X",
        "Matematik – fortsättning MATO2000X 1–2 200 C 2026-05-12 Prövning –",
    ):
        assert row in text
    for head in (
        "Kurs Kurskod Poäng Betyg Betygsdatum Markering Övriga upplysningar",
        "Ämne Nivåkod Nivåer Poäng Betyg Betygsdatum Markering Övriga upplysningar",
        "Gymnasial nivå, ämnen med nivåer (Gy25)",
    ):
        assert head in text
    for legend in (
        "Prövning: betyget är satt efter prövning",
        "Ersatt: ett godkänt betyg",
        "Betyg A–E: godkänt resultat. F: icke godkänt resultat.",
        "Betyg E: godkänt resultat. F: icke godkänt resultat.",
        "Utdraget innehåller de betyg som personen har valt",
    ):
        assert text.count(legend) == 1


@pytest.mark.parametrize("name", [*DIFFICULT, *longest_names(12)], ids=lambda each: each.last)
def test_a_name_is_whole_and_never_markup(press: Press, name: Name) -> None:
    text = printed(press, extract(name=name))

    assert f"Efternamn {' '.join(name.last.split())} Förnamn" in text
    assert f"Förnamn {' '.join(name.first.split())} Personnummer {numbers()[0]}" in text


def test_pages_that_come_apart_say_whose_they_are(press: Press) -> None:
    lines = tuple(line(f"Kurs nummer {number}", f"KOD{number:04}") for number in range(90))
    section = Section("gymnasial nivå", by_level=False, lines=lines)

    pages = pages_of(print_extract(press, extract([section])))

    assert len(pages) > 2
    for number, page in enumerate(pages[1:], start=2):
        assert page.startswith(f"Christopher-Robin Danckwardt-Lillieström {numbers()[0]} UT26-")
        assert f"Sida {number} av {len(pages)}" in page
        assert page.count("Kurs Kurskod Poäng") == (1 if "KOD" in page else 0)
    text = " ".join(pages)
    assert [text.count(f"KOD{number:04} ") for number in range(90)] == [1] * 90
    assert [page.count("Underskrift, rektor") for page in pages] == [0] * (len(pages) - 1) + [1]


def test_the_translation_has_pages_of_its_own_and_is_no_document_of_record(press: Press) -> None:
    courses = (
        line("Engelska 6", "ENGENG06", "F", name_en="English 6"),
        line("Arabiska 3", "MODARA03"),
    )
    sections = [Section("gymnasial nivå", by_level=False, lines=courses), everything()[-1]]

    swedish, english = pages_of(print_extract(press, extract(sections, english=True)))

    assert "Sida 1 av 1" in swedish
    assert "Page 1 of 1" in english
    assert "Courtesy translation – not the document of record." in english
    assert "Underskrift" not in english
    assert "English 6 ENGENG06 100 F 2026-05-12 Prövning –" in english
    assert "Arabiska 3 MODARA03" in english
    assert "Prövning, Replaced Replaced by a pass in MATO2000X" in english
    assert "Upper secondary level, courses" in english
    assert "English" not in swedish


@pytest.mark.parametrize("count", range(22, 40, 2))
def test_a_signature_is_never_alone_on_a_page(press: Press, count: int) -> None:
    lines = tuple(line(f"Kurs nummer {number}", f"KOD{number:04}") for number in range(count))

    pages = pages_of(
        print_extract(press, extract([Section("gymnasial nivå", by_level=False, lines=lines)]))
    )

    assert [("Underskrift" in page, "Förklaringar" in page) for page in pages] == [
        *[(False, False)] * (len(pages) - 1),
        (True, True),
    ]


def test_a_copy_says_so(press: Press) -> None:
    content = extract(
        document_id="UT26-7K3QX-9M2PA-K1",
        copy_of="UT26-7K3QX-9M2PA",
        copied_on=date(2026, 12, 3),
        replaces="UT26-AAAAA-BBBBB",
    )

    text = printed(press, content)

    assert "KOPIA" in text
    assert "Kopia av UT26-7K3QX-9M2PA, skriven 2026-12-03. Originalet har förkommit." in text
    assert "Ersätter UT26-AAAAA-BBBBB, som inte längre gäller." in text


def test_a_preview_cannot_be_taken_for_an_extract(press: Press) -> None:
    text = text_of(print_extract(press, extract(document_id=""), preview=True))

    assert "Förhandsvisning: utdraget är inte utfärdat" in text
    assert "Underskrift" not in text


def test_where_the_home_municipality_issues_no_unit_is_named(press: Press) -> None:
    text = printed(press, extract(unit_name="", provider_name="", unit_code=""))

    assert ("Skolenhet" in text, "Huvudman Sjöstads kommun" in text) == (False, True)


def test_what_cannot_be_printed_is_named_by_its_place() -> None:
    content = extract(
        [Section("gymnasial nivå", by_level=False, lines=(line("Kurs 王", "KOD1"),))],
        name=Name("Ек", "王"),
        principal_name="A" * 201,
    )

    found = [
        (each.code, each.field, each.text.partition(":")[0]) for each in print_problems(content)
    ]

    assert found == [
        ("catalogue-missing-glyph", "first_name", "Utdraget, förnamnet"),
        ("catalogue-missing-glyph", "name", "KOD1, namnet"),
        (
            "catalogue-text-too-long",
            "principal_name",
            "Utdraget, rektors namn har 201 tecken men får plats med 200. Korta texten.",
        ),
    ]
