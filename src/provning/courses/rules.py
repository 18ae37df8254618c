"""Which courses a prövning may be offered for, and when (Skollagen 20 kap. 40-40 b §§).

Sfi and anpassad utbildning are examined like all else: the law gives everyone a prövning in every
course that is graded. What is left out is what has no grade, no course plan, or no komvux.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from provning.courses.kinds import Curriculum, Kind
from provning.courses.rows import CourseRow
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.problems import Problem

GY11_LAST_DAY: Final = date(2030, 6, 30)
"""Last day of prövning in the courses that Gy25 replaced."""

REPLACED_BY_GY25: Final = frozenset({Curriculum.GY11, Curriculum.ADAPTED_UPPER})
SL_40: Final = "Skollagen 20 kap. 40–40 b §§"


def course_problems(course: CourseRow, on: date, *, field: str = "course") -> list[Problem]:
    """Return everything that stands against a prövning in the course on the day.

    `field` is the name of the input the course was chosen in.
    """
    return [
        *_kind_problems(course, field),
        *_validity_problems(course, on, field),
        *_adult_problems(course, field),
    ]


def is_selectable(problems: list[Problem]) -> bool:
    """Say whether nothing but local custom, which may be overridden, stands against the course."""
    return all(problem.overridable for problem in problems)


def why_not(problems: list[Problem]) -> str:
    """Return the first reason in Swedish, "" when there is none."""
    return problems[0].text if problems else ""


def _kind_problems(course: CourseRow, field: str) -> Iterator[Problem]:
    """Refuse what is no graded course of its own."""
    if course.kind is Kind.TEMPLATE:
        yield _template(course, field)
    elif course.scale_family is ScaleFamily.UNGRADED:
        yield _ungraded(course, field)
    elif course.kind is Kind.PART:
        yield _part(course, field)


def _validity_problems(course: CourseRow, on: date, field: str) -> Iterator[Problem]:
    """Refuse a day outside the course's time; one reason is enough."""
    if course.valid_from and on < course.valid_from:
        yield _not_started(course, on, field)
    elif course.is_historic and (course.valid_to is None or on > course.valid_to):
        yield _historic(course, field)
    elif course.curriculum in REPLACED_BY_GY25 and on > GY11_LAST_DAY:
        yield _gy11_ended(course, on, field)
    elif course.valid_to and on > course.valid_to:
        yield _ended(course, on, field)


def _adult_problems(course: CourseRow, field: str) -> Iterator[Problem]:
    """Refuse what komvux does not have."""
    if course.in_adult_education:
        return
    if course.kind is Kind.DIPLOMA:
        yield _upper_secondary_diploma(course, field)
    else:
        yield _not_adult(course, field)


def _named(course: CourseRow) -> dict[str, object]:
    """Return what every message calls the course by."""
    return {"code": course.code, "name": course.name}


def _template(course: CourseRow, field: str) -> Problem:
    """Say that a code without its language or instrument names no course."""
    message = (
        "{code} {name} är en mall utan språk eller inriktning. Välj kursen med den fullständiga"
        " koden."
    )
    return Problem("course-template", field, message, "Skolverkets kurskoder", _named(course))


def _ungraded(course: CourseRow, field: str) -> Problem:
    """Say that there is no prövning where there is no grade."""
    message = (
        "{code} {name} är {kind} och betygsätts inte, så prövning går inte att göra. Välj en kurs"
        " som betygsätts."
    )
    if course.kind is Kind.SUBJECT_AREA:
        source = "Skollagen 20 kap. 35 och 40 §§"
    else:
        source = "Förordning (2011:1108) 4 kap. 7 §; Skollagen 20 kap. 40 §"
    params = {**_named(course), "kind": course.kind.label}
    return Problem("course-ungraded", field, message, source, params)


def _part(course: CourseRow, field: str) -> Problem:
    """Say that the law speaks of the whole course; a municipality may offer parts."""
    message = "{code} {name} är en delkurs. Prövning görs i hela kursen: välj den i stället."
    source = "Skollagen 20 kap. 40 §; Policy"
    return Problem("course-part", field, message, source, _named(course), overridable=True)


def _not_started(course: CourseRow, on: date, field: str) -> Problem:
    """Say from which day the course may be used."""
    message = "{code} {name} gäller från och med {first}, inte {date}. Välj den äldre kursen."
    params = {**_named(course), "first": course.valid_from, "date": on}
    return Problem("course-not-started", field, message, SL_40, params)


def _historic(course: CourseRow, field: str) -> Problem:
    """Say that the course is kept for old grades only."""
    message = (
        "{code} {name} har utgått och finns kvar bara för gamla betyg. Välj den kurs eller"
        " ämnesnivå som ersatt den."
    )
    return Problem("course-historic", field, message, SL_40, _named(course))


def _gy11_ended(course: CourseRow, on: date, field: str) -> Problem:
    """Say that the transition to Gy25 is over."""
    message = (
        "Prövning i {code} {name} kan göras till och med {last}, inte {date}. Välj ämnesnivån"
        " enligt Gy25."
    )
    source = "Lag (2022:147), övergångsbestämmelserna; Skolverket: övergången till Gy25 inom komvux"
    params = {**_named(course), "last": GY11_LAST_DAY, "date": on}
    return Problem("course-gy11-ended", field, message, source, params)


def _ended(course: CourseRow, on: date, field: str) -> Problem:
    """Say on which day the course ended."""
    message = "{code} {name} gällde till och med {last}, inte {date}. Välj den kurs som gäller nu."
    params = {**_named(course), "last": course.valid_to, "date": on}
    return Problem("course-ended", field, message, SL_40, params)


def _not_adult(course: CourseRow, field: str) -> Problem:
    """Say that komvux does not have the course."""
    message = "{code} {name} finns bara i gymnasieskolan. Välj en kurs som finns i komvux."
    return Problem("course-not-adult", field, message, SL_40, _named(course))


def _upper_secondary_diploma(course: CourseRow, field: str) -> Problem:
    """Say that komvux has its own diploma project since 2021-07-01."""
    message = (
        "{code} {name} görs inte i komvux sedan den 1 juli 2021. Välj komvuxarbetet för samma"
        " kunskapsområde."
    )
    return Problem(
        "course-diploma-replaced", field, message, "Skollagen 20 kap. 40 b §", _named(course)
    )
