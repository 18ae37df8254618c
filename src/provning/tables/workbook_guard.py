"""What a workbook would become in memory, found out before anything is built from it.

The reader keeps a sheet as one full rectangle and copies a shared text into each cell that names
it, so a small file with one cell far away, or one long text, can ask for more memory than there is.
Sizes are counted while the parts are unpacked; what the file says about itself is not trusted.
"""

import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from provning.kernel.problems import Problem
from provning.tables.limits import MEGABYTE, Limits

FIELD: Final = "file"
BLOCK: Final = 1024 * 1024
MOST_PARTS: Final = 5_000
LONGEST_TAG: Final = 64 * 1024
WORKBOOK: Final = "xl/workbook.xml"
FORBIDDEN: Final = re.compile(rb"<!(?!--)|\x00")
TAG: Final = rb"<(?:[A-Za-z0-9_.-]+:)?"
CELL: Final = re.compile(TAG + rb"c[ \t\r\n/>]")
ROW: Final = re.compile(TAG + rb"row[ \t\r\n/>]")
PLACE: Final = re.compile(rb"""[ \t\r\n]r\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
VALUE: Final = re.compile(TAG + rb"v(?:\s[^>]*)?>([^<]{1,20})")
SHARED_TEXT: Final = re.compile(TAG + rb"si[ \t\r\n/>]")


@dataclass(slots=True)
class Extent:
    """How far a part's cells can reach and how many characters its shared texts come to."""

    shared: Sequence[int]
    rows: int = 0
    columns: int = 0
    unplaced: int = 0
    characters: int = 0
    longest: int = field(init=False)

    def __post_init__(self) -> None:
        """Note the longest shared text: what an unreadable reference counts as."""
        self.longest = max(self.shared, default=0)

    def add(self, piece: bytes) -> None:
        """Count what a piece of whole tags holds."""
        places = set(PLACE.findall(piece))
        for letters in {letters for letters, _ in places if letters}:
            self.columns = max(self.columns, _column(letters))
        self.rows = max(self.rows, max((int(digits) for _, digits in places), default=0))
        rows = len(ROW.findall(piece))
        if len(CELL.findall(piece)) + rows > len(PLACE.findall(piece)):
            # Whatever does not say where it stands follows what stands before it.
            self.rows += rows
            self.unplaced = max(
                self.unplaced, *(len(CELL.findall(row)) for row in ROW.split(piece))
            )
        if self.longest:
            self.characters += sum(map(self._length, VALUE.findall(piece)))

    def _length(self, value: bytes) -> int:
        """Return how long the shared text is that a cell's value may name."""
        try:
            return self.shared[int(value)]
        except (ValueError, IndexError):
            return self.longest if b"&#" in value else 0

    @property
    def width(self) -> int:
        """Return how many columns there can be."""
        return self.columns + self.unplaced


class DamagedError(Exception):
    """A part holds what no workbook holds."""


def workbook_problems(path: Path, limits: Limits) -> list[Problem]:
    """Say why a workbook cannot be read: no workbook, damaged, or too large when unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _archive_problems(archive, limits)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
        return [_damaged()]
    except DamagedError:
        return [_damaged()]


def _archive_problems(archive: zipfile.ZipFile, limits: Limits) -> list[Problem]:
    """Go through every part twice: shared texts first, then the cells that name them."""
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if WORKBOOK not in names:
        return [_other_archive()]
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        return [_damaged()]
    if sum(part.file_size for part in parts) > limits.unpacked:
        return [_too_large_unpacked(limits)]
    shared = _shared(archive)
    if max(shared, default=0) > limits.text * 4:
        return [_too_large_unpacked(limits)]
    for part in parts:
        extent = Extent(shared)
        for piece in _pieces(archive, part):
            extent.add(piece)
        problems = _extent_problems(extent, limits)
        if problems:
            return problems
    return []


def _shared(archive: zipfile.ZipFile) -> Sequence[int]:
    """Return the length of every shared text in bytes, wherever in the archive they stand."""
    lengths = array("L")
    for part in archive.infolist():
        for piece in _pieces(archive, part):
            starts = [match.start() for match in SHARED_TEXT.finditer(piece)]
            if lengths and starts:
                lengths[-1] += starts[0]
            elif lengths:
                lengths[-1] += len(piece)
            ends = [*starts[1:], len(piece)]
            lengths.extend(end - start for start, end in zip(starts, ends, strict=False))
    return lengths


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Give a part of XML in pieces that end between rows, or at least between tags."""
    if not part.filename.lower().endswith((".xml", ".rels")):
        return
    kept = b""
    with archive.open(part) as file:
        while block := file.read(BLOCK):
            kept += block
            cut = max(kept.rfind(b"<row"), kept.rfind(b":row"))
            cut = kept.rfind(b"<", 0, cut + 1) if cut > 0 else kept.rfind(b"<")
            if cut > 0:
                yield _allowed(kept[:cut])
                kept = kept[cut:]
            if len(kept) > BLOCK + LONGEST_TAG:
                yield _allowed(kept)
                kept = b""
    yield _allowed(kept)


def _allowed(piece: bytes) -> bytes:
    """Return the piece; document types, CDATA and zero bytes are in no workbook."""
    if FORBIDDEN.search(piece):
        raise DamagedError
    return piece


def _extent_problems(extent: Extent, limits: Limits) -> list[Problem]:
    """Say what in a sheet is larger than what is read."""
    if extent.rows > limits.rows:
        return [_too_many_rows(limits.rows)]
    if extent.width > limits.columns:
        return [_too_many_columns(limits.columns)]
    if extent.rows * extent.width > limits.cells or extent.characters > limits.unpacked:
        return [_too_many_cells()]
    return []


def _column(letters: bytes) -> int:
    """Return a column's number from 1, far away when no sheet has so many letters."""
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + letter - ord("A") + 1
    return number


def _damaged() -> Problem:
    """Say that the archive is broken, locked or not as Excel writes it."""
    message = (
        "Filen är skadad eller låst. Öppna den i Excel, spara den på nytt som .xlsx utan lösenord"
        " och försök igen."
    )
    return Problem("table-damaged", FIELD, message)


def _other_archive() -> Problem:
    """Say that the archive is something else than a workbook."""
    message = (
        "Filen är ingen Excel-arbetsbok utan ett annat slags arkiv, till exempel zip eller ODS."
        " Öppna den och spara tabellen som .xlsx eller CSV UTF-8."
    )
    return Problem("table-other-archive", FIELD, message)


def _too_large_unpacked(limits: Limits) -> Problem:
    """Say that the file becomes too large."""
    message = "Arbetsboken blir större än {most} MB när den packas upp. Dela upp den."
    params = {"most": limits.unpacked // MEGABYTE}
    return Problem("table-unpacked", FIELD, message, params=params)


def _too_many_rows(most: int) -> Problem:
    """Say how many rows are read at most."""
    message = "Filen har fler än {most} rader. Dela upp den och läs in delarna var för sig."
    return Problem("table-too-many-rows", FIELD, message, params={"most": most})


def _too_many_columns(most: int) -> Problem:
    """Say how many columns are read at most."""
    message = "Ett blad har fler än {most} kolumner. Ta bort kolumner som inte används."
    return Problem("table-too-many-columns", FIELD, message, params={"most": most})


def _too_many_cells() -> Problem:
    """Say that the rectangle around the cells is too large, and how that comes about."""
    message = (
        "Ett blad har för många celler. Det händer när något står långt ned eller långt till höger:"
        " ta bort det, eller kopiera tabellen till ett nytt blad och spara."
    )
    return Problem("table-too-many-cells", FIELD, message)
