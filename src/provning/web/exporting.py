"""Lists as files: the same rows, columns and masking as on screen, complete however long.

A view builds its table, gives every row that the filter leaves, and returns the answer when there
is one:

    answer = exported(request, table, rows)
    if answer:
        return answer

The links stand under the table of their own accord once `Table.export` names the list.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import unescape
from typing import TypeVar

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase

from provning.imports.actions import note_export
from provning.tables import Cell, csv_chunks, write_workbook
from provning.web.clock import today
from provning.web.screen_request import ScreenRequest
from provning.web.tables import EXPORT, LIST, Column, Table

Row = TypeVar("Row")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_A_TIME = 1000
BLOCK = 64 * 1024
# What is there for readers who listen, or to be pressed, is no part of the list.
UNLISTED = re.compile(
    r'<span class="vh">.*?</span>|<(form|select|button|label)\b.*?</\1>', re.DOTALL
)
BREAK = re.compile(r"<small\b[^>]*>|<br\b[^>]*>|</li>|</p>|</div>")
TAG = re.compile(r"<[^>]*>")
DAY = re.compile(r'<time datetime="([0-9]{4}-[0-9]{2}-[0-9]{2})">[^<]*</time>')
DASH = "–"


def exported(
    request: ScreenRequest,
    table: Table[Row],
    rows: Sequence[Row],
    subjects: Iterable[tuple[str, object]] = (),
) -> HttpResponseBase | None:
    """Return the list as a file when the address asks for it, else None.

    The trail is told who took it out; `subjects` are what it is a list of.
    """
    form = request.GET.get(EXPORT, "")
    asked = request.GET.get(LIST, "") == table.export
    if request.method != "GET" or form not in {"csv", "xlsx"} or not asked or not table.export:
        return None
    note_export(
        actor=request.actor, name=table.export, form=form, rows=len(rows), subjects=subjects
    )
    columns = [column for column in table.columns if not column.screen_only]
    heads = [column.head for column in columns]
    cells = ([_cell(column, row) for column in columns] for row in in_slices(rows))
    name = f"{table.export}-{today():%Y-%m-%d}.{form}"
    return csv_answer(name, heads, cells) if form == "csv" else xlsx_answer(name, heads, cells)


def csv_answer(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> StreamingHttpResponse:
    """Return rows as a CSV file that is sent while it is written."""
    return _attached(name, csv_chunks(heads, rows), "text/csv; charset=utf-8")


def xlsx_answer(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> StreamingHttpResponse:
    """Return rows as a workbook; it is written to disk and never lies whole in memory."""

    def chunks() -> Iterator[bytes]:
        with tempfile.TemporaryFile() as file:
            write_workbook(file, name.partition(".")[0], heads, rows)
            file.seek(0)
            while block := file.read(BLOCK):
                yield block

    return _attached(name, chunks(), XLSX)


def _attached(name: str, chunks: Iterable[bytes], kind: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(chunks, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def in_slices(rows: Sequence[Row]) -> Iterator[Row]:
    """Give the rows, some at a time: a list that is read from the database is read in parts."""
    for start in range(0, len(rows), AT_A_TIME):
        yield from rows[start : start + AT_A_TIME]


def plain(content: object) -> Cell:
    """Return what a reader sees of a cell's markup: a number, a day, or text."""
    if isinstance(content, int) and not isinstance(content, bool):
        return content
    text = str(content)
    day = DAY.fullmatch(text)
    if day:
        return date.fromisoformat(day[1])
    listed = BREAK.sub(", ", UNLISTED.sub("", text))
    words = " ".join(unescape(TAG.sub("", listed)).split()).strip(", ").replace(" ,", ",")
    return "" if words == DASH else words


def _cell(column: Column[Row], row: Row) -> Cell:
    return plain((column.text or column.cell)(row))
