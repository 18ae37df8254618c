"""From a row to a line of the file: pure. A code that is not known leaves its column blank."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provning.reporting.layout import Column
from provning.reporting.source import KEYS, VALUES, FileFacts, SourceRow

SEPARATOR = ";"
NEWLINE = "\r\n"
ENCODING = "utf-8"

CodeKey = tuple[str, str]
"""The table of a code and what is looked up in it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row's cells, the codes that were not known, and the columns that the cells do not fit."""

    cells: tuple[str, ...]
    unknown: tuple[CodeKey, ...]
    unfit: tuple[Column, ...]

    @property
    def text(self) -> str:
        """Return the line as it stands in the file, without its end."""
        return SEPARATOR.join(self.cells)


def line_of(
    row: SourceRow, columns: Sequence[Column], codes: Mapping[CodeKey, str], facts: FileFacts
) -> Line:
    """Return the line of a row."""
    unknown = [key for each in columns if (key := _code_key(each, row)) and key not in codes]
    cells = tuple(_cell(each, row, codes, facts) for each in columns)
    unfit = tuple(
        column for column, cell in zip(columns, cells, strict=True) if not column.fits(cell)
    )
    return Line(cells, tuple(unknown), unfit)


def file_of(lines: Iterable[str], columns: Sequence[Column]) -> bytes:
    """Return the whole file, the columns' names first: a draft is read by people."""
    names = SEPARATOR.join(each.name for each in columns)
    return "".join(f"{line}{NEWLINE}" for line in (names, *lines)).encode(ENCODING)


def cells_in(content: bytes) -> list[dict[str, str]]:
    """Return the cells of every line of a file that `file_of` made, by the names of the columns."""
    names, *lines = [line.split(SEPARATOR) for line in content.decode(ENCODING).split(NEWLINE)[:-1]]
    return [dict(zip(names, line, strict=True)) for line in lines]


def _cell(column: Column, row: SourceRow, codes: Mapping[CodeKey, str], facts: FileFacts) -> str:
    key = _code_key(column, row)
    if column.codes:
        return codes.get(key, "") if key else ""
    return VALUES[column.value](row, facts)


def _code_key(column: Column, row: SourceRow) -> CodeKey | None:
    """Return what is looked up for the column, None where no code is needed."""
    key = KEYS[column.value](row) if column.codes else ""
    return (column.codes, key) if key else None
