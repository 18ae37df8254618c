"""Grades on other lists: a person's study plan, and what waits."""

from dataclasses import dataclass
from datetime import date, datetime

from provning.exams.rows import GroupRow, PlacementRow
from provning.grading.states import GradeState

TRIAL_LABEL = "Prövning"


@dataclass(frozen=True, slots=True)
class StudyPlanRow:
    """The study plan's row as the manual's last screen shows it (Manual s. 4)."""

    placement: PlacementRow
    value: str
    state: GradeState
    decided_by: str
    registered_by: str
    decided_at: datetime | None
    note: str
    trial_label: str = TRIAL_LABEL


@dataclass(frozen=True, slots=True)
class LateRow:
    """A group where exams have passed without a grade.

    `count` placements wait, the oldest exam was on `oldest`; its grade is in time up to and
    including `last_day`.
    """

    group: GroupRow
    count: int
    oldest: date
    last_day: date
    late: bool
