"""Reading prövningsgrupper."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from provning.audit.asking import worded_once
from provning.exams.models import ExamGroup, Placement
from provning.exams.planning import uses_full_code
from provning.exams.queries.scope import group_scope
from provning.exams.rows import GroupRow
from provning.kernel.actors import Actor, Permission
from provning.kernel.group_names import PREFIX
from provning.kernel.problems import NotFoundError
from provning.kernel.swedish import search_words, sort_key
from provning.kernel.terms import Season, Term
from provning.people.queries import CALLED, teacher_called

VALID = Q(superseded_by__isnull=True) & ~Q(outcome=Placement.Outcome.WITHDRAWN)
"""The condition of a placement that stands: neither taken back nor superseded."""

COLUMNS = (
    *("id", "name", "year", "season", "number", "start_date", "end_date", "version"),
    *("school_form", "measure", "time_of_day", "distance"),
    *("unit_id", "unit__name", "unit__provider_id", "unit__provider__name"),
    *("unit__provider__organiser_id", "course_id", "course__code", "course__name"),
    *("course__points", "grading_teacher_id", "co_grading_teacher_id"),
)
TEACHER = tuple(f"grading_teacher__{each}" for each in CALLED)
CO_TEACHER = tuple(f"co_grading_teacher__{each}" for each in CALLED)
EVERYTHING = (*COLUMNS, *TEACHER, *CO_TEACHER)
"""What a row says of a group: the models these stand in have twice as many columns."""

STATES: dict[str, Callable[[GroupRow], bool]] = {
    "": lambda _row: True,
    "ready": lambda row: row.ready,
    "no-teacher": lambda row: not row.ready,
    "empty": lambda row: row.placed == 0,
}

ORDERS: dict[str, Callable[[GroupRow], tuple[object, ...]]] = {
    "name": lambda row: (sort_key(row.name),),
    "course": lambda row: (sort_key(row.course_name), row.number),
    "teacher": lambda row: (not row.ready, sort_key(row.teacher_name), sort_key(row.name)),
    "start": lambda row: (row.start_date, sort_key(row.name)),
    "placed": lambda row: (-row.placed, sort_key(row.name)),
}


def groups_for(
    actor: Actor,
    *,
    unit_id: UUID | None,
    term: Term,
    text: str = "",
    state: str = "",
    order: str = "name",
) -> list[GroupRow]:
    """Return the term's groups that the actor may see, in one unit or in all; one query.

    `text` finds in name, course and teacher, each word anywhere; `state` is a key of `STATES` and
    `order` of `ORDERS`, and what is unknown counts as the first.
    """
    groups = visible_groups(actor, Permission.VIEW_GROUPS).filter(
        year=term.year, season=term.season
    )
    if unit_id is not None:
        groups = groups.filter(unit_id=unit_id)
    chosen, words = STATES.get(state, STATES[""]), search_words(text)
    rows = [row for row in group_rows(groups) if chosen(row) and _has_words(row, words)]
    by_name = sorted(rows, key=ORDERS["name"])
    return sorted(by_name, key=ORDERS[order]) if order in ORDERS.keys() - {"name"} else by_name


def group_for(
    actor: Actor, group_id: UUID, permission: Permission = Permission.VIEW_GROUPS
) -> GroupRow:
    """Return one group in which the actor holds the permission; one query.

    Raises `NotFoundError` when there is none, or when it lies out of scope.
    """
    for *values, placed in _counted(actor, permission, group_id):
        return group_row(values, placed=placed)
    raise NotFoundError("exam_group")


@worded_once
def _counted(actor: Actor, permission: Permission, group_id: UUID) -> QuerySet[ExamGroup, Any]:
    found = visible_groups(actor, permission).filter(pk=group_id)
    return found.values_list(*EVERYTHING, "placed")


def group_to_act_on(actor: Actor, group_id: UUID) -> GroupRow:
    """Return one group in scope for an action on it: `placed` is not counted and 0.

    One query, at half the cost of `group_for`. Raises `NotFoundError` as it does.
    """
    return _only_row(_seen(actor, group_id))


@worded_once
def _seen(actor: Actor, group_id: UUID) -> QuerySet[ExamGroup, Any]:
    within = group_scope(actor, Permission.VIEW_GROUPS)
    return ExamGroup.objects.filter(within, pk=group_id).values_list(*EVERYTHING)


def groups_named(actor: Actor, text: str) -> list[UUID]:
    """Return the groups in scope whose name is the text, in any case and with or without PRÖ:.

    Names are unique in a unit and term, so nearly always one; one query.
    """
    name = "".join(unicodedata.normalize("NFC", text).upper().split())
    named = ExamGroup.objects.filter(
        group_scope(actor, Permission.VIEW_GROUPS), name__in=(name, PREFIX + name)
    )
    return list(named.order_by("unit", "pk").values_list("pk", flat=True))


def group_of(group_id: UUID) -> GroupRow:
    """Return a group as a program reads it, for whom somebody has seen by other means; one query.

    `placed` is 0. Raises `NotFoundError` when there is none.
    """
    return _only_row(_any(group_id))


@worded_once
def _any(group_id: UUID) -> QuerySet[ExamGroup, Any]:
    return ExamGroup.objects.filter(pk=group_id).values_list(*EVERYTHING)


def _only_row(found: Iterable[tuple[Any, ...]]) -> GroupRow:
    """Return the row of the one group that there may be; raises `NotFoundError` without one."""
    for values in found:
        return group_row(values, placed=0)
    raise NotFoundError("exam_group")


def groups_without_teacher(actor: Actor, today: date) -> list[GroupRow]:
    """Return the groups that wait for a grading teacher where the actor may connect one.

    Groups that have ended count only while somebody is placed in them; the earliest end first.
    """
    groups = visible_groups(actor, Permission.EDIT_GROUPS).filter(grading_teacher=None)
    rows = group_rows(groups.filter(Q(end_date__gte=today) | Q(placed__gt=0)))
    return sorted(rows, key=lambda row: (row.end_date, sort_key(row.name)))


def visible_groups(actor: Actor, permission: Permission) -> QuerySet[ExamGroup]:
    """Return the groups in scope, each with the count of its valid placements as `placed`."""
    valid = Placement.objects.filter(VALID, group=OuterRef("pk")).order_by().values("group")
    count = Subquery(valid.annotate(number=Count("pk")).values("number"))
    return ExamGroup.objects.filter(group_scope(actor, permission)).annotate(
        placed=Coalesce(count, 0, output_field=IntegerField())
    )


def group_rows(groups: QuerySet[ExamGroup]) -> list[GroupRow]:
    """Return the rows of `visible_groups`, in the order of the query."""
    found = groups.values_list(*EVERYTHING, "placed")
    return [group_row(values, placed=placed) for *values, placed in found]


def group_row(columns: Sequence[Any], *, placed: int) -> GroupRow:
    """Return a group as it is shown from its columns, `EVERYTHING`."""
    values = dict(zip(EVERYTHING, columns, strict=True))
    return GroupRow(
        id=values["id"],
        name=values["name"],
        unit_id=values["unit_id"],
        unit_name=values["unit__name"],
        provider_id=values["unit__provider_id"],
        provider_name=values["unit__provider__name"],
        organiser_id=values["unit__provider__organiser_id"],
        course_id=values["course_id"],
        course_code=values["course__code"],
        course_name=values["course__name"],
        points=values["course__points"],
        term=Term(values["year"], Season(values["season"])),
        number=values["number"],
        start_date=values["start_date"],
        end_date=values["end_date"],
        teacher_id=values["grading_teacher_id"],
        teacher_name=teacher_called(*(values[each] for each in TEACHER)),
        co_teacher_id=values["co_grading_teacher_id"],
        co_teacher_name=teacher_called(*(values[each] for each in CO_TEACHER)),
        placed=placed,
        decided=0,
        ready=values["grading_teacher_id"] is not None,
        version=values["version"],
        school_form=values["school_form"],
        measure=values["measure"],
        time_of_day=values["time_of_day"],
        distance=values["distance"],
        full_code=uses_full_code(values["name"], values["course__code"]),
    )


def _has_words(row: GroupRow, words: list[str]) -> bool:
    """Say whether every word stands somewhere in the name, the course or the teacher."""
    if not words:
        return True
    text = f"{row.name} {row.course_code} {row.course_name}"
    text += f" {row.teacher_name} {row.co_teacher_name}"
    searched = " ".join(search_words(text))
    return all(word in searched for word in words)
