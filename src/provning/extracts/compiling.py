"""From decisions to the sections of an extract: pure, the same decisions give the same sections.

Sections stand in the order of the school form's levels, courses before levels of subjects. Grades
stand in Swedish order of course or subject, several on the same one by date.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from provning.catalogues.compiling import LEVELS, SCALE_LABELS
from provning.catalogues.content import Mark
from provning.courses.kinds import Curriculum
from provning.courses.rows import CourseRow
from provning.extracts.content import Line, Remark, RemarkKind, Section
from provning.extracts.levels import Covered, covered_levels
from provning.grading.replacement import is_pass
from provning.grading.rows import DecisionRow
from provning.kernel.swedish import sort_key

ORDER = (
    Curriculum.BASIC,
    Curriculum.SFI,
    Curriculum.GY11,
    Curriculum.ADULT_UPPER,
    Curriculum.GY25,
    Curriculum.ADAPTED_BASIC,
    Curriculum.ADAPTED_UPPER,
)
# The last course of sfi is at level 2 of the national framework (Förordning 2011:1108 4:12 b).
QUALIFYING = "SFIKUD"
QUALIFICATION_LEVEL = "2"


@dataclass(frozen=True, slots=True)
class Register:
    """The courses that the decisions speak of, by id, and the levels of their Gy25 subjects."""

    courses: Mapping[UUID, CourseRow]
    levels: tuple[CourseRow, ...]


def compile_sections(decisions: Iterable[DecisionRow], register: Register) -> tuple[Section, ...]:
    """Return the grades as they stand on paper."""
    grouped: defaultdict[tuple[str, bool], list[DecisionRow]] = defaultdict(list)
    for row in sorted(decisions, key=lambda each: _order(each, register)):
        grouped[_heading(register.courses[row.course_id])].append(row)
    return tuple(
        Section(level, by_level, tuple(_line(row, register) for row in rows))
        for (level, by_level), rows in grouped.items()
    )


def _order(row: DecisionRow, register: Register) -> tuple[object, ...]:
    """Return the place of a grade: section, name, then the order in time."""
    course = register.courses[row.course_id]
    return (
        ORDER.index(course.curriculum),
        sort_key(row.course_name),
        row.course_code,
        row.exam_date,
        str(row.id),
    )


def _heading(course: CourseRow) -> tuple[str, bool]:
    return LEVELS[course.curriculum], course.curriculum is Curriculum.GY25


def _line(row: DecisionRow, register: Register) -> Line:
    """Return one grade as it is printed."""
    course = register.courses[row.course_id]
    covered = covered_of(row, course, register)
    marks = (Mark.TRIAL, Mark.REPLACED) if row.covered_by else (Mark.TRIAL,)
    return Line(
        decision_id=str(row.id),
        name=name_of(row, course),
        name_en=course.name_en,
        code=row.course_code,
        levels=covered.levels,
        points=covered.points,
        grade=row.value,
        grade_date=row.exam_date,
        scale_label=SCALE_LABELS.get(row.scale_id, ""),
        marks=marks,
        remarks=tuple(_remarks(row)),
    )


def covered_of(row: DecisionRow, course: CourseRow, register: Register) -> Covered:
    """Return levels and points: a course has no levels, and the points it had on the day."""
    if course.curriculum is not Curriculum.GY25:
        return Covered("", row.points)
    return covered_levels(course, register.levels, passed=is_pass(row.value, row.scale_id))


def name_of(row: DecisionRow, course: CourseRow) -> str:
    """Return the course; for a level the subject, since the level has a column of its own."""
    return (
        row.course_name.removesuffix(f" nivå {course.level}") if course.level else row.course_name
    )


def _remarks(row: DecisionRow) -> list[Remark]:
    """Return what stands beside the grade."""
    particulars = row.particulars
    project = ". ".join(
        each.rstrip(".")
        for each in (particulars.project_title, particulars.project_summary)
        if each
    )
    qualifies = row.course_code.upper().startswith(QUALIFYING) and is_pass(row.value, row.scale_id)
    found = (
        (RemarkKind.SPECIALISATION, particulars.specialisation),
        (RemarkKind.LANGUAGE, particulars.language),
        (RemarkKind.PROJECT, project),
        (RemarkKind.QUALIFICATION, QUALIFICATION_LEVEL if qualifies else ""),
        (RemarkKind.REPLACED, row.covered_by.course_code if row.covered_by else ""),
    )
    return [Remark(kind, text) for kind, text in found if text]
