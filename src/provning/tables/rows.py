"""What a table file becomes: rows of text, each with its number, and how it was understood."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Row:
    """One row that has something in it; `number` is the row that Excel shows, from 1."""

    number: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """Return the text in a column counted from 0, "" beyond the row's end."""
        return self.cells[place] if 0 <= place < len(self.cells) else ""


class FileForm(StrEnum):
    """What kind of file the table was."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Table:
    """A file that has been opened; `rows` reads it from the start each time it is called.

    `rows` skips rows where every cell is empty and raises `ProblemsFoundError` at the first row
    that cannot be read. Texts have no spaces around them. `encoding` and `delimiter` say how a CSV
    file was understood, `sheet` which sheet was taken and `other_sheets` which have content too.
    """

    form: FileForm
    rows: Callable[[], Iterator[Row]]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


def column_letters(place: int) -> str:
    """Return what Excel calls a column counted from 0: A, B, … Z, AA."""
    letters = ""
    rest = place + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
