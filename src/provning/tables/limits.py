"""How large a file may be: a table that fits these fits in memory and in a worker's time."""

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file that is read; all but `rows` and `columns` in bytes or characters.

    `unpacked` bounds what an XLSX file becomes when it is unpacked, `text` one cell.
    """

    size: int = 200 * MEGABYTE
    unpacked: int = 1024 * MEGABYTE
    rows: int = 1_048_576
    columns: int = 256
    cells: int = 12_000_000
    text: int = 32_767


USUAL: Final = Limits()
