"""Reading what waits: exams that have passed without a grade."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from provning.exams.models import Placement
from provning.exams.queries.groups import VALID, group_rows, visible_groups
from provning.exams.rows import GroupRow
from provning.grading.models import GradeDecision
from provning.grading.rows import LateRow
from provning.grading.rules import last_day_in_time
from provning.kernel.actors import Actor, Permission
from provning.organisation.queries import register_within_days


def ungraded_after_exam(actor: Actor, today: date) -> list[LateRow]:
    """Return the groups in scope with exams before today and no grade, the first deadline first.

    The days allowed are the organiser's policy today.
    """
    waiting = _waiting(actor, today)
    groups = visible_groups(actor, Permission.VIEW_GROUPS).filter(pk__in=waiting)
    rows = group_rows(groups)
    days = {each: register_within_days(each, today) for each in {row.organiser_id for row in rows}}
    late = [_row(row, waiting[row.id], days[row.organiser_id], today) for row in rows]
    return sorted(late, key=lambda row: (row.last_day, row.group.name))


def _waiting(actor: Actor, today: date) -> dict[UUID, list[date]]:
    """Return the exam dates that wait, by group."""
    decided = GradeDecision.objects.filter(placement_id=OuterRef("pk"))
    placements = Placement.objects.filter(
        VALID,
        ~Exists(decided),
        outcome=Placement.Outcome.PENDING,
        exam_date__lt=today,
        group__in=visible_groups(actor, Permission.VIEW_GROUPS).values("pk"),
    )
    found: defaultdict[UUID, list[date]] = defaultdict(list)
    for group_id, exam_date in placements.values_list("group_id", "exam_date"):
        found[group_id].append(exam_date)
    return found


def _row(group: GroupRow, dates: list[date], days: int, today: date) -> LateRow:
    """Put a group's line together."""
    oldest = min(dates)
    last_day = last_day_in_time(oldest, days)
    return LateRow(group, len(dates), oldest, last_day, late=today > last_day)
