"""When a grade may be set, who may decide it and until when it is in time: pure, no queries."""

from provning.grading.rules.attempts import (
    SL_19,
    Attempt,
    Lock,
    attempt_problems,
    decided_elsewhere,
    field_for,
    locked,
    own_grade,
    value_problems,
)
from provning.grading.rules.conflicts import (
    draft_conflict,
    nothing_to_decide,
    other_teacher_typed,
    particulars_changed,
    seen_conflict,
    submission_used,
)
from provning.grading.rules.deadlines import last_day_in_time
from provning.grading.rules.deciders import (
    DISAGREEMENT,
    Deciding,
    Office,
    Principal,
    principal_problems,
    teacher_problems,
)
from provning.grading.rules.joint import (
    Stand,
    decides_alone,
    disagree,
    no_disagreement,
    stand,
    stand_problems,
)
from provning.grading.rules.particulars import (
    at_row,
    kept,
    length_problems,
    missing_particulars,
    named_language,
    needs_of,
)

__all__ = [
    "DISAGREEMENT",
    "SL_19",
    "Attempt",
    "Deciding",
    "Lock",
    "Office",
    "Principal",
    "Stand",
    "at_row",
    "attempt_problems",
    "decided_elsewhere",
    "decides_alone",
    "disagree",
    "draft_conflict",
    "field_for",
    "kept",
    "last_day_in_time",
    "length_problems",
    "locked",
    "missing_particulars",
    "named_language",
    "needs_of",
    "no_disagreement",
    "nothing_to_decide",
    "other_teacher_typed",
    "own_grade",
    "particulars_changed",
    "principal_problems",
    "seen_conflict",
    "stand",
    "stand_problems",
    "submission_used",
    "teacher_problems",
    "value_problems",
]
