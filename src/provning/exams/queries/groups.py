"""Reading prövningsgrupper."""

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
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
from provning.people.queries import teacher_name

VALID = Q(superseded_by__isnull=True) & ~Q(outcome=Placement.Outcome.WITHDRAWN)
"""The condition of a placement that stands: neither taken back nor superseded."""

COLUMNS = (
    *("name", "year", "season", "number", "start_date", "end_date", "version"),
    *("school_form", "measure", "time_of_day", "distance"),
    *("unit__name", "unit__provider__name", "unit__provider__organiser_id"),
    *("course__code", "course__name", "course__points"),
    *(
        f"{teacher}__{column}"
        for teacher in ("grading_teacher", "co_grading_teacher")
        for column in ("given_name", "family_name", "protection", "case_number")
    ),
)
"""What a row says of a group, beside keys: the models these stand in have twice as many columns."""

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
    rows = group_rows(_one_visible(actor, permission, group_id))
    if not rows:
        raise NotFoundError("exam_group")
    return rows[0]


@worded_once
def _one_visible(actor: Actor, permission: Permission, group_id: UUID) -> QuerySet[ExamGroup]:
    return visible_groups(actor, permission).filter(pk=group_id)


def group_to_act_on(actor: Actor, group_id: UUID) -> GroupRow:
    """Return one group in scope for an action on it: `placed` is not counted and 0.

    One query, at half the cost of `group_for`. Raises `NotFoundError` as it does.
    """
    return _only_row(_one_uncounted(actor, group_id))


@worded_once
def _one_uncounted(actor: Actor, group_id: UUID) -> QuerySet[ExamGroup]:
    return _with_related(
        ExamGroup.objects.filter(group_scope(actor, Permission.VIEW_GROUPS), pk=group_id)
    )


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
    return _only_row(_one(group_id))


@worded_once
def _one(group_id: UUID) -> QuerySet[ExamGroup]:
    return _with_related(ExamGroup.objects.filter(pk=group_id))


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
    return _with_related(ExamGroup.objects.filter(group_scope(actor, permission))).annotate(
        placed=Coalesce(count, 0, output_field=IntegerField())
    )


def group_rows(groups: Iterable[ExamGroup]) -> list[GroupRow]:
    """Return the rows of `visible_groups`, in the order of the query."""
    return [group_row(group, placed=getattr(group, "placed", 0)) for group in groups]


def group_row(group: ExamGroup, *, placed: int) -> GroupRow:
    """Return a group with its related rows as it is shown."""
    unit, course = group.unit, group.course
    return GroupRow(
        id=group.id,
        name=group.name,
        unit_id=unit.id,
        unit_name=unit.name,
        provider_id=unit.provider_id,
        provider_name=unit.provider.name,
        organiser_id=unit.provider.organiser_id,
        course_id=course.id,
        course_code=course.code,
        course_name=course.name,
        points=course.points,
        term=Term(group.year, Season(group.season)),
        number=group.number,
        start_date=group.start_date,
        end_date=group.end_date,
        teacher_id=group.grading_teacher_id,
        teacher_name=teacher_name(group.grading_teacher),
        co_teacher_id=group.co_grading_teacher_id,
        co_teacher_name=teacher_name(group.co_grading_teacher),
        placed=placed,
        decided=0,
        ready=group.grading_teacher_id is not None,
        version=group.version,
        school_form=group.school_form,
        measure=group.measure,
        time_of_day=group.time_of_day,
        distance=group.distance,
        full_code=uses_full_code(group.name, course.code),
    )


def _only_row(groups: Iterable[ExamGroup]) -> GroupRow:
    """Return the row of the one group that there may be; raises `NotFoundError` without one."""
    for group in groups:
        return group_row(group, placed=0)
    raise NotFoundError("exam_group")


def _with_related(groups: QuerySet[ExamGroup]) -> QuerySet[ExamGroup]:
    """Return the groups with everything that a row says of them, and nothing else."""
    return groups.select_related(
        "unit__provider", "course", "grading_teacher", "co_grading_teacher"
    ).only(*COLUMNS)


def _has_words(row: GroupRow, words: list[str]) -> bool:
    """Say whether every word stands somewhere in the name, the course or the teacher."""
    if not words:
        return True
    text = f"{row.name} {row.course_code} {row.course_name}"
    text += f" {row.teacher_name} {row.co_teacher_name}"
    searched = " ".join(search_words(text))
    return all(word in searched for word in words)
