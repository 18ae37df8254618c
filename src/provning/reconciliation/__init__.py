"""Two files, one answer: whether a register and a grading system agree on every prövning.

`look_at` both files, read them with `placements_in` and `grades_in`, compare with `reconcile`, and
write the answer with `outputs`. Knows no Django and no database, so that people who use nothing
else of ours can run it.
"""

from provning.reconciliation.comparing import LIMIT_DAYS, reconcile
from provning.reconciliation.kinds import MismatchKind
from provning.reconciliation.rows import (
    Fault,
    Grade,
    Mismatch,
    Period,
    Placement,
    Remark,
    Report,
    Side,
)
from provning.reconciliation.sources import (
    COLUMNS,
    Source,
    grades_in,
    look_at,
    packaged_scales,
    persons_in,
    placements_in,
)

__all__ = [
    "COLUMNS",
    "LIMIT_DAYS",
    "Fault",
    "Grade",
    "Mismatch",
    "MismatchKind",
    "Period",
    "Placement",
    "Remark",
    "Report",
    "Side",
    "Source",
    "grades_in",
    "look_at",
    "packaged_scales",
    "persons_in",
    "placements_in",
    "reconcile",
]
