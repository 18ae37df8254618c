"""CSV files as Swedish offices have them."""

from pathlib import Path

import pytest

from provning.tables import FileForm, Limits, Row, open_table
from tests.tables.files import cells_of, codes_of, text_file

TEXT = "Namn;Kurs;Grupp\r\nÅsa Öberg;MATMAT03b;PRÖ:KC23VTMAT03B\r\n"
CELLS = [("Namn", "Kurs", "Grupp"), ("Åsa Öberg", "MATMAT03b", "PRÖ:KC23VTMAT03B")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_encoding_that_offices_use_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    assert cells_of(text_file(tmp_path, TEXT, encoding)) == CELLS


def test_a_letter_that_is_no_utf_8_far_down_decides_for_the_whole_file(tmp_path: Path) -> None:
    text = "Namn;Ort\n" + "Anna;Lund\n" * 200_000 + "Åsa;Örebro\n"
    assert cells_of(text_file(tmp_path, text, "cp1252"))[-1] == ("Åsa", "Örebro")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, delimiter: str) -> None:
    table = open_table(text_file(tmp_path, TEXT.replace(";", delimiter)))
    assert table.delimiter == delimiter
    assert [row.cells for row in table.rows()] == CELLS


def test_commas_inside_the_texts_do_not_make_a_comma_the_separator(tmp_path: Path) -> None:
    text = "Namn;Datum\nÖberg, Åsa;2026-05-12\nBerg, Bo;2026-05-13\n"
    assert cells_of(text_file(tmp_path, text))[1] == ("Öberg, Åsa", "2026-05-12")


def test_the_separator_that_the_first_line_names_is_used_and_the_line_is_no_row(
    tmp_path: Path,
) -> None:
    table = open_table(text_file(tmp_path, "sep=,\r\na,b;c\r\n1,2\r\n"))
    assert list(table.rows()) == [Row(1, ("a", "b;c")), Row(2, ("1", "2"))]


def test_line_breaks_and_quotation_marks_inside_quotes_belong_to_the_text(tmp_path: Path) -> None:
    text = 'Namn;Anm\r\n"Åsa";"rad 1\nrad ""2"""\r\nBo;x\r\n'
    assert list(open_table(text_file(tmp_path, text)).rows()) == [
        Row(1, ("Namn", "Anm")),
        Row(2, ("Åsa", 'rad 1\nrad "2"')),
        Row(3, ("Bo", "x")),
    ]


def test_empty_rows_are_left_out_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    rows = open_table(text_file(tmp_path, "a;b\n\n;\n 1 ;\u00a02\n")).rows()
    assert list(rows) == [Row(1, ("a", "b")), Row(4, ("1", "2"))]


def test_a_table_can_be_read_again_from_the_start(tmp_path: Path) -> None:
    table = open_table(text_file(tmp_path, TEXT))
    assert list(table.rows()) == list(table.rows())


def test_what_was_understood_is_said(tmp_path: Path) -> None:
    table = open_table(text_file(tmp_path, TEXT, "cp1252"))
    assert (table.form, table.encoding, table.delimiter) == (FileForm.CSV, "cp1252", ";")


def test_a_file_of_one_column_is_a_table(tmp_path: Path) -> None:
    assert cells_of(text_file(tmp_path, "Namn\nÅsa\n")) == [("Namn",), ("Åsa",)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "table-empty"),
        ("\ufeff\r\n \r\n", "table-empty"),
        ('a;b\n"öppet;2\nx;y\n', "table-broken-row"),
        ('a;b\n"x"y;2\n', "table-broken-row"),
        ("a\x00b;c\n" * 3, "table-no-text"),
        ("<html><table><tr><td>Namn</td></tr></table></html>", "table-markup"),
        ("<?xml version='1.0'?><betyg/>", "table-markup"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(tmp_path: Path, text: str, code: str) -> None:
    assert codes_of(text_file(tmp_path, text)) == [code]


def test_a_quotation_mark_that_never_ends_swallows_no_rows_unseen(tmp_path: Path) -> None:
    text = 'a;b\n1;2\n"3;4\n5;6\n'
    assert codes_of(text_file(tmp_path, text)) == ["table-broken-row"]


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(size=20), "table-too-large"),
        (Limits(rows=1), "table-too-many-rows"),
        (Limits(columns=2), "table-too-many-columns"),
        (Limits(text=8), "table-long-text"),
    ],
)
def test_a_file_beyond_a_limit_is_refused(tmp_path: Path, limits: Limits, code: str) -> None:
    assert codes_of(text_file(tmp_path, TEXT), limits) == [code]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert codes_of(tmp_path / "missing.csv") == ["table-unopened"]
