"""Grades on other lists: a person's study plan, and what waits."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from provning.exams.rows import GroupRow, PlacementRow
from provning.grading.rows.decisions import DecisionRow, Previous
from provning.grading.rows.story import Covering
from provning.grading.states import GradeState

TRIAL_LABEL = "Prövning"


@dataclass(frozen=True, slots=True)
class StudyPlanRow:
    """The study plan's row as the manual's last screen shows it (Manual s. 4).

    `previous` is what a rättelse or ändring took the place of, `moved_to` the decision that stands
    after a rättelse put it on another placement. `covering` is the pass on a higher level that
    replaces the grade; `best` that it is the highest of several valid ones in the course that the
    actor sees.
    """

    placement: PlacementRow
    value: str
    state: GradeState
    decided_by: str
    registered_by: str
    decided_at: datetime | None
    note: str
    trial_label: str = TRIAL_LABEL
    decision_id: UUID | None = None
    correction_type: str = ""
    decided_with: tuple[str, ...] = ()
    previous: Previous | None = None
    moved_to: DecisionRow | None = None
    covering: Covering | None = None
    best: bool = False

    @property
    def shown_state(self) -> str:
        """Return the state of the grade's frame: a replaced grade is struck through, and stays."""
        replaced = self.state is GradeState.REPLACED or self.covering is not None
        return GradeState.REPLACED.value if replaced else self.state.value


@dataclass(frozen=True, slots=True)
class DueRow:
    """The placements of one group and exam date whose grades are still to be set.

    `drafted` of them have a typed grade; None for who may not see what is typed. `days` is how many
    have passed since `last_day`, which is in time itself: negative while there are days left.
    """

    group: GroupRow
    exam_date: date
    count: int
    drafted: int | None
    last_day: date
    days: int

    @property
    def late(self) -> bool:
        """Say whether the last day has passed."""
        return self.days > 0


@dataclass(frozen=True, slots=True)
class JointRow:
    """A group where two decide together: how many grades wait for the reader.

    `asked` wait for the reader's own answer as a teacher, `disputed` for the reader as rektor.
    """

    group: GroupRow
    asked: int
    disputed: int


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
