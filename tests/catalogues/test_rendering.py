"""The printed catalogue, read back from the paper."""

import os
import re
import subprocess
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from provning.catalogues.content import Mark, SignerRole
from provning.catalogues.rendering import (
    CHILD,
    SCALE_LEGENDS,
    RenderError,
    render_catalogue,
    render_in_process,
    written_for_child,
)
from provning.courses.register_files import read_register
from provning.kernel.grade_scales import SCALES, GradeScale
from tests.catalogues.builders import (
    DIFFICULT,
    Name,
    catalogue,
    longest_names,
    row,
    rows,
    sheet,
    signer,
)
from tests.catalogues.papers import Paper, printed_row, read

SCALE_LIST = [scale for scales in SCALES.values() for scale in scales]
ON_EVERY_PAGE = (
    "BETYGSKATALOG – PRÖVNING Kurs eller nivå i ämne Matematik 3b Kurskod MATMAT03b Skolform",
    "Skolform Kommunal vuxenutbildning, gymnasial nivå Poäng 100 Betygsskala A–F Omfattar nivå –",
    "Betyget beslutat av Karin Wallgren, betygssättande lärare Prövningsgrupp PRÖ:KC26VTMAT03B",
    "Skolenhet och anordnare Komvux Centrum, Sjöstads vuxenutbildning Skolenhetskod 12345678",
    "Skolenhetskod 12345678 Termin VT 2026 Antal beslut 1",
    "Huvudman Sjöstad Ersätter – Dokument-id och version BK-KC-26VT-0001, version 2 Kommun",
    "Kommun Sjöstad (0199) Utskriftsdatum 2026-07-01 Katalogen omfattar alla beslut Nr",
    "Nr Personnummer Efternamn Förnamn Betyg",
    "Betyg Prövnings- och betygsdatum Markering Övriga upplysningar",
    "Prövning: betyget är satt efter prövning (skollagen 20 kap. 40 §).",
)
OLDER = Name("Öberg", "Åsa")


def test_every_row_of_three_hundred_is_found_again_whole_and_in_order(long_paper: Paper) -> None:
    everything = " ".join(long_paper.pages)
    decisions = [row for sheet in long_paper.content.sheets for row in sheet.rows]
    places = [everything.find(printed_row(row)) for row in decisions]
    assert len(places) == 300
    assert -1 not in places
    assert places == sorted(places)


def test_no_word_of_a_name_is_broken_over_two_lines(long_paper: Paper) -> None:
    lines = [line for text in long_paper.raw_pages for line in text.splitlines()]
    for name in DIFFICULT:
        for word in (*name.last.split(), *name.first.split()):
            assert any(word in line for line in lines), word


def test_letter_with_a_loose_accent_is_spelt_out_for_those_who_copy_it() -> None:
    paper = read(catalogue(sheet([row(1, Name("Виногра\u0301дов", "Åsa"))])), render_in_process)
    contents = paper.reader.pages[0].get_contents()
    assert contents is not None
    assert contents.get_data().count(b"/ActualText<FEFF04300301>") == 1


def test_every_page_carries_its_number_and_the_number_of_pages(long_paper: Paper) -> None:
    count = len(long_paper.pages)
    for number, text in enumerate(long_paper.pages, start=1):
        assert text.count(f"BK-KC-26VT-0001, version 2 Sida {number} av {count}") == 1
        assert text.count("Sida ") == 1


@pytest.mark.parametrize("part", ON_EVERY_PAGE)
def test_every_page_carries_the_whole_head_and_the_table_head(long_paper: Paper, part: str) -> None:
    assert [text.count(part) for text in long_paper.pages] == [1] * len(long_paper.pages)


def test_every_page_has_a_line_for_the_signature(long_paper: Paper) -> None:
    signature = "Underskrift, betygssättande lärare Namnförtydligande: Karin Wallgren Datum"
    assert [text.count(signature) for text in long_paper.pages] == [1] * len(long_paper.pages)


def test_teacher_who_decides_together_signs_every_page_of_the_shared_sheet_only(
    long_paper: Paper,
) -> None:
    line = "Underskrift, medbeslutande lärare Namnförtydligande: Per-Olof Nyqvist Datum"
    signed = [place for place, text in enumerate(long_paper.pages) if line in text]
    assert signed == long_paper.pages_of("PRÖ:KC26VTMAT03B2")


def test_rektor_signs_what_rektor_has_decided() -> None:
    content = catalogue(
        sheet([row(1, OLDER)], decider=signer("Maria Holmberg", SignerRole.PRINCIPAL))
    )
    (page,) = read(content, render_in_process).pages
    assert "Underskrift, rektor Namnförtydligande: Maria Holmberg Datum" in page


def test_who_decided_on_delegation_is_not_called_rektor_where_they_sign() -> None:
    deputy = replace(signer("Siri Ställ", SignerRole.PRINCIPAL), delegated_by="Rut Rektor")
    (page,) = read(catalogue(sheet([row(1, OLDER)], decider=deputy)), render_in_process).pages
    name = "Siri Ställ, på delegation av Rut Rektor"
    assert f"Underskrift, på rektors delegation Namnförtydligande: {name} Datum" in page
    assert (f"Betyget beslutat av {name} " in page, "rektor Namn" in page) == (True, False)


def test_every_sheet_begins_on_a_page_of_its_own(uneven_paper: Paper) -> None:
    expected = [
        (sheet.group_name, row.number)
        for sheet in uneven_paper.content.sheets
        for row in sheet.rows
    ]
    printed = [
        (sheet.group_name, number)
        for sheet in uneven_paper.content.sheets
        for place in uneven_paper.pages_of(sheet.group_name)
        for number, _ in uneven_paper.rows_on(place)
    ]
    assert printed == expected
    owners = [uneven_paper.pages_of(sheet.group_name) for sheet in uneven_paper.content.sheets]
    assert list(chain.from_iterable(owners)) == list(range(len(uneven_paper.pages)))


def test_no_page_is_without_a_row(uneven_paper: Paper) -> None:
    assert [
        place for place in range(len(uneven_paper.pages)) if not uneven_paper.rows_on(place)
    ] == []


def test_no_row_is_broken_over_two_pages(uneven_paper: Paper) -> None:
    remarked = uneven_paper.content.sheets[-1]
    pages = [uneven_paper.pages[place] for place in uneven_paper.pages_of(remarked.group_name)]
    assert len(pages) > 3
    for each in remarked.rows:
        assert [printed_row(each) in page for page in pages].count(True) == 1


def test_protected_persons_share_no_page_and_every_page_says_so(protected_paper: Paper) -> None:
    pages = range(len(protected_paper.pages))
    persons = [{person for _, person in protected_paper.rows_on(place)} for place in pages]
    first, second, third = (row.identity_number for row in rows(longest_names(3)))
    assert persons == [{first}, {second}, {third}]
    assert [text.count("SKYDDAD IDENTITET") for text in protected_paper.pages] == [1, 1, 1]
    assert len(protected_paper.rows_on(1)) == 2


def test_ordinary_part_bears_no_mark_of_protection(long_paper: Paper) -> None:
    assert "skyddad" not in " ".join(long_paper.pages).casefold()


def test_document_properties_name_no_person(protected_paper: Paper) -> None:
    properties = protected_paper.reader.metadata
    assert properties is not None
    assert {name: str(value) for name, value in properties.items()} == {
        "/Title": "Betygskatalog – Prövning, Komvux Centrum, VT 2026, skyddad identitet, version 2",
        "/Author": "Sjöstads vuxenutbildning",
        "/Creator": "Typst 0.15.1",
        "/CreationDate": "D:20260701000000Z",
        "/ModDate": "D:20260701000000Z",
    }


def test_preliminary_is_said_on_every_page_and_leaves_no_line_to_sign(
    preliminary_paper: Paper,
) -> None:
    assert len(preliminary_paper.pages) == 2
    for text in preliminary_paper.pages:
        assert text.count("PRELIMINÄR – undertecknas inte") == 2
        # In the head, in the foot, and across the page.
        assert text.count("PRELIMINÄR") == 3
        assert "Underskrift" not in text


def test_final_catalogue_says_nothing_of_preliminary(long_paper: Paper) -> None:
    assert "preliminär" not in " ".join(long_paper.pages).casefold()


@pytest.mark.parametrize("scale", SCALE_LIST, ids=lambda scale: scale.id)
def test_every_grade_of_every_scale_prints_as_itself(scale: GradeScale) -> None:
    decisions = [row(number, OLDER, value) for number, value in enumerate(scale.values, start=1)]
    (page,) = read(catalogue(sheet(decisions, scale_label=scale.label)), render_in_process).pages
    assert [each.split()[1] for each in page.split("Öberg")[1:]] == list(scale.values)
    assert f"Betygsskala {scale.label} Omfattar nivå" in page


@pytest.mark.parametrize(
    ("scale_label", "legend"),
    [
        ("A–F", "Betyg A–E: godkänt resultat. F: icke godkänt resultat."),
        ("G/IG", "Betyg G: Godkänt. IG: Icke godkänt."),
        ("G", "Betyg G: Godkänt."),
    ],
)
def test_grades_are_explained(scale_label: str, legend: str) -> None:
    (page,) = read(
        catalogue(sheet([row(1, OLDER)], scale_label=scale_label)), render_in_process
    ).pages
    assert f"{legend} BK-KC-26VT-0001" in page


def test_scale_of_every_course_has_an_explanation() -> None:
    assert {scale.label for scale in SCALE_LIST} == set(SCALE_LEGENDS)


def test_only_the_marks_of_the_sheet_are_explained() -> None:
    corrected = row(1, OLDER, marks=(Mark.TRIAL, Mark.CORRECTION), remarks="Tidigare betyg D")
    (page,) = read(catalogue(sheet([corrected])), render_in_process).pages
    assert printed_row(corrected) in page
    assert "Rättelse: ett tidigare betyg är rättat (skollagen 3 kap. 19 §)." in page
    assert "Ändring:" not in page


def test_same_content_is_the_same_bytes_in_any_process(
    long_paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}.items():
        monkeypatch.setenv(name, value)
    assert render_catalogue(long_paper.content) == long_paper.pdf
    assert render_in_process(long_paper.content) == long_paper.pdf


def test_only_the_bundled_fonts_are_embedded(long_paper: Paper) -> None:
    found = re.findall(rb"/BaseFont/[A-Z]{6}\+([A-Za-z-]+)", long_paper.pdf)
    assert set(found) == {b"NotoSans-Regular", b"NotoSans-Bold", b"NotoSerif-Bold"}


def test_every_sheet_can_be_reached_by_its_heading(long_paper: Paper) -> None:
    outline = [entry for entry in long_paper.reader.outline if not isinstance(entry, list)]
    assert [entry.title for entry in outline] == ["Matematik 3b"] * 3


def test_every_course_of_the_register_gets_its_name_as_a_heading() -> None:
    names = sorted({course.name for course in read_register().by_key.values()}, key=_longest_word)[
        -40:
    ]
    sheets = [replace(sheet([row(1, OLDER)]), course_name=name) for name in names]

    paper = read(catalogue(*sheets), render_in_process)

    outline = [entry for entry in paper.reader.outline if not isinstance(entry, list)]
    assert [entry.title for entry in outline] == names


def _longest_word(name: str) -> int:
    return max(map(len, name.split()))


def test_document_says_that_it_is_swedish(long_paper: Paper) -> None:
    assert str(long_paper.reader.root_object["/Lang"]) == "sv-SE"


def test_printing_that_takes_too_long_is_given_up(long_paper: Paper) -> None:
    with pytest.raises(RenderError, match="no document within"):
        render_catalogue(long_paper.content, timeout=0.001)


def test_process_that_prints_says_why_it_could_not() -> None:
    content = catalogue(sheet([row(1, Name("李", "娜"))]))
    child = subprocess.run(
        CHILD,
        input=written_for_child(content),
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert (child.returncode, child.stdout) == (1, b"")
    assert "could not be displayed" in child.stderr.decode()
