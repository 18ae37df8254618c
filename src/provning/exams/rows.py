"""Groups and placements as every other room and screen meets them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.kernel.problems import Problem
from provning.kernel.terms import Term
from provning.people.queries import PersonRow


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One prövningsgrupp.

    `placed` counts the valid placements. `decided` is 0 here: grades belong to a higher room,
    which adds it. `ready` says that a grading teacher is connected; the co-teacher is None where
    one teacher decides alone. `points` is None where the course has none fixed. `full_code` says
    that the name holds the whole course code.
    """

    id: UUID
    name: str
    unit_id: UUID
    unit_name: str
    provider_id: UUID
    provider_name: str
    organiser_id: UUID
    course_id: UUID
    course_code: str
    course_name: str
    points: int | None
    term: Term
    number: int
    start_date: date
    end_date: date
    teacher_id: UUID | None
    teacher_name: str
    co_teacher_id: UUID | None
    co_teacher_name: str
    placed: int
    decided: int
    ready: bool
    version: int
    school_form: str
    measure: str
    time_of_day: str
    distance: bool
    full_code: bool

    @property
    def teacher_ids(self) -> frozenset[UUID]:
        """Return those who decide the group's grades, together when they are two."""
        return frozenset(each for each in (self.teacher_id, self.co_teacher_id) if each)


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """One person in one group: the study plan's row and the group's.

    Fr.o.m. and t.o.m. are the prövningsdatum (Manual s. 3). `superseded` says that a correction
    has taken the row's place; `supersedes_id` that this row is such a correction. `outcome` is ""
    or the code of why there is no grade, `outcome_label` its Swedish words.
    """

    id: UUID
    group_id: UUID
    group_name: str
    unit_id: UUID
    unit_name: str
    course_id: UUID
    course_code: str
    course_name: str
    points: int | None
    exam_date: date
    status: str
    study_active: bool
    outcome: str
    outcome_label: str
    outcome_reason: str
    person: PersonRow
    version: int
    supersedes_id: UUID | None
    superseded: bool
    after_validation: bool = False

    @property
    def start_date(self) -> date:
        """Return fr.o.m."""
        return self.exam_date

    @property
    def end_date(self) -> date:
        """Return t.o.m."""
        return self.exam_date

    @property
    def valid(self) -> bool:
        """Say whether the placement stands: neither taken back nor superseded."""
        return not self.superseded and self.outcome != WITHDRAWN


WITHDRAWN = "withdrawn"
"""The outcome of a placement that was taken back."""


@dataclass(frozen=True, slots=True)
class NamePart:
    """One part of a group's name and what it means, to show how the name is made."""

    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class GroupPreview:
    """A group as it would be saved; nothing is reserved until it is.

    `taken_by_teachers` are the teachers who already have a group in the course and term.
    """

    name: str
    initials: str
    number: int
    parts: tuple[NamePart, ...]
    start_date: date
    end_date: date
    school_form: str
    measure: str
    time_of_day: str
    distance: bool
    points: int | None
    taken_by_teachers: tuple[tuple[UUID, str], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One group of a term and its copy in the next, as it would be or already is.

    The copy has no teacher when the old one is no longer on duty at the unit; `teacher_left` says
    so. `already` means that nothing is to be done: `name` is then the group that is there.
    """

    group: GroupRow
    name: str
    number: int
    teacher_id: UUID | None
    teacher: str
    teacher_left: bool
    start_date: date
    end_date: date
    problems: tuple[Problem, ...]
    already: bool
    co_teacher_id: UUID | None = None
