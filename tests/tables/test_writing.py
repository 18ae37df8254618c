"""What is written opens rightly in Excel and reads back as it was."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provning.tables import (
    Cell,
    csv_chunks,
    neutralised,
    open_table,
    restored,
    write_sheets,
    write_workbook,
)
from tests.tables.files import cells_of

HEADINGS = ("Personnummer", "Namn", "Datum", "Poäng")
ROWS: list[tuple[Cell, ...]] = [
    ("199001012384", "=HYPERLINK(1)", date(2026, 5, 12), 100),
    ("19900101TF10", "Öberg; Åsa", None, 0),
]
READ = [
    HEADINGS,
    ("199001012384", "=HYPERLINK(1)", "2026-05-12", "100"),
    ("19900101TF10", "Öberg; Åsa", "", "0"),
]
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


def many(count: int) -> Iterator[tuple[Cell, ...]]:
    """Give rows, one at a time."""
    return (("199001012384", f"Namn {place}", date(2026, 5, 12), place) for place in range(count))


def test_a_csv_file_has_the_mark_semicolons_and_safe_texts() -> None:
    assert b"".join(csv_chunks(HEADINGS, ROWS)).decode() == (
        "\ufeffPersonnummer;Namn;Datum;Poäng\r\n"
        "199001012384;'=HYPERLINK(1);2026-05-12;100\r\n"
        '19900101TF10;"Öberg; Åsa";;0\r\n'
    )


def test_a_csv_file_reads_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"".join(csv_chunks(HEADINGS, ROWS)))
    assert cells_of(path) == READ


def test_a_workbook_reads_back_as_it_was_with_numbers_of_identity_as_text(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with path.open("wb") as file:
        write_workbook(file, "Elever", HEADINGS, ROWS)
    assert [row[: len(HEADINGS)] for row in cells_of(path)] == READ
    assert b"<v>199001012384</v>" not in sheet_of(path)


def sheet_of(path: Path) -> bytes:
    """Return the first sheet as it is stored."""
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_several_lists_become_several_sheets_whose_names_excel_takes(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    sheets: list[tuple[str, Sequence[str], list[tuple[Cell, ...]]]] = [
        ("Fel/rätt: en lång rubrik som inte får plats", ("a",), [("1",)]),
        ("Fel/rätt: en lång rubrik som inte får rum", ("b",), [("2",)]),
        ("", ("c",), [("3",)]),
    ]
    with path.open("wb") as file:
        write_sheets(file, sheets)
    table = open_table(path)
    assert (table.sheet, *table.other_sheets) == (
        "Fel rätt en lång rubrik som",
        "Fel rätt en lång rubrik 2",
        "Blad",
    )


def test_a_long_list_is_written_in_pieces_and_never_kept() -> None:
    tracemalloc.start()
    pieces = sum(1 for _ in csv_chunks(HEADINGS, many(100_000)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert pieces > 50
    assert most < 2_000_000


def test_a_lone_dash_and_a_number_are_left_as_they_are() -> None:
    assert [neutralised(text) for text in ("-", "-5", "+46 8", "a=b", "'x", "")] == [
        "-", "-5", "+46 8", "a=b", "'x", "",
    ]  # fmt: skip


def test_what_begins_a_formula_gets_an_apostrophe() -> None:
    starts = ["=1", "+a", "-a", "@x", "\t=1", "\r=1", "＝1", "'=1", "--"]
    assert [neutralised(text) for text in starts] == [f"'{text}" for text in starts]


@given(st.text())
def test_every_text_comes_back_from_being_made_safe(text: str) -> None:
    assert restored(neutralised(text)) == text


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_texts_read_back_from_csv_but_for_outer_spaces(
    tmp_path: Path, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"".join(csv_chunks(("Första", "Andra"), rows)))
    expected = [tuple(text.strip() for text in row) for row in rows]
    assert cells_of(path)[1:] == [row for row in expected if any(row)]


def test_rows_without_end_come_as_they_are_asked_for() -> None:
    chunks = csv_chunks(HEADINGS, many(10**12))
    assert next(iter(chunks)).startswith("\ufeffPersonnummer".encode())


def test_a_workbook_is_a_file_of_its_own_kind() -> None:
    file = io.BytesIO()
    write_workbook(file, "Elever", HEADINGS, many(3))
    assert file.getvalue()[:2] == b"PK"
