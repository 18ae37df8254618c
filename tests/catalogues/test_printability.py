"""What cannot be printed is named by its row before anything is printed."""

import pytest

from provning.catalogues.content import CatalogueContent
from provning.catalogues.printability import missing_glyphs, overlong_texts, unprintable
from provning.catalogues.rendering import render_catalogue
from provning.kernel.problems import ProblemsFoundError
from tests.catalogues.builders import DIFFICULT, Name, catalogue, longest_names, row, rows, sheet


def one(name: Name, remarks: str = "") -> CatalogueContent:
    """Return a catalogue whose second row is in question."""
    return catalogue(sheet([row(1, Name("Öberg", "Åsa")), row(2, name, remarks=remarks)]))


def test_names_of_latin_greek_and_cyrillic_are_printable() -> None:
    names = (*DIFFICULT, *longest_names(288))
    assert missing_glyphs(catalogue(sheet(rows(names)))) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李娜", "”李” (U+674E), ”娜” (U+5A1C)"),
        ("محمد", "”م” (U+0645), ”ح” (U+062D), ”د” (U+062F)"),
        ("דוד", "”ד” (U+05D3), ”ו” (U+05D5)"),
        ("สมชาย", "”ส” (U+0E2A), ”ม” (U+0E21), ”ช” (U+0E0A), ”า” (U+0E32), ”ย” (U+0E22)"),
        ("Sm\u00adith", "U+00AD"),
        ("Sm\u202eith", "U+202E"),
        ("Smith\n", "U+000A"),
        ("Smith\ud800", "U+D800"),
        ("Smith🙂", "”🙂” (U+1F642)"),
    ],
)
def test_name_without_a_shape_is_named_by_its_row(name: str, shown: str) -> None:
    (problem,) = missing_glyphs(one(Name(name, "Li")))
    assert (problem.code, problem.field) == ("catalogue-missing-glyph", "last_name")
    assert problem.text == (
        f"PRÖ:KC26VTMAT03B, rad 2, efternamnet: {shown} kan inte skrivas ut."
        " Skriv med latinska bokstäver; namn skrivs som i folkbokföringen."
    )


def test_every_row_and_the_head_are_looked_through() -> None:
    content = catalogue(sheet([row(1, Name("李", "娜")), row(2, Name("Li", "李"))]), organiser="市")
    assert [problem.params["place"] for problem in missing_glyphs(content)] == [
        "Katalogens huvud, huvudmannens namn",
        "PRÖ:KC26VTMAT03B, rad 1, efternamnet",
        "PRÖ:KC26VTMAT03B, rad 1, förnamnet",
        "PRÖ:KC26VTMAT03B, rad 2, förnamnet",
    ]


def test_catalogue_that_cannot_be_printed_whole_is_refused_before_printing() -> None:
    content = one(Name("李", "x" * 201))
    with pytest.raises(ProblemsFoundError) as refused:
        render_catalogue(content)
    assert [problem.code for problem in refused.value.problems] == [
        "catalogue-missing-glyph",
        "catalogue-text-too-long",
    ]


@pytest.mark.parametrize(("length", "count"), [(700, 0), (701, 1)])
def test_remarks_that_have_no_room_on_a_page_are_refused(length: int, count: int) -> None:
    found = overlong_texts(one(Name("Öberg", "Åsa"), remarks="o" * length))
    assert len(found) == count


def test_length_that_is_too_great_is_said_in_figures() -> None:
    (problem,) = overlong_texts(one(Name("o" * 201, "Åsa")))
    assert problem.text == (
        "PRÖ:KC26VTMAT03B, rad 2, efternamnet har 201 tecken men får plats med 200. Korta texten."
    )


def test_decomposed_letters_are_printable() -> None:
    assert unprintable("A\u030asa Nguye\u0302\u0303n") == ""
