"""What is compared and what comes out: placements, grades and where they disagree."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from provning.kernel.problems import Problem
from provning.reconciliation.kinds import MismatchKind


class Side(StrEnum):
    """Which of the files something stands in."""

    PLACEMENTS = "placements"
    GRADES = "grades"
    PERSONS = "persons"

    @property
    def label(self) -> str:
        """Return what the file is called on screen."""
        return SIDE_LABELS[self]


SIDE_LABELS = {
    Side.PLACEMENTS: "Placeringar",
    Side.GRADES: "Betyg",
    Side.PERSONS: "Personer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One person's place in a group; `row` is the file's.

    `exam` says whether it is a prövning for certain: an ordinary course without the prefix looks
    like a prövningsgrupp whose prefix was forgotten. `cancelled` waits for no grade. The fields of
    the group and the teacher are "" or None where the file has no such column.
    """

    row: int
    number: str
    person_id: str
    name: str
    course: str
    first_day: date
    last_day: date
    group: str = ""
    group_id: str = ""
    group_first_day: date | None = None
    group_last_day: date | None = None
    teacher: str = ""
    teacher_id: str = ""
    exam: bool = True
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """One grade; `row` is the file's, or the student's number in XML.

    `trial` is None where the file does not say. `teacher` may hold several names or identifiers,
    and is "" when somebody else than a teacher decided.
    """

    row: int
    number: str
    person_id: str
    name: str
    course: str
    date: date
    value: str
    trial: bool | None
    group: str = ""
    teacher: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that could not be read, so that its row was not compared."""

    side: Side
    row: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about the comparison that is no mismatch."""

    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """One thing on which the files disagree, with what both say; None and "" where one is silent.

    `days` counts days past the limit, for a placement without a grade.
    """

    kind: MismatchKind
    number: str
    person_id: str
    name: str
    course: str
    exam_date: date | None
    grade_date: date | None
    placement_group: str
    grade_group: str
    value: str
    placement_teacher: str
    grade_teacher: str
    placement_row: int | None
    grade_row: int | None
    days: int
    advice: Problem

    @property
    def person(self) -> str:
        """Return the number, or the identifier where there is none."""
        return self.number or self.person_id


@dataclass(frozen=True, slots=True)
class Period:
    """The days whose grades are compared, both ends included."""

    first: date
    last: date

    def contains(self, day: date) -> bool:
        """Say whether a day is compared."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole answer.

    `pairs` counts placements that have their grade, `waiting` those whose limit has not passed,
    `outside` grades of prövning outside the period, `ordinary` rows that are no prövning. `unread`
    names the files of which no row could be read; then nothing was compared.
    """

    mismatches: tuple[Mismatch, ...]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Remark, ...] = ()
    period: Period | None = None
    placements: int = 0
    grades: int = 0
    pairs: int = 0
    waiting: int = 0
    outside: int = 0
    ordinary: int = 0
    unread: tuple[Side, ...] = ()
    counts: Mapping[MismatchKind, int] = field(default_factory=dict)

    @property
    def agree(self) -> bool:
        """Say whether the files say the same: nothing differs and every row could be read."""
        return not self.mismatches and not self.faults
