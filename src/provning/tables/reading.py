"""Opening a table whatever it is: the first bytes say which reader takes it."""

import re
from pathlib import Path
from typing import Final

from provning.kernel.problems import Problem, ProblemsFoundError
from provning.tables.limits import MEGABYTE, USUAL, Limits
from provning.tables.rows import Table
from provning.tables.text_files import open_text
from provning.tables.workbooks import open_workbook

FIELD: Final = "file"
ZIP: Final = b"PK\x03\x04"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP: Final = re.compile(rb"[\xef\xbb\xbf \t\r\n]*<[!?a-zA-Z]")
SNIFFED: Final = 1024


def open_table(path: Path, *, limits: Limits = USUAL) -> Table:
    """Open a CSV or XLSX file by its content; its name does not matter.

    Raises `ProblemsFoundError` with what is wrong and what to do when it is no such file, or is
    larger than the limits.
    """
    start = _start(path, limits)
    if start.startswith(ZIP):
        return open_workbook(path, limits)
    if start.startswith(OLD_OFFICE):
        raise ProblemsFoundError([_old_office()])
    if MARKUP.match(start):
        raise ProblemsFoundError([_markup()])
    return open_text(path, limits)


def _start(path: Path, limits: Limits) -> bytes:
    """Return the file's first bytes once its size is known to be allowed."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(SNIFFED)
    except OSError as error:
        raise ProblemsFoundError([_unopened(error)]) from error
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise ProblemsFoundError([_empty()])
    if size > limits.size:
        raise ProblemsFoundError([_too_large(size, limits)])
    return start


def _unopened(error: OSError) -> Problem:
    """Say what the machine says about a file it cannot open."""
    message = "Filen går inte att öppna: {reason}. Kontrollera namnet och att du får läsa den."
    return Problem("table-unopened", FIELD, message, params={"reason": error.strerror or error})


def _empty() -> Problem:
    """Say that nothing is in the file."""
    return Problem("table-empty", FIELD, "Filen är tom. Hämta den på nytt från källan.")


def _too_large(size: int, limits: Limits) -> Problem:
    """Say how much too large a file is."""
    message = "Filen är {size} MB men får vara högst {most} MB. Dela upp den och läs in delarna."
    params = {"size": -(-size // MEGABYTE), "most": limits.size // MEGABYTE}
    return Problem("table-too-large", FIELD, message, params=params)


def _old_office() -> Problem:
    """Say what to do with .xls and with a locked .xlsx, which begin with the same bytes."""
    message = (
        "Filen är låst med lösenord eller i Excels äldre format (.xls). Öppna den i Excel, ta bort"
        " lösenordet och spara den som Excel-arbetsbok (.xlsx)."
    )
    return Problem("table-old-office", FIELD, message)


def _markup() -> Problem:
    """Say what to do with a web page that is called a spreadsheet."""
    message = (
        "Filen är en webbsida eller XML och ingen tabell, även om den kan öppnas i Excel. Öppna"
        " den i Excel och spara den som Excel-arbetsbok (.xlsx) eller CSV UTF-8."
    )
    return Problem("table-markup", FIELD, message)
