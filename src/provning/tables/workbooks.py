"""XLSX as rows of text: the first visible sheet with content, every cell as people see it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum, load_workbook

from provning.kernel.problems import Problem, ProblemsFoundError
from provning.tables.limits import Limits
from provning.tables.rows import FileForm, Row, Table
from provning.tables.workbook_guard import workbook_problems

FIELD: Final = "file"
Value = int | float | str | bool | time | date | datetime | timedelta


def open_workbook(path: Path, limits: Limits) -> Table:
    """Open a workbook; raises `ProblemsFoundError` when it is none or would fill the memory."""
    problems = workbook_problems(path, limits)
    if problems:
        raise ProblemsFoundError(problems)
    workbook = _loaded(path)
    names = _names_with_content(workbook)
    if not names:
        raise ProblemsFoundError([_no_sheet()])

    def rows() -> Iterator[Row]:
        return _rows(_loaded(path), names[0], limits)

    return Table(FileForm.XLSX, rows, sheet=names[0], other_sheets=tuple(names[1:]))


def _loaded(path: Path) -> CalamineWorkbook:
    """Return the workbook."""
    try:
        return load_workbook(str(path))
    except BaseException as error:
        raise _unreadable(error) from error


def _names_with_content(workbook: CalamineWorkbook) -> list[str]:
    """Return the visible sheets that have a cell, in the workbook's order."""
    visible = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible is SheetVisibleEnum.Visible
    ]
    return [name for name in visible if _sheet(workbook, name).start is not None]


def _sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    """Return one sheet."""
    try:
        return workbook.get_sheet_by_name(name)
    except BaseException as error:
        raise _unreadable(error) from error


def _rows(workbook: CalamineWorkbook, name: str, limits: Limits) -> Iterator[Row]:
    """Give the rows with something in them, numbered as Excel numbers them."""
    for number, values in enumerate(_sheet(workbook, name).iter_rows(), start=1):
        row = Row(number, tuple(_text(value) for value in values))
        if any(len(cell) > limits.text for cell in row.cells):
            raise ProblemsFoundError([_long_text(number, limits.text)])
        if any(row.cells):
            yield row


def _text(value: Value) -> str:
    """Return a cell as text: dates as ÅÅÅÅ-MM-DD, whole numbers without decimals."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return str(value)


def _unreadable(error: BaseException) -> Exception:
    """Return the problem in place of whatever the library raised.

    A fault inside it is no ordinary exception, so everything is looked at; what is about this
    process and not about the file goes on as it is.
    """
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
        raise error
    message = (
        "Filen går inte att läsa som Excel-arbetsbok. Öppna den i Excel och spara den på nytt som"
        " .xlsx."
    )
    return ProblemsFoundError([Problem("table-no-workbook", FIELD, message)])


def _no_sheet() -> Problem:
    """Say that nothing is in any sheet that can be seen."""
    return Problem("table-no-sheet", FIELD, "Arbetsboken har inget synligt blad med innehåll.")


def _long_text(number: int, most: int) -> Problem:
    """Say that a cell is longer than Excel itself allows."""
    message = "En cell på rad {row} har fler än {most} tecken. Korta den."
    return Problem("table-long-text", FIELD, message, params={"row": number, "most": most})
