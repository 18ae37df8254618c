"""Grades as screens and higher rooms meet them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from provning.exams.rows import GroupRow, PlacementRow
from provning.grading.replacement import Standing
from provning.grading.states import GradeState, decided_state
from provning.kernel.grade_scales import GradeScale
from provning.kernel.problems import Problem

TRIAL_LABEL = "Prövning"


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

    @property
    def state(self) -> GradeState:
        """Return whether it stands or has been superseded."""
        return decided_state(superseded=self.replaced)


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One person's line on the group's grade sheet.

    `scale` is the one in force on the exam date, None for a course that is never graded. The
    `draft_*` fields are empty for an actor who neither types nor decides grades here;
    `draft_version` is 0 before the first draft and is sent back with a change. `problems` are why
    no grade can be set today, `why_not` the first of them in Swedish.
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
    """

    group: GroupRow
    rows: tuple[GradeRow, ...]
    counts: SheetCounts
    teacher_ready: bool
    may_draft: bool
    decider_role: str


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


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """One typed grade: "" takes the draft away. `expected_version` is what the typist saw."""

    placement_id: UUID
    value: str
    expected_version: int


class DraftStatus(StrEnum):
    """What became of a typed grade; HELD was in order but other rows of the form were not."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    PROBLEMS = "problems"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class DraftResult:
    """The answer for one row: `value` and `version` are what is stored now."""

    placement_id: UUID
    status: DraftStatus
    value: str
    version: int
    problems: tuple[Problem, ...] = ()

    @property
    def stands(self) -> bool:
        """Say whether the typed grade is what is stored."""
        return self.status in {DraftStatus.SAVED, DraftStatus.UNCHANGED}


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a grade may need beside its value; see `models.GradeParticulars`."""

    exception_used: bool = False
    specialisation: str = ""
    language: str = ""
    project_title: str = ""
    project_summary: str = ""
    co_assessor: str = ""


@dataclass(frozen=True, slots=True)
class Previous:
    """The decision that a rättelse or ändring took the place of."""

    value: str
    exam_date: date
    course_code: str


@dataclass(frozen=True, slots=True)
class Successor:
    """The rättelse or ändring that took a decision's place."""

    decision_id: UUID
    correction_type: str
    value: str
    exam_date: date
    course_code: str
    decided_by_name: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with everything a catalogue, an extract or a file says of it; for programs.

    `joint` are the teachers who decided together with `decided_by`. `previous` is what the row took
    the place of, `successor` what took its place. `covered_by` is the pass on a higher Gy25 level
    that replaces the grade; both stay. `reason` is why it was corrected, amended or decided by
    rektor.
    """

    id: UUID
    placement_id: UUID
    group_id: UUID
    group_name: str
    group_number: int
    unit_id: UUID
    unit_name: str
    course_id: UUID
    course_code: str
    course_name: str
    points: int | None
    person_id: UUID
    exam_date: date
    value: str
    scale_id: str
    decided_by_id: UUID
    decided_by_name: str
    decider_role: str
    joint: tuple[tuple[UUID, str], ...]
    registered_by_name: str
    decided_at: datetime
    correction_type: str
    ground: str
    reason: str
    hearing: str
    particulars: Particulars
    previous: Previous | None
    successor: Successor | None
    covered_by: Standing | None

    @property
    def stands(self) -> bool:
        """Say whether the decision is valid: no rättelse or ändring has taken its place."""
        return self.successor is None

    @property
    def note(self) -> str:
        """Return what is noted beside a rättelse or ändring: Tidigare betyg D från 2026-05-14."""
        if self.previous is None:
            return ""
        return f"Tidigare betyg {self.previous.value} från {self.previous.exam_date.isoformat()}"
