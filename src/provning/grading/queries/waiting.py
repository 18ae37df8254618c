"""Reading what waits: exams that have passed without a grade."""

from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef

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


def _waiting(actor: Actor, today: date) -> dict[UUID, tuple[int, date]]:
    """Return how many placements wait in each group, and the oldest exam date among them."""
    decided = GradeDecision.objects.filter(placement_id=OuterRef("pk"))
    placements = Placement.objects.filter(
        VALID,
        ~Exists(decided),
        outcome=Placement.Outcome.PENDING,
        exam_date__lt=today,
        group__in=visible_groups(actor, Permission.VIEW_GROUPS).values("pk"),
    )
    counted = placements.order_by().values_list("group_id")
    return {
        group_id: (number, oldest)
        for group_id, number, oldest in counted.annotate(
            number=Count("pk"), oldest=Min("exam_date")
        )
    }


def _row(group: GroupRow, waiting: tuple[int, date], days: int, today: date) -> LateRow:
    """Put a group's line together."""
    number, oldest = waiting
    last_day = last_day_in_time(oldest, days)
    return LateRow(group, number, oldest, last_day, late=today > last_day)
