"""Reading what waits: exams that have passed without a grade."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from provning.exams.models import Placement
from provning.exams.queries.groups import VALID, group_rows, visible_groups
from provning.exams.rows import GroupRow
from provning.grading import policies
from provning.grading.models import GradeDecision
from provning.grading.rows import DueRow, LateRow
from provning.grading.rules import last_day_in_time
from provning.kernel.actors import Actor, Permission
from provning.kernel.swedish import sort_key
from provning.organisation.queries import register_within_days
from provning.people.models import Person

TYPED = Q(draft__isnull=False) & ~Q(draft__value="")
"""The condition of a placement on which a grade is typed."""


def ungraded_after_exam(
    actor: Actor, today: date, among: Collection[GroupRow] | None = None
) -> list[LateRow]:
    """Return the groups in scope with exams before today and no grade, the first deadline first.

    The days allowed are the organiser's policy today. With `among`, groups that have been read
    already, only those, and one query less.
    """
    placements = _waiting(actor, today)
    if among is not None:
        placements = placements.filter(group__in=[row.id for row in among])
    counted = placements.order_by().values_list("group_id")
    waiting = {
        group_id: (number, oldest)
        for group_id, number, oldest in counted.annotate(
            number=Count("pk"), oldest=Min("exam_date")
        )
    }
    known = _groups(actor, waiting) if among is None else {row.id: row for row in among}
    groups = {group_id: known[group_id] for group_id in waiting}
    days = _days_allowed(groups.values(), today)
    late = [_late(row, waiting[row.id], days[row.organiser_id], today) for row in groups.values()]
    return sorted(late, key=lambda row: (row.last_day, row.group.name))


def grades_due(actor: Actor, today: date) -> list[DueRow]:
    """Return every exam before today with placements without a grade, the worst first.

    One row per group and exam date, since each date has its own last day. What is typed is counted
    only where the actor types or decides grades. Two queries, and one per organiser.
    """
    counted = _waiting(actor, today).order_by().values_list("group_id", "exam_date")
    found = list(counted.annotate(number=Count("pk"), typed=Count("pk", filter=TYPED)))
    groups = _groups(actor, {group_id for group_id, *_rest in found})
    days = _days_allowed(groups.values(), today)
    rows = []
    for group_id, exam_date, number, typed in found:
        group = groups[group_id]
        last_day = last_day_in_time(exam_date, days[group.organiser_id])
        drafted = typed if policies.sees_drafts(actor, group) else None
        rows.append(DueRow(group, exam_date, number, drafted, last_day, (today - last_day).days))
    return sorted(rows, key=lambda row: (row.last_day, row.exam_date, sort_key(row.group.name)))


def waiting_count(actor: Actor, today: date, *, exam_before: date | None = None) -> int:
    """Count the exams in scope before today, or before another day, without a grade; one query."""
    return _waiting(actor, today).filter(exam_date__lt=exam_before or today).count()


def _waiting(actor: Actor, today: date) -> QuerySet[Placement]:
    """Return the placements whose exam has passed and whose grade is still to come.

    Nothing comes of what was not carried out, nor about the deceased.
    """
    decided = GradeDecision.objects.filter(placement_id=OuterRef("pk"))
    return Placement.objects.filter(
        VALID,
        ~Exists(decided),
        ~Q(person__status=Person.Status.DECEASED),
        outcome=Placement.Outcome.PENDING,
        exam_date__lt=today,
        group__in=visible_groups(actor, Permission.VIEW_GROUPS).values("pk"),
    )


def _groups(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, GroupRow]:
    """Return the groups that the placements are in, by id."""
    groups = visible_groups(actor, Permission.VIEW_GROUPS).filter(pk__in=set(ids))
    return {row.id: row for row in group_rows(groups)}


def _days_allowed(groups: Iterable[GroupRow], today: date) -> dict[UUID, int]:
    """Return how many days each organiser allows."""
    return {
        each: register_within_days(each, today) for each in {row.organiser_id for row in groups}
    }


def _late(group: GroupRow, waiting: tuple[int, date], days: int, today: date) -> LateRow:
    """Put a group's line together."""
    number, oldest = waiting
    last_day = last_day_in_time(oldest, days)
    return LateRow(group, number, oldest, last_day, late=today > last_day)
