"""The permission matrix for an auditor: every address, method and role, and how far each reaches.

Read from the addresses themselves and from what each view, right and role says of itself, so it
cannot fall behind. What it answers is what tests/web/matrix sends requests to see.
"""

from provning.operations.matrix.answers import Outcome, Whose, outcome
from provning.operations.matrix.lines import Line, UnstatedError, lines
from provning.operations.matrix.written import as_csv, as_html

__all__ = ["Line", "Outcome", "UnstatedError", "Whose", "as_csv", "as_html", "lines", "outcome"]
