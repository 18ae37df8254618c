"""Which grade counts when there are several: pure, from the decisions that stand.

A pass on a higher level of a Gy25 subject replaces the grades on lower levels; a fail does not, and
nothing is ever removed (Skollagen 20 kap. 35 a §; Förordning 2011:1108 4 kap. 11 och 21 §§).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.kernel.grade_scales import SCALES, GradeScale

SCALES_BY_ID: Mapping[str, GradeScale] = {
    scale.id: scale for scales in SCALES.values() for scale in scales
}
LEVEL_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Standing:
    """One valid decision as these rules see it; `subject` and `level` are "" outside Gy25."""

    decision_id: UUID
    course_id: UUID
    course_code: str
    subject: str
    level: str
    value: str
    scale_id: str
    exam_date: date


def is_pass(value: str, scale_id: str) -> bool:
    """Say whether the value is a pass in the scale it was set in."""
    scale = SCALES_BY_ID.get(scale_id)
    return scale is not None and value in scale.passing


def rank(value: str, scale_id: str) -> int:
    """Return how high a value stands in its scale: 0 for the lowest, -1 outside the scale."""
    scale = SCALES_BY_ID.get(scale_id)
    if scale is None or value not in scale.values:
        return -1
    return len(scale.values) - 1 - scale.values.index(value)


def covered(standings: Iterable[Standing]) -> dict[UUID, Standing]:
    """Return, for one person, each decision that a pass on a higher level replaces, and by which.

    It does not matter which came first. The highest level decides; on it the best and then the
    earliest grade.
    """
    levels = [each for each in standings if each.subject and _number(each.level) is not None]
    passes = sorted(
        (each for each in levels if is_pass(each.value, each.scale_id)),
        key=lambda each: (
            -_height(each),
            -rank(each.value, each.scale_id),
            each.exam_date,
            str(each.decision_id),
        ),
    )
    found = {each.decision_id: _above(each, passes) for each in levels}
    return {key: higher for key, higher in found.items() if higher is not None}


def best(standings: Iterable[Standing]) -> dict[UUID, Standing]:
    """Return the highest grade of each course or level, by course id; the earliest of equals.

    Grades set in different scales are compared as passed or not first, then by their place.
    """
    chosen: dict[UUID, Standing] = {}
    for each in sorted(standings, key=lambda one: (one.exam_date, str(one.decision_id))):
        held = chosen.get(each.course_id)
        if held is None or _weight(each) > _weight(held):
            chosen[each.course_id] = each
    return chosen


def _weight(each: Standing) -> tuple[bool, int]:
    return is_pass(each.value, each.scale_id), rank(each.value, each.scale_id)


def _above(each: Standing, passes: list[Standing]) -> Standing | None:
    """Return the first pass on a higher level of the same subject."""
    return next(
        (one for one in passes if one.subject == each.subject and _height(one) > _height(each)),
        None,
    )


def _height(each: Standing) -> int:
    return _number(each.level) or 0


def _number(level: str) -> int | None:
    """Return the number of a level as it is written: 1 of 1b."""
    match = LEVEL_NUMBER.match(level)
    return int(match[0]) if match else None
