"""The course as every other room meets it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.courses.kinds import Curriculum, Kind
from provning.kernel.course_codes import course_key
from provning.kernel.grade_scales import GradeScale, ScaleFamily, scale_for
from provning.kernel.group_names import CourseName, naming_rule_for
from provning.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course, or one level of a subject.

    `points` is None where the points are not fixed (sfi, orienteringskurs). `level` is the level
    of a Gy25 subject as written ("1", "1b", "1a2"), "" for all else. `valid_from` and `valid_to`
    are inclusive, None where the register knows no limit. `name_en` is "" where Skolverket gives
    no English name.
    """

    id: UUID
    code: str
    name: str
    subject_code: str
    subject_name: str
    points: int | None
    curriculum: Curriculum
    kind: Kind
    level: str
    scale_family: ScaleFamily
    valid_from: date | None
    valid_to: date | None
    is_historic: bool
    in_adult_education: bool
    name_en: str = ""

    @property
    def key(self) -> str:
        """Return the form codes are compared in."""
        return course_key(self.code)

    @property
    def course_name(self) -> CourseName:
        """Return what the group name codec needs, with the default naming rule."""
        return CourseName(self.code, self.name, naming_rule_for(self.code))

    def scale_on(self, day: date) -> GradeScale | None:
        """Return the grade scale in force on the day, or None when no grade can be set."""
        return scale_for(self.scale_family, day)


@dataclass(frozen=True, slots=True)
class CourseHit:
    """One answer of a search.

    `selectable` says that a prövning may be offered; else `explanation` says why not, in Swedish,
    and `problems` says the same for a boundary that translates. A problem that local custom may
    override leaves the course selectable and still explains itself. `pairs` are the codes of the
    courses of the same content in the other curriculum.
    """

    course: CourseRow
    selectable: bool
    explanation: str
    pairs: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
