"""Which levels of a Gy25 subject a grade covers, and how many points they are together: pure.

A pass on a higher level covers the lower ones (Skollagen 20 kap. 35 a §). Where a height has
several levels (1a, 1b, 1c, or 1a1 and 1a2, which are parts of it) a person has read one way
through it, and every whole way has the same points.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from provning.courses.rows import CourseRow
from provning.kernel.course_codes import level_variant

HEIGHT = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Covered:
    """The levels as written, 1–3, and their points together; None where one has none fixed."""

    levels: str
    points: int | None


def covered_levels(course: CourseRow, levels: Iterable[CourseRow], *, passed: bool) -> Covered:
    """Return what a grade on a level covers; a fail covers its own level alone.

    `levels` are the levels of any subjects.
    """
    height = _height(course)
    if not passed or height <= 1:
        return Covered(course.level, course.points)
    below: dict[int, int] = {}
    for each in levels:
        if _is_of(each, course) and 1 <= _height(each) < height and each.points is not None:
            below[_height(each)] = max(below.get(_height(each), 0), each.points)
    if course.points is None or len(below) != height - 1:
        return Covered(f"1–{course.level}", None)
    return Covered(f"1–{course.level}", course.points + sum(below.values()))


def _is_of(level: CourseRow, course: CourseRow) -> bool:
    """Say whether a level belongs to the course's subject, in the same language or instrument."""
    same_subject = level.subject_code == course.subject_code
    return same_subject and level_variant(level.code) == level_variant(course.code)


def _height(course: CourseRow) -> int:
    """Return the number of the level: 1 of 1b, 0 where there is none."""
    match = HEIGHT.match(course.level)
    return int(match[0]) if match else 0
