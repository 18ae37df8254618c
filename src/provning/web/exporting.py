"""Lists as files: the same rows, columns and masking as on screen, complete however long.

A view names its list with `Table.export` and gives every row as `Table.every` when the table shows
one page of them. The links then stand under the table of their own accord, and `responses.page`
answers with the file when the address asks for one.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import unescape
from typing import Any, TypeVar

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

from provning.imports.actions import note_export
from provning.kernel.actors import Actor
from provning.kernel.seen import note_file
from provning.tables import Cell, csv_chunks, write_workbook
from provning.web.clock import today
from provning.web.screen_request import actor_of
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
    request: HttpRequest,
    tables: Iterable[Table[Any]],
    subjects: Iterable[tuple[str, object]] = (),
) -> StreamingHttpResponse | None:
    """Return the one of the lists that the address asks for as a file, else None.

    The trail is told who took it out; `subjects` are what it is a list of.
    """
    form, wanted = request.GET.get(EXPORT, ""), request.GET.get(LIST, "")
    actor = actor_of(request)
    if request.method != "GET" or form not in {"csv", "xlsx"} or not wanted or actor is None:
        return None
    table = next((each for each in tables if each.export == wanted), None)
    return _file(actor, table, form, subjects) if table else None


def _file(
    actor: Actor, table: Table[Any], form: str, subjects: Iterable[tuple[str, object]]
) -> StreamingHttpResponse:
    """Return a list as a file, and tell the trail."""
    rows = table.rows if table.every is None else table.every
    note_file(f"{table.export}.{form}", len(rows))
    note_export(actor=actor, name=table.export, form=form, rows=len(rows), subjects=subjects)
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
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003 # Django's own order
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
