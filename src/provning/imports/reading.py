"""From a file to the rows of a kind: which columns mean what, and the text of each field."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from provning.imports import rules
from provning.imports.kind import ImportKind
from provning.imports.plans import SourceRow
from provning.kernel.problems import Problem, ProblemsFoundError
from provning.tables import Column, Match, Row, find_header, heading_key, open_table

# Six digits in a row are in no header, and in every number and date.
DATA = re.compile(r"[0-9]{6}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
EXPLANATION = "exempel"


@contextmanager
def as_file(content: bytes) -> Iterator[Path]:
    """Give a file of the bytes, for readers that read a file; it is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        yield path


def columns_of(kind: ImportKind) -> list[Column]:
    """Return the kind's fields as the columns to look for."""
    return [Column(each.key, each.label, each.aliases, each.required) for each in kind.fields]


def look_at(path: Path, kind: ImportKind, by_hand: Mapping[str, str] | None = None) -> Match:
    """Return how the file's columns are understood; raises when it is no table with headers."""
    match, _rows = find_header(open_table(path).rows(), columns_of(kind), by_hand)
    if not match.places and any(DATA.search(cell) for cell in match.header.cells):
        raise ProblemsFoundError([rules.headers_missing()])
    return match


def read_rows(
    path: Path, kind: ImportKind, by_hand: Mapping[str, str]
) -> Iterator[tuple[SourceRow, Problem | None]]:
    """Give each row, with the problem when its cells may have moved.

    Raises `ProblemsFoundError` when the file, or a row, cannot be read.
    """
    if kind.read is not None:
        for number, cells in enumerate(kind.read(path), start=1):
            yield SourceRow(number, dict(cells)), None
        return
    match, rows = find_header(open_table(path).rows(), columns_of(kind), by_hand)
    if match.problems:
        raise ProblemsFoundError(match.problems)
    for row in rows:
        if not _explains(row):
            yield SourceRow(row.number, match.texts(row)), match.stray(row)


def headers_digest(headers: list[str]) -> str:
    """Return what two files with the same headers have in common, whatever case and signs."""
    keys = [heading_key(each) for each in headers]
    return sha256("\n".join(keys).encode()).hexdigest()


def _explains(row: Row) -> bool:
    """Say whether a row is the template's example, which is never taken in."""
    return heading_key(row.cell(0)).startswith(EXPLANATION)
