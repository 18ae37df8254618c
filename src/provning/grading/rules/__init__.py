"""When a grade may be set, who may decide it and until when it is in time: pure, no queries."""

from provning.grading.rules.attempts import (
    SL_19,
    Attempt,
    Lock,
    attempt_problems,
    field_for,
    locked,
    value_problems,
)
from provning.grading.rules.conflicts import (
    draft_conflict,
    nothing_to_decide,
    seen_conflict,
    submission_used,
)
from provning.grading.rules.deadlines import last_day_in_time
from provning.grading.rules.deciders import Decider, decider_problems

__all__ = [
    "SL_19",
    "Attempt",
    "Decider",
    "Lock",
    "attempt_problems",
    "decider_problems",
    "draft_conflict",
    "field_for",
    "last_day_in_time",
    "locked",
    "nothing_to_decide",
    "seen_conflict",
    "submission_used",
    "value_problems",
]
