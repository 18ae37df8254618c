"""XLSX files, good and bad."""

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from provning.tables import FileForm, Limits, Row, open_table
from tests.tables.files import cells_of, changed_part, codes_of, workbook_file

SHEET = "xl/worksheets/sheet1.xml"
ROWS: list[Sequence[object]] = [["Namn", "Datum", "Nr"], ["Åsa", date(2026, 5, 12), 199001012384]]


def sheet(cells: str) -> bytes:
    """Return a worksheet with the given rows."""
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        f'2006/main"><sheetData>{cells}</sheetData></worksheet>'
    ).encode()


def test_cells_become_the_text_that_people_see(tmp_path: Path) -> None:
    rows = [*ROWS, [" x ", date(2026, 5, 12), 1.5], [True, "#", None]]
    path = workbook_file(tmp_path, {"Blad1": rows})
    assert cells_of(path) == [
        ("Namn", "Datum", "Nr"),
        ("Åsa", "2026-05-12", "199001012384"),
        ("x", "2026-05-12", "1,5"),
        ("Ja", "#", ""),
    ]


def test_rows_are_numbered_as_excel_numbers_them(tmp_path: Path) -> None:
    path = workbook_file(tmp_path, {"Blad1": [[], ["Namn", "Kurs"], [], ["Åsa", "X"]]})
    assert list(open_table(path).rows()) == [Row(2, ("Namn", "Kurs")), Row(4, ("Åsa", "X"))]


def test_the_first_sheet_that_is_seen_and_has_content_is_read_and_the_others_named(
    tmp_path: Path,
) -> None:
    sheets: dict[str, list[Sequence[object]]] = {
        "Om": [],
        "Dolt": [["hemligt"]],
        "Elever": ROWS,
        "Mer": [["x"]],
    }
    table = open_table(workbook_file(tmp_path, sheets, hidden=["Dolt"]))
    assert (table.form, table.sheet, table.other_sheets) == (FileForm.XLSX, "Elever", ("Mer",))


def test_a_workbook_without_content_is_refused(tmp_path: Path) -> None:
    assert codes_of(workbook_file(tmp_path, {"Blad1": []})) == ["table-no-sheet"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        # Two cells far apart: the rectangle between them would be seventeen thousand million.
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>', "columns"),
        ("<row r='1'><c r='A1'><v>1</v></c></row><row r='900000'><c r='IV900000'/></row>", "cells"),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999"/>', "rows"),
        ("<row>" + "<c><v>1</v></c>" * 300 + "</row>", "columns"),
        ("<row>" + "<c><v>1</v></c>" * 200 + "</row>" + "<row/>" * 90_000, "cells"),
    ],
)
def test_a_sheet_that_would_fill_the_memory_is_refused_unbuilt(
    tmp_path: Path, cells: str, code: str
) -> None:
    path = changed_part(workbook_file(tmp_path, {"Blad1": ROWS}), SHEET, sheet(cells))
    assert codes_of(path) == [f"table-too-many-{code}"]


def test_a_long_text_named_by_many_cells_is_refused_unbuilt(tmp_path: Path) -> None:
    path = workbook_file(tmp_path, {"Blad1": [["x" * 30_000]]})
    many = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(1_000))
    changed = changed_part(path, SHEET, sheet(many))
    assert codes_of(changed, Limits(unpacked=20_000_000)) == ["table-too-many-cells"]


def test_a_file_that_unpacks_to_more_than_is_read_is_refused(tmp_path: Path) -> None:
    path = changed_part(workbook_file(tmp_path, {"Blad1": ROWS}), SHEET, b" " * 3_000_000)
    assert codes_of(path, Limits(unpacked=2_000_000)) == ["table-unpacked"]


def test_a_size_that_the_archive_lies_about_is_found_out(tmp_path: Path) -> None:
    path = changed_part(workbook_file(tmp_path, {"Blad1": ROWS}), SHEET, b" " * 3_000_000)
    raw = path.read_bytes()
    told = raw.replace((3_000_000).to_bytes(4, "little"), (300).to_bytes(4, "little"))
    path.write_bytes(told)
    assert told != raw
    assert codes_of(path) == ["table-damaged"]


@pytest.mark.parametrize("start", [b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>", b"<![CDATA[x]]>", b"\x00"])
def test_what_no_spreadsheet_writes_is_refused(tmp_path: Path, start: bytes) -> None:
    path = changed_part(workbook_file(tmp_path, {"Blad1": ROWS}), SHEET, start + sheet(""))
    assert codes_of(path) == ["table-damaged"]


def test_a_broken_sheet_is_a_problem(tmp_path: Path) -> None:
    broken = sheet('<row r="1"><c r="A1"><v>1</v></c>')[:-40]
    path = changed_part(workbook_file(tmp_path, {"Blad1": ROWS}), SHEET, broken)
    assert codes_of(path) == ["table-no-workbook"]


def test_half_a_file_is_a_problem(tmp_path: Path) -> None:
    path = workbook_file(tmp_path, {"Blad1": ROWS})
    path.write_bytes(path.read_bytes()[:2_000])
    assert codes_of(path) == ["table-damaged"]


def test_another_archive_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert codes_of(path) == ["table-other-archive"]


def test_an_old_or_locked_workbook_is_told_how_to_save(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert codes_of(path) == ["table-old-office"]
