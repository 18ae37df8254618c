"""One prövning as the files are made from: a plain row, and what is written of it by each name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.courses.kinds import Curriculum
from provning.kernel.course_codes import course_key
from provning.kernel.grade_scales import ScaleFamily

UPPER, BASIC = "upper", "basic"
LEVELS = {
    Curriculum.GY11: UPPER,
    Curriculum.GY25: UPPER,
    Curriculum.ADULT_UPPER: UPPER,
    Curriculum.BASIC: BASIC,
    Curriculum.SFI: "sfi",
    Curriculum.ADAPTED_BASIC: "adapted_basic",
    Curriculum.ADAPTED_UPPER: "adapted_upper",
}
NO_PUPIL = "Nej"
"""Who sits a prövning in komvux is written as no pupil of gymnasieskolan."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One standing prövning with its standing grade.

    `decision_id` is None and `grade` "" where none is decided. `number` is the normal form, "" when
    the person has none. `has_twin` says that the same person has another standing prövning in the
    course on the day. `supervised` says that the group has a grading teacher.
    """

    placement_id: UUID
    decision_id: UUID | None
    person_id: UUID
    number: str
    given_name: str
    family_name: str
    protected: bool
    group_id: UUID
    group_name: str
    start_date: date
    end_date: date
    year: int
    season: str
    distance: bool
    supervised: bool
    unit_code: str
    unit_name: str
    provider_id: UUID
    provider_name: str
    provider_number: str
    course_code: str
    course_name: str
    points: int | None
    curriculum: Curriculum
    scale_family: ScaleFamily
    exam_date: date
    outcome: str
    grade: str
    has_twin: bool

    @property
    def level(self) -> str:
        """Return the level of education."""
        return LEVELS[self.curriculum]

    @property
    def course(self) -> str:
        """Return the form of the course code that is compared."""
        return course_key(self.course_code)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What stands first in every row: the system, its version and the day."""

    system: str
    version: str
    made_on: date


Writer = Callable[[SourceRow, FileFacts], str]

VALUES: Mapping[str, Writer] = {
    "system": lambda _row, facts: facts.system,
    "version": lambda _row, facts: facts.version,
    "made_on": lambda _row, facts: facts.made_on.isoformat(),
    "number": lambda row, _facts: row.number,
    "given_name": lambda row, _facts: row.given_name,
    "family_name": lambda row, _facts: row.family_name,
    "course_code": lambda row, _facts: row.course_code,
    "course_name": lambda row, _facts: row.course_name,
    "points": lambda row, _facts: "" if row.points is None else str(row.points),
    # A prövning is an examination without teaching: no points of activity.
    "activity_points": lambda _row, _facts: "0",
    # Fr.o.m. and t.o.m. are the prövningsdatum (Manual s. 3), and so is the date of the grade.
    "starts": lambda row, _facts: row.exam_date.isoformat(),
    "ends": lambda row, _facts: row.exam_date.isoformat(),
    "provider_number": lambda row, _facts: row.provider_number.replace("-", ""),
    "grade": lambda row, _facts: row.grade,
    "unit_code": lambda row, _facts: row.unit_code,
    "unit_name": lambda row, _facts: row.unit_name,
    "upper_secondary_pupil": lambda _row, _facts: NO_PUPIL,
    "nothing": lambda _row, _facts: "",
}
"""What is written under each name that a layout's column may have."""

KEYS: Mapping[str, Callable[[SourceRow], str]] = {
    "level": lambda row: row.level,
    "placing": lambda row: "distance" if row.distance else "on_site",
    "no_grade": lambda row: "" if row.grade else row.outcome or "waiting",
    "trial": lambda _row: "trial",
}
"""What is looked up in each table of codes; "" needs no code."""
