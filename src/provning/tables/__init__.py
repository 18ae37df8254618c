"""CSV and XLSX in and out as rows of text; knows no Django, no database and no domain.

Read: `open_table` a file, `find_header` among its rows, then `Match.text` of each row. Write:
`csv_chunks` or `write_workbook`. What cannot be read raises `ProblemsFoundError` with what to do.
"""

from provning.tables.columns import (
    IGNORED,
    Column,
    Heading,
    Match,
    find_header,
    heading_key,
    match_columns,
)
from provning.tables.dates import read_date
from provning.tables.limits import MEGABYTE, USUAL, Limits
from provning.tables.neutral import neutralised, restored
from provning.tables.reading import open_table
from provning.tables.rows import FileForm, Row, Table, column_letters
from provning.tables.writing import Cell, csv_chunks, write_sheets, write_workbook

__all__ = [
    "IGNORED",
    "MEGABYTE",
    "USUAL",
    "Cell",
    "Column",
    "FileForm",
    "Heading",
    "Limits",
    "Match",
    "Row",
    "Table",
    "column_letters",
    "csv_chunks",
    "find_header",
    "heading_key",
    "match_columns",
    "neutralised",
    "open_table",
    "read_date",
    "restored",
    "write_sheets",
    "write_workbook",
]
