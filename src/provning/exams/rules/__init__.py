"""What the manual and the law say about prövningsgrupper and placements: pure, no queries."""

from provning.exams.rules.dates import (
    date_problems,
    day_on_duty,
    exam_date_problems,
    unit_ended_problems,
)
from provning.exams.rules.groups import (
    co_teacher_problems,
    group_used,
    placements_left_out,
    submission_used,
    teacher_problems,
    together_problems,
)
from provning.exams.rules.outcomes import GRADE_TYPED, graded, outcome_problems
from provning.exams.rules.overrides import binding, overridden
from provning.exams.rules.placements import (
    Candidate,
    Standing,
    corrected_day_problems,
    decided,
    nobody_chosen,
    placement_problems,
    reason_problems,
    taken_day,
    withdrawn,
)

__all__ = [
    "GRADE_TYPED",
    "Candidate",
    "Standing",
    "binding",
    "co_teacher_problems",
    "corrected_day_problems",
    "date_problems",
    "day_on_duty",
    "decided",
    "exam_date_problems",
    "graded",
    "group_used",
    "nobody_chosen",
    "outcome_problems",
    "overridden",
    "placement_problems",
    "placements_left_out",
    "reason_problems",
    "submission_used",
    "taken_day",
    "teacher_problems",
    "together_problems",
    "unit_ended_problems",
    "withdrawn",
]
