"""What the room's queries answer with."""

from dataclasses import dataclass
from uuid import UUID

from provning.betygxml.rows import GradeRow


@dataclass(frozen=True, slots=True)
class HeldList:
    """What is held of a student of another system: whose it is, and the grades of the newest list.

    `grades` is None when no list has been read.
    """

    person_id: UUID
    grades: tuple[GradeRow, ...] | None


@dataclass(frozen=True, slots=True)
class GradeCounts:
    """What a file of an interval would hold, and what stays out of it.

    `students` with `grades` in all, `without` of them with none left. `protected` are students that
    the interval picks and that custom leaves out.
    """

    students: int
    grades: int
    without: int
    protected: int
    extracts: int


@dataclass(frozen=True, slots=True)
class TermCounts:
    """What a snapshot of a term would hold, and what stays out of it or lacks something.

    `protected` examinees are left out; `without_number` are there without an identity number, and
    `without_teacher` groups without a teacher.
    """

    groups: int
    students: int
    protected: int
    without_number: int
    without_teacher: int
