"""Reading imports: how far they have come, and what became of every row."""

from provning.imports.policies import Place, places_for
from provning.imports.queries.imports import import_for, imports_for
from provning.imports.queries.lines import ALL, Lines, row_lines
from provning.imports.queries.mappings import saved_mapping

__all__ = [
    "ALL",
    "Lines",
    "Place",
    "import_for",
    "imports_for",
    "places_for",
    "row_lines",
    "saved_mapping",
]
