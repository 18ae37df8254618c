"""Table files as other programs leave them, written where a test says."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from xlsxwriter import Workbook

from provning.kernel.problems import ProblemsFoundError
from provning.tables import USUAL, Limits, open_table


def text_file(folder: Path, text: str, encoding: str = "utf-8", name: str = "table.csv") -> Path:
    """Write a text file."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook_file(
    folder: Path, sheets: Mapping[str, Sequence[Sequence[object]]], *, hidden: Sequence[str] = ()
) -> Path:
    """Write a workbook whose cells are what Excel would make of the values."""
    path = folder / "table.xlsx"
    with Workbook(str(path)) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for place, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(place, column, value, day)
                    elif value is not None:
                        sheet.write(place, column, value)
    return path


def changed_part(path: Path, part: str, content: bytes) -> Path:
    """Return a copy of a workbook with one part replaced."""
    other = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as to:
        for each in source.infolist():
            to.writestr(each.filename, content if each.filename == part else source.read(each))
    return other


def cells_of(path: Path, limits: Limits = USUAL) -> list[tuple[str, ...]]:
    """Return the texts of every row."""
    return [row.cells for row in open_table(path, limits=limits).rows()]


def codes_of(path: Path, limits: Limits = USUAL) -> list[str]:
    """Return why a file cannot be read, [] when it can."""
    try:
        cells_of(path, limits)
    except ProblemsFoundError as error:
        return [problem.code for problem in error.problems]
    return []
