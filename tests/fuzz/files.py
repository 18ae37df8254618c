"""Readers of files: rows and problems come out, never a fault of the program."""

import io
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook

from provning.betygxml.reading import read_grades
from provning.betygxml.reading_documents import read_documents
from provning.feeds.ims.reading import read_snapshot
from provning.imports.kind import ImportKind
from provning.imports.kinds import KINDS
from provning.imports.reading import read_rows
from provning.kernel.problems import Problem, ProblemsFoundError
from provning.reconciliation import sources
from provning.reconciliation.comparing import reconcile
from provning.reconciliation.rows import Side
from provning.tables import Limits, open_table

TODAY: Final = date(2026, 11, 25)
SHEET: Final = "xl/worksheets/sheet1.xml"
STRINGS: Final = "xl/sharedStrings.xml"
# Small enough that a bomb is met, large enough that nothing else is.
LIMITS: Final = Limits(size=1_000_000, unpacked=4_000_000, rows=5000, cells=100_000)


def csv_table(data: bytes) -> None:
    """Hold that a table is its rows, or says why not."""
    _read_table(data)


def xlsx_archive(data: bytes) -> None:
    """Hold that a workbook whose bytes were damaged is its rows, or says why not."""
    _read_table(b"PK\x03\x04" + data)


def xlsx_sheet(data: bytes) -> None:
    """Hold the same of a sound archive whose sheet is not."""
    _read_table(_with_part(SHEET, data))


def xlsx_strings(data: bytes) -> None:
    """Hold the same of a sound archive whose table of texts is not."""
    _read_table(_with_part(STRINGS, data))


def grades_xml(data: bytes) -> None:
    """Hold that a file of grades is rows and problems."""
    _hold_parts(read_grades(io.BytesIO(data)))


def documents_xml(data: bytes) -> None:
    """Hold that a file of documents is rows and problems."""
    _hold_parts(read_documents(io.BytesIO(data)))


def ims_xml(data: bytes) -> None:
    """Hold that a snapshot is rows and problems."""
    _hold_parts(read_snapshot(io.BytesIO(data)))


def import_file(data: bytes) -> None:
    """Hold that a file is looked at and read as each kind of import."""
    with _file(data) as path:
        for kind in KINDS.values():
            _refusable(partial(_drain_rows, path, kind))


def reconciled(data: bytes) -> None:
    """Both sides of a comparison are read from the file; a comparison has an answer."""
    with _file(data) as path:
        _refusable(lambda: _compare(path))


def _drain_rows(path: Path, kind: ImportKind) -> None:
    list(read_rows(path, kind, {}))


def _compare(path: Path) -> None:
    placed = sources.look_at(path, Side.PLACEMENTS)
    graded = sources.look_at(path, Side.GRADES)
    reconcile(
        sources.placements_in(placed, today=TODAY),
        sources.grades_in(graded, today=TODAY),
        today=TODAY,
        courses={},
    )


def _read_table(data: bytes) -> None:
    with _file(data) as path:
        _refusable(lambda: list(open_table(path, limits=LIMITS).rows()))


def _refusable(reading: Callable[[], Any]) -> None:
    """Read, and hold that a refusal says what is wrong."""
    try:
        reading()
    except ProblemsFoundError as error:
        _hold_parts(iter(error.problems))


def _hold_parts(parts: Iterator[Any]) -> None:
    """Hold that every problem can be said and stored."""
    for part in parts:
        if isinstance(part, Problem):
            assert part.message
            assert "\x00" not in part.text
            assert len(part.text) <= 1000


@contextmanager
def _file(data: bytes) -> Iterator[Path]:
    """Give a file of the bytes, the same each time: it is written a million times."""
    path = _place()
    path.write_bytes(data)
    yield path


@cache
def _place() -> Path:
    return Path(tempfile.gettempdir()) / f"provning-fuzz-{os.getpid()}"


def _with_part(name: str, data: bytes) -> bytes:
    """Return a sound workbook with one part replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for each, content in workbook_parts().items():
            archive.writestr(each, data if each == name else content)
    return target.getvalue()


@cache
def workbook() -> bytes:
    """Return a workbook as a spreadsheet program leaves it."""
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Elever")
        sheet.write_row(0, 0, ["Personnummer", "Förnamn", "Efternamn", "Kurs", "Betyg"])
        sheet.write_row(1, 0, ["18900118-9800", "Åsa", "Öström", "MATMAT03b", "A"])
        sheet.write_row(2, 0, [189001189800, "Şermin", "Łuczak", 3.5, True])
    return target.getvalue()


@cache
def workbook_parts() -> dict[str, bytes]:
    """Return the workbook's parts by their names."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        return {each: archive.read(each) for each in archive.namelist()}
