"""CSV and XLSX that open rightly in Excel, however many rows: nothing is kept in memory.

CSV has a semicolon, UTF-8 with a mark, and CRLF. Both keep identity numbers as text and let no
text be run as a formula.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import BinaryIO, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from provning.tables.neutral import neutralised

Cell = str | int | date | None
"""A date becomes a date in Excel, a whole number a number, None nothing; all else is text."""

BLOCK: Final = 64 * 1024
MARK: Final = "\ufeff"
LAST_ROW: Final = 1_048_575
WIDEST: Final = 60
NARROWEST: Final = 10
SHEET_NAME: Final = 28
LONGEST_TEXT: Final = 32_767
FIRST_DAY: Final = date(1900, 3, 1)
NOT_IN_NAMES: Final = str.maketrans("[]:*?/\\'", "        ")


def csv_chunks(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Give a CSV file in pieces, the mark and the headings first."""
    text = io.StringIO(newline="")
    text.write(MARK)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in chain([headings], rows):
        writer.writerow([_csv_text(cell) for cell in row])
        if text.tell() > BLOCK:
            yield _taken(text)
    yield _taken(text)


def write_workbook(
    file: BinaryIO, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write an XLSX file; a list longer than a sheet goes on in the next one."""
    write_sheets(file, [(title, headings, rows)])


def write_sheets(
    file: BinaryIO, sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]
) -> None:
    """Write an XLSX file with several lists: a title, the headings and the rows of each."""
    workbook = Workbook(file, {"constant_memory": True, "strings_to_urls": False})
    names: set[str] = set()
    bold = workbook.add_format({"bold": True, "bottom": 1})
    day = workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    with workbook:
        for title, headings, rows in sheets:

            def begin(title: str = title, headings: Sequence[str] = headings) -> Worksheet:
                sheet = workbook.add_worksheet(_free_name(title, names))
                _begin(sheet, headings, bold)
                return sheet

            _fill(begin, rows, day)


def _begin(sheet: Worksheet, headings: Sequence[str], bold: Format) -> None:
    """Write the headings, which stay in view and can be filtered by."""
    sheet.freeze_panes(1, 0)
    for place, heading in enumerate(headings):
        width = max(NARROWEST, min(WIDEST, len(heading) + 4))
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, bold)


def _fill(begin: Callable[[], Worksheet], rows: Iterable[Sequence[Cell]], day: Format) -> None:
    """Write the rows, a new sheet when one is full."""
    sheet, place = begin(), 0
    for row in rows:
        if place == LAST_ROW:
            sheet, place = begin(), 0
        place += 1
        for column, cell in enumerate(row):
            _write(sheet, place, column, cell, day)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, day: Format) -> None:
    """Write one cell as what it is."""
    if cell is None or cell == "":
        return
    if isinstance(cell, date) and cell >= FIRST_DAY:
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, _xml_text(str(cell))[:LONGEST_TEXT])


def _csv_text(cell: Cell) -> str:
    """Return a cell as it stands in a CSV file."""
    if cell is None:
        return ""
    return neutralised(cell) if isinstance(cell, str) else str(cell)


def _xml_text(text: str) -> str:
    """Return a text without what XML cannot hold: halves of signs and two numbers."""
    return "".join(each for each in text if each.isprintable() or each not in "\ufffe\uffff")


def _taken(text: io.StringIO) -> bytes:
    """Return what has been written and start anew."""
    written = text.getvalue().encode("utf-8", "replace")
    text.seek(0)
    text.truncate()
    return written


def _free_name(title: str, taken: set[str]) -> str:
    """Return a sheet name that Excel takes and no sheet has."""
    base = " ".join(title.translate(NOT_IN_NAMES).split())[:SHEET_NAME].rstrip() or "Blad"
    numbered = chain(
        [base], (f"{base[: SHEET_NAME - 4].rstrip()} {number}" for number in range(2, 10_000))
    )
    name = next(each for each in numbered if each.casefold() not in taken)
    taken.add(name.casefold())
    return name
