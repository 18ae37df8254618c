"""What the two formats say, as frozen rows. Identifiers are opaque: kept as they stand."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from provning.kernel.problems import Problem


class DeciderRole(StrEnum):
    """Who decided a grade, in the format's own words."""

    TEACHER = "LÄRARE"
    PRINCIPAL = "REKTOR"
    EXTERNAL = "EXTERN"


@dataclass(frozen=True, slots=True)
class Interval:
    """The interval a file answers for, both ends included: it picks students, not grades.

    A moment without a time zone is the sender's local time, as the format leaves it.
    """

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Deciders:
    """Those who decided: a role and the persons' identifiers, none for an external decision."""

    role: DeciderRole
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseGrade:
    """One grade on a course or a level.

    `trial` is true for a prövning, `assessment` for an omdöme that is no grade. `group` is "" for
    a grade without one, as external and converted grades are.
    """

    value: str
    date: date
    trial: bool
    school: str
    deciders: Deciders
    school_type: str
    course_code: str
    assessment: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class SubjectTerm:
    """The term of a grade of the compulsory school: VT or HT and the year."""

    season: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectGrade:
    """One grade on a subject of the compulsory school; otherwise as `CourseGrade`."""

    value: str
    date: date
    trial: bool
    school: str
    deciders: Deciders
    school_type: str
    subject: str
    final: bool
    language: str = ""
    term: SubjectTerm | None = None
    group: str = ""


GradeRow: TypeAlias = CourseGrade | SubjectGrade


@dataclass(frozen=True, slots=True)
class StudentGrades:
    """One student with every grade there is; no grades means that all of them are gone.

    `number` counts the students of the file from 1. A student with `refused` grades is not the
    complete list: what is missing must then not be taken as removed.
    """

    student: str
    grades: tuple[GradeRow, ...] = ()
    number: int = 0
    refused: int = 0

    @property
    def complete(self) -> bool:
        """Say whether the absence of a grade means that it has been removed."""
        return self.refused == 0


@dataclass(frozen=True, slots=True)
class DocumentSubject:
    """A subject on a document, with its language where it has one."""

    code: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeDocument:
    """One issued document; `number` counts the documents of the file from 1.

    `basic_eligibility` stands on a vocational diploma only and is None elsewhere.
    """

    student: str
    issued: date
    school: str
    school_unit_code: str
    kind: str
    study_path: str = ""
    basic_eligibility: bool | None = None
    subjects: tuple[DocumentSubject, ...] = ()
    courses: tuple[str, ...] = ()
    number: int = 0


GradePart: TypeAlias = Interval | StudentGrades | Problem
DocumentPart: TypeAlias = Interval | GradeDocument | Problem
