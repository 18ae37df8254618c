"""Placements and grades as they should be, and what a test changes of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from provning.kernel.grade_scales import ScaleFamily
from provning.reconciliation import Fault, Grade, Placement, Report, reconcile
from tests.builders import official_numbers

TODAY = date(2026, 7, 1)
DAY = date(2026, 5, 12)
GROUP = "PRÖ:KC26VTMAT03B"
COURSES = {"matmat03b": ScaleFamily.UPPER_SECONDARY, "grnmat2": ScaleFamily.BASIC}
NUMBERS = tuple(islice(official_numbers(), 20))
PLACEMENT = Placement(
    row=2,
    number=NUMBERS[0],
    person_id="",
    name="Öberg, Åsa",
    course="MATMAT03b",
    first_day=DAY,
    last_day=DAY,
    group=GROUP,
    group_first_day=date(2026, 1, 12),
    group_last_day=date(2026, 6, 12),
    teacher="Karin Lind",
)
GRADE = Grade(
    row=2,
    number=NUMBERS[0],
    person_id="",
    name="Åsa Öberg",
    course="MATMAT03B",
    date=DAY,
    value="C",
    trial=True,
    group=GROUP,
    teacher="Lind, Karin",
)


def placement(**changes: Any) -> Placement:
    """Return a placement that is right but for the changes; a new day is both first and last."""
    if "day" in changes:
        changes["first_day"] = changes["last_day"] = changes.pop("day")
    return replace(PLACEMENT, **changes)


def grade(**changes: Any) -> Grade:
    """Return a grade that is right but for the changes."""
    return replace(GRADE, **changes)


def compared(
    placements: Iterable[Placement | Fault], grades: Iterable[Grade | Fault], **more: Any
) -> Report:
    """Compare them on 1 July 2026."""
    return reconcile(placements, grades, **{"today": TODAY, "courses": COURSES, **more})


def kinds(report: Report) -> list[str]:
    """Return the kind of every mismatch."""
    return [each.kind.value for each in report.mismatches]
