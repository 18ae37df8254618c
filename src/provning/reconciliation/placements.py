"""Placements out of a table, as a register exports them (Manual s. 2-3)."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from provning.kernel.problems import Problem
from provning.kernel.swedish import search_words
from provning.reconciliation.cells import Cells, is_exam_word, require_person
from provning.reconciliation.groups import Prefix, prefix_of
from provning.reconciliation.rows import Fault, Placement, Side
from provning.tables import Match, Row

MANUAL_DATES: Final = "Manual s. 2–3"
# How a register says that somebody is no longer to be graded; the rest of the status may follow.
CANCELLED: Final = ("avbrott", "avbruten", "återtagen", "struken", "borttagen", "inställd", "ej")


def placements_of(match: Match, rows: Iterable[Row], *, today: date) -> Iterator[Placement | Fault]:
    """Give each row as a placement, or its faults where it cannot be compared."""
    for row in rows:
        cells = Cells(Side.PLACEMENTS, match, row, today)
        placement = _placement(cells, row.number)
        if cells.faults:
            yield from cells.faults
        elif placement:
            yield placement


def _placement(cells: Cells, row: int) -> Placement | None:
    """Return the row as a placement, None when it lacks what a placement needs."""
    number, person_id = cells.number(), cells.text("person_id")
    require_person(cells, number, person_id)
    course = cells.course()
    first, last = _days(cells)
    group = cells.text("group")
    group_first, group_last = cells.day("group_first_day"), cells.day("group_last_day")
    if cells.faults or first is None or last is None:
        return None
    return Placement(
        row=row,
        number=number,
        person_id=person_id,
        name=cells.name_of_person(),
        course=course,
        first_day=first,
        last_day=last,
        group=group,
        group_id=cells.text("group_id"),
        group_first_day=group_first,
        group_last_day=group_last,
        teacher=cells.text("teacher"),
        teacher_id=cells.text("teacher_id"),
        exam=_is_exam(cells, group),
        cancelled=_is_cancelled(cells.text("status")),
    )


def _days(cells: Cells) -> tuple[date | None, date | None]:
    """Return first and last day: the columns for them, else the one for the day of the exam."""
    exam = cells.day("exam_date")
    first = cells.day("first_day") or exam
    last = cells.day("last_day") or first
    if first is None and not cells.faults:
        message = "Prövningsdatum saknas. Fyll i fr.o.m. och t.o.m. med prövningens datum."
        cells.refuse(Problem("reconcile-no-date", "first_day", message, MANUAL_DATES))
    return first, last


def _is_exam(cells: Cells, group: str) -> bool:
    """Say whether a row is a prövning for certain: its status, its measure or its group says so.

    A file with none of the three holds nothing but prövningar.
    """
    if not any(cells.has(name) for name in ("status", "measure", "group")):
        return True
    if is_exam_word(cells.text("status")) or is_exam_word(cells.text("measure")):
        return True
    return prefix_of(group) in {Prefix.EXACT, Prefix.NEAR}


@lru_cache(maxsize=1024)
def _is_cancelled(status: str) -> bool:
    """Say whether a status means that no grade will come."""
    words = search_words(status)
    return bool(words) and words[0] in CANCELLED
