"""CSV as Swedish offices write it: which letters, which separator, and then rows one by one.

The whole file is tried against UTF-8 before a row is read, because one wrong letter in the last row
would otherwise be found when the rest has been used.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from provning.kernel.problems import Problem, ProblemsFoundError
from provning.tables.limits import Limits
from provning.tables.neutral import restored
from provning.tables.rows import FileForm, Row, Table

FIELD: Final = "file"
BLOCK: Final = 1024 * 1024
SAMPLE: Final = 64 * 1024
SAMPLE_ROWS: Final = 30
DELIMITERS: Final = (";", ",", "\t", "|")
HINT: Final = "sep="
UTF_8: Final = "utf-8-sig"
WINDOWS: Final = "cp1252"
MARKS: Final = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Half of the bytes of Swedish text in UTF-16 are zero; no text in the others has one.
ZEROS_FOR_UTF_16: Final = 0.3


def open_text(path: Path, limits: Limits) -> Table:
    """Open a text file; raises `ProblemsFoundError` when it is no text."""
    encoding = _encoding(path)
    sample = _sample(path, encoding)
    if "\x00" in sample:
        raise ProblemsFoundError([_no_text()])
    hinted = _hinted(sample)
    delimiter = hinted or _delimiter(sample)

    def rows() -> Iterator[Row]:
        return _rows(path, encoding, delimiter, limits, skip_first=bool(hinted))

    return Table(FileForm.CSV, rows, encoding=encoding, delimiter=delimiter)


def _encoding(path: Path) -> str:
    """Return the encoding that the whole file can be read in."""
    with path.open("rb") as file:
        start = file.read(SAMPLE)
        marked = next((name for mark, name in MARKS if start.startswith(mark)), "")
        if marked:
            return marked
        if start.count(0) > len(start) * ZEROS_FOR_UTF_16:
            # The zero comes second in each pair when the small end is written first.
            return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return WINDOWS
    return UTF_8


def _sample(path: Path, encoding: str) -> str:
    """Return the beginning as text, whole lines where there are such."""
    with path.open("rb") as file:
        reader = codecs.getincrementaldecoder(encoding)(errors="replace")
        return reader.decode(file.read(SAMPLE))


def _hinted(sample: str) -> str:
    """Return the separator that Excel's own first line names, as in sep=;."""
    first = sample.split("\n", 1)[0].rstrip("\r").strip('"')
    is_hint = first.lower().startswith(HINT) and len(first) == len(HINT) + 1
    return first[len(HINT) :] if is_hint else ""


def _delimiter(sample: str) -> str:
    """Return the separator that splits the first rows most evenly; a semicolon when none does."""
    return max(DELIMITERS, key=lambda each: (*_evenness(sample, each), -DELIMITERS.index(each)))


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """Return (rows of the commonest width beyond one, that width)."""
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if cells:
                widths.append(len(cells))
            if len(widths) == SAMPLE_ROWS:
                break
    except csv.Error:
        return 0, 0
    split = [width for width in widths if width > 1]
    if not split:
        return 0, 0
    common = max(set(split), key=lambda width: (split.count(width), width))
    return split.count(common), common


def _rows(
    path: Path, encoding: str, delimiter: str, limits: Limits, *, skip_first: bool
) -> Iterator[Row]:
    """Give the rows with something in them, or raise at the first that cannot be read."""
    number = 0
    csv.field_size_limit(max(limits.text, csv.field_size_limit()))
    with path.open(encoding=encoding, newline="") as file:
        if skip_first:
            file.readline()
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, start=1):
                row = Row(number, tuple(_cleaned(cell) for cell in cells))
                problems = _row_problems(row, limits)
                if problems:
                    raise ProblemsFoundError(problems)
                if any(row.cells):
                    yield row
        except csv.Error as error:
            raise ProblemsFoundError([_broken(number + 1)]) from error
        except UnicodeDecodeError as error:
            raise ProblemsFoundError([_no_text()]) from error


def _cleaned(cell: str) -> str:
    """Return a cell's text as it was before it was made safe for Excel, without outer spaces."""
    return restored(cell.strip().strip("\ufeff")).strip()


def _row_problems(row: Row, limits: Limits) -> list[Problem]:
    """Say which limit a row breaks."""
    if "\x00" in "".join(row.cells):
        return [_no_text()]
    if row.number > limits.rows:
        return [_too_many_rows(limits.rows)]
    if len(row.cells) > limits.columns:
        return [_too_many_columns(row.number, limits.columns)]
    if any(len(cell) > limits.text for cell in row.cells):
        return [_long_text(row.number, limits.text)]
    return []


def _no_text() -> Problem:
    """Say that the bytes are no text in any encoding that offices use."""
    message = (
        "Filen går inte att läsa som text. Spara den som Excel-arbetsbok (.xlsx) eller"
        " CSV UTF-8 och försök igen."
    )
    return Problem("table-no-text", FIELD, message)


def _broken(number: int) -> Problem:
    """Say where the quotation marks do not come out even."""
    message = (
        "Rad {row} går inte att läsa: ett citattecken saknar sin motsvarighet, eller en cell är"
        " mycket lång. Öppna filen i Excel, rätta raden och spara på nytt."
    )
    return Problem("table-broken-row", FIELD, message, params={"row": number})


def _too_many_rows(most: int) -> Problem:
    """Say how many rows are read at most."""
    message = "Filen har fler än {most} rader. Dela upp den och läs in delarna var för sig."
    return Problem("table-too-many-rows", FIELD, message, params={"most": most})


def _too_many_columns(number: int, most: int) -> Problem:
    """Say how many columns are read at most, and where there are more."""
    message = "Rad {row} har fler än {most} kolumner. Ta bort kolumner som inte används."
    return Problem("table-too-many-columns", FIELD, message, params={"row": number, "most": most})


def _long_text(number: int, most: int) -> Problem:
    """Say that a cell is longer than Excel itself allows."""
    message = "En cell på rad {row} har fler än {most} tecken. Korta den."
    return Problem("table-long-text", FIELD, message, params={"row": number, "most": most})
