"""Reading the course register. It is public, so nothing here asks who reads."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from provning.audit.asking import evened, worded_once
from provning.courses.kinds import Curriculum, Kind
from provning.courses.models import Course, CoursePair, CourseWord
from provning.courses.register_files import packaged_name_index, readable_names
from provning.courses.rows import CourseHit, CourseRow
from provning.courses.rules import course_problems, is_selectable, why_not
from provning.courses.search_keys import asked_ranges
from provning.kernel.course_codes import course_key
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.group_names import NameIndex

__all__ = [
    "CourseHit",
    "CourseRow",
    "course_by_code",
    "course_by_id",
    "courses_by_id",
    "name_index",
    "packaged_name_index",
    "search_courses",
    "subject_levels",
]

COLUMNS = (
    *("id", "code", "name", "subject_code", "subject_name", "points", "curriculum", "kind"),
    *("level", "scale_family", "valid_from", "valid_to", "is_historic", "in_adult_education"),
    "name_en",
)
"""What is told of a course, by the names of `CourseRow`."""


def search_courses(text: str, *, on: date, limit: int = 20) -> list[CourseHit]:
    """Return the courses that have a word beginning with every word typed.

    The course whose code was typed comes first, then those that may be examined on the day, then
    those that only explain themselves; among each, those whose code or name begins as typed, in
    Swedish order. Two queries.
    """
    ranges = asked_ranges(text)
    if not ranges:
        return []
    typed = course_key(text)
    # The rules say who comes first, so they see every match before the list is cut.
    hits = [_judged(course, on) for course in _matching(ranges)]
    hits.sort(
        key=lambda hit: (
            hit.course.key != typed,
            not hit.selectable,
            not _begins_with(typed, hit.course),
        )
    )
    return _with_pairs(hits[:limit])


def course_by_code(code: str) -> CourseRow | None:
    """Return the course with the code, in whatever case it is written."""
    if "\0" in code:  # PostgreSQL refuses even to look for it.
        return None
    return next(iter(_rows(Q(key=course_key(code)))), None)


def course_by_id(course_id: UUID) -> CourseRow | None:
    """Return the course with the id."""
    return courses_by_id([course_id]).get(course_id)


def courses_by_id(ids: Iterable[UUID]) -> dict[UUID, CourseRow]:
    """Return the courses with the ids, by id, in Swedish order; one query."""
    return {row[0]: _row(*row) for row in _with_ids(*evened(ids))}


@worded_once
def _with_ids(*ids: UUID) -> QuerySet[Course, Any]:
    return _columns(Q(pk__in=ids))


def subject_levels(subject_codes: Iterable[str]) -> list[CourseRow]:
    """Return every level of the Gy25 subjects, templates too, in Swedish order; one query."""
    return _rows(Q(subject_code__in=set(subject_codes), curriculum=Curriculum.GY25))


def name_index() -> NameIndex:
    """Return the index for reading group names over the whole register; one query.

    Historic courses are in it, since their groups have names; templates never had a group.
    """
    courses = Course.objects.exclude(kind=Kind.TEMPLATE).order_by("sort_key")
    return NameIndex(
        readable_name
        for code, name in courses.values_list("code", "name")
        for readable_name in readable_names(code, name)
    )


def _matching(ranges: list[tuple[str, str]]) -> list[CourseRow]:
    """Return the courses with a word in every range."""
    found = Q()
    for low, high in ranges:
        words = CourseWord.objects.filter(key__gte=low, key__lt=high)
        found &= Q(pk__in=words.values("course_id"))
    return _rows(found)


def _rows(where: Q) -> list[CourseRow]:
    """Return the courses that meet a condition, in Swedish order."""
    return [_row(*columns) for columns in _columns(where)]


def _columns(where: Q) -> QuerySet[Course, Any]:
    return Course.objects.filter(where).order_by("sort_key").values_list(*COLUMNS)


def _row(*columns: Any) -> CourseRow:
    """Return a stored course as other rooms meet it, from `COLUMNS`."""
    values = dict(zip(COLUMNS, columns, strict=True))
    enums = {
        "curriculum": Curriculum(values["curriculum"]),
        "kind": Kind(values["kind"]),
        "scale_family": ScaleFamily(values["scale_family"]),
    }
    return CourseRow(**values | enums)


def _begins_with(typed: str, course: CourseRow) -> bool:
    """Say whether the code or the name goes on as it was typed."""
    return course.key.startswith(typed) or course.name.casefold().startswith(typed)


def _judged(course: CourseRow, on: date) -> CourseHit:
    """Return a course with what the rules say of it on the day."""
    problems = course_problems(course, on)
    return CourseHit(course, is_selectable(problems), why_not(problems), (), tuple(problems))


def _with_pairs(hits: list[CourseHit]) -> list[CourseHit]:
    """Return the hits with the codes of the same content in the other curriculum; one query."""
    ids = [hit.course.id for hit in hits]
    pairs = CoursePair.objects.filter(Q(gy11__in=ids) | Q(gy25__in=ids)).order_by("pk")
    codes: defaultdict[UUID, list[str]] = defaultdict(list)
    for gy11, gy11_code, gy25, gy25_code in pairs.values_list(
        "gy11", "gy11__code", "gy25", "gy25__code"
    ):
        codes[gy11].append(gy25_code)
        codes[gy25].append(gy11_code)
    return [replace(hit, pairs=tuple(codes[hit.course.id])) for hit in hits]
