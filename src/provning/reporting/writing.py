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
    cells: list[str] = []
    unknown: list[CodeKey] = []
    for column in columns:
        if not column.codes:
            cells.append(VALUES[column.value](row, facts))
            continue
        name = KEYS[column.value](row)
        key = (column.codes, name)
        cells.append(codes.get(key, "") if name else "")
        if name and key not in codes:
            unknown.append(key)
    unfit = tuple(
        column for column, cell in zip(columns, cells, strict=True) if not column.fits(cell)
    )
    return Line(tuple(cells), tuple(unknown), unfit)


def file_of(lines: Iterable[str], columns: Sequence[Column]) -> bytes:
    """Return the whole file, the columns' names first: a draft is read by people."""
    names = SEPARATOR.join(each.name for each in columns)
    return "".join(f"{line}{NEWLINE}" for line in (names, *lines)).encode(ENCODING)


def cells_in(content: bytes) -> list[dict[str, str]]:
    """Return the cells of every line of a file that `file_of` made, by the names of the columns."""
    names, *lines = [line.split(SEPARATOR) for line in content.decode(ENCODING).split(NEWLINE)[:-1]]
    return [dict(zip(names, line, strict=True)) for line in lines]
