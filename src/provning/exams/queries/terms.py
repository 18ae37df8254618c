"""Reading a term as a whole: how much it holds, and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from provning.exams.models import ExamGroup, Placement
from provning.exams.queries.groups import VALID
from provning.exams.queries.scope import group_scope
from provning.kernel.actors import Actor, Permission
from provning.kernel.terms import Term


@dataclass(frozen=True, slots=True)
class ComingRow:
    """One exam day of one group: how many are placed, and whether anybody can grade them."""

    group_id: UUID
    group_name: str
    course_code: str
    course_name: str
    exam_date: date
    placed: int
    ready: bool


def term_counts(actor: Actor, unit_id: UUID, term: Term) -> tuple[int, int]:
    """Return how many groups and valid placements the actor sees in a unit's term; one query."""
    groups = ExamGroup.objects.filter(
        group_scope(actor, Permission.VIEW_GROUPS),
        unit=unit_id,
        year=term.year,
        season=term.season,
    )
    stands = Q(placements__superseded_by__isnull=True) & ~Q(
        placements__outcome=Placement.Outcome.WITHDRAWN
    )
    found = groups.aggregate(
        groups=Count("pk", distinct=True), placed=Count("placements", filter=stands)
    )
    return found["groups"], found["placed"]


def coming_exams(
    actor: Actor, unit_id: UUID, term: Term, today: date, limit: int
) -> list[ComingRow]:
    """Return the next exam days from today on, a row per group, the nearest first; one query."""
    rows = (
        Placement.objects.filter(
            VALID,
            group_scope(actor, Permission.VIEW_GROUPS, "group__"),
            group__unit=unit_id,
            group__year=term.year,
            group__season=term.season,
            exam_date__gte=today,
        )
        .values_list(
            "group_id",
            "group__name",
            "group__course__code",
            "group__course__name",
            "exam_date",
            "group__grading_teacher_id",
        )
        .annotate(placed=Count("pk"))
        .order_by("exam_date", "group__name")
    )
    return [
        ComingRow(group, name, code, course, day, placed, ready=teacher is not None)
        for group, name, code, course, day, teacher, placed in rows[:limit]
    ]


def exam_days(group_ids: Iterable[UUID]) -> dict[UUID, tuple[date, date]]:
    """Return the first and last prövningsdatum of groups already seen; one query."""
    days = Placement.objects.filter(VALID, group__in=set(group_ids)).order_by()
    found = days.values_list("group_id").annotate(first=Min("exam_date"), last=Max("exam_date"))
    return {group_id: (first, last) for group_id, first, last in found}
