"""The grade sheet: one row per placement, and the group with them all."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from provning.exams.rows import GroupRow, PlacementRow
from provning.grading.rows.decisions import Previous
from provning.grading.rows.particulars import Needs, Particulars
from provning.grading.states import GradeState, decided_state
from provning.kernel.grade_scales import GradeScale
from provning.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it is read: two facts about who, and when it was written down."""

    id: UUID
    value: str
    scale_id: str
    decided_by: str
    decider_role: str
    registered_by: str
    decided_at: datetime
    correction_type: str
    replaced: bool
    particulars: Particulars
    previous: Previous | None = None

    @property
    def state(self) -> GradeState:
        """Return whether it stands or has been superseded."""
        return decided_state(superseded=self.replaced)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one of two teachers who decide together has answered that the grade is."""

    person_id: UUID
    name: str
    value: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class EarlierGrade:
    """A grade from before the placement's date; `other_course` is "" in the course itself."""

    decision_id: UUID
    value: str
    exam_date: date
    other_course: str


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One person's line on the group's grade sheet.

    `scale` is the one in force on the exam date, None for a course that is never graded. The
    `draft_*` fields are empty for an actor who neither types nor decides grades here;
    `draft_version` is 0 before the first draft and is sent back with a change. `problems` are why
    no grade can be set today, `why_not` the first of them in Swedish. `missing` is what has to
    stand beside the grade before it is decided. `opinions` are the answers of two who decide
    together, `waits_for` the one whose answer is left. `elsewhere` says that the person has the
    course decided on the same date in another group. `previous` is what a rättelse or ändring
    took the place of.
    """

    placement: PlacementRow
    scale: GradeScale | None
    draft_value: str
    draft_by: str
    draft_at: datetime | None
    draft_version: int
    value: str
    decision_id: UUID | None
    decided_by: str
    registered_by: str
    decided_at: datetime | None
    state: GradeState
    problems: tuple[Problem, ...]
    particulars: Particulars = field(default_factory=Particulars)
    missing: tuple[Problem, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    waits_for: str = ""
    elsewhere: bool = False
    correction_type: str = ""
    previous: Previous | None = None

    @property
    def disagreement(self) -> bool:
        """Say whether two who decide together have answered differently: rektor decides."""
        return len({each.value for each in self.opinions}) > 1

    def held_by(self, person_id: UUID | None) -> str:
        """Return what a teacher has answered, "" before they have."""
        return next((each.value for each in self.opinions if each.person_id == person_id), "")

    @property
    def gradable(self) -> bool:
        """Say whether a grade can be typed or decided today."""
        return not self.problems

    @property
    def why_not(self) -> str:
        """Return why no grade can be set, "" when it can."""
        return self.problems[0].text if self.problems else ""


@dataclass(frozen=True, slots=True)
class SheetCounts:
    """How the sheet stands; `waiting` are gradable without draft, `blocked` cannot be graded."""

    total: int
    decided: int
    drafted: int
    proposed: int
    waiting: int
    blocked: int


@dataclass(frozen=True, slots=True)
class GradeSheet:
    """A group with all its valid placements, in Swedish order with protected persons last.

    `decider_role` is how the actor would decide (LÄRARE, REKTOR), "" when they may not.
    `other_teacher` is whom a teacher decides together with, "" when nobody. `needs` is what the
    course demands beside a grade.
    """

    group: GroupRow
    rows: tuple[GradeRow, ...]
    counts: SheetCounts
    teacher_ready: bool
    may_draft: bool
    decider_role: str
    other_teacher: str = ""
    other_teacher_id: UUID | None = None
    needs: Needs = field(default_factory=Needs)
