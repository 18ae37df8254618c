"""Reading placements: a group's and a person's."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from provning.audit.asking import evened, worded_once
from provning.exams.models import Placement
from provning.exams.queries.groups import VALID
from provning.exams.queries.scope import group_scope
from provning.exams.rows import PlacementRow
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.people.queries import PersonRow, of_person, person_rows

COLUMNS = (
    *("id", "exam_date", "status", "study_active", "outcome", "outcome_reason", "version"),
    *("after_validation", "person_id", "supersedes_id", "superseded_by"),
    *("group_id", "group__name", "group__unit_id", "group__unit__name"),
    *("group__course_id", "group__course__code", "group__course__name", "group__course__points"),
)
"""What a row says of a placement: the models these stand in have four times as many columns."""


def placements_in(
    actor: Actor, group_id: UUID, only: Collection[UUID] | None = None
) -> list[PlacementRow]:
    """Return a group's valid placements in Swedish order, protected persons last.

    `only` are the ids to read, None for all. A group that the actor may not see has none.
    """
    if only is None:
        return _in_swedish_order(actor, _valid(actor, group_id))
    return _in_swedish_order(actor, _chosen(actor, group_id, *evened(only)))


@worded_once
def _valid(actor: Actor, group_id: UUID) -> QuerySet[Placement, Any]:
    return _columns(actor, group_id).filter(VALID)


@worded_once
def _chosen(actor: Actor, group_id: UUID, *only: UUID) -> QuerySet[Placement, Any]:
    return _columns(actor, group_id).filter(VALID, pk__in=only)


@worded_once
def _moved(actor: Actor, group_id: UUID) -> QuerySet[Placement, Any]:
    return _columns(actor, group_id).filter(superseded_by__isnull=False)


def _columns(actor: Actor, group_id: UUID) -> QuerySet[Placement, Any]:
    visible = _visible(actor, Permission.VIEW_GROUPS).filter(group_id=group_id)
    return visible.values_list(*COLUMNS, "person__sort_key")


def moved_away_from(actor: Actor, group_id: UUID) -> list[PlacementRow]:
    """Return the group's placements that a rättelse has led elsewhere, in the same order.

    A group that the actor may not see has none.
    """
    return _in_swedish_order(actor, _moved(actor, group_id))


def placements_by_id(actor: Actor, placement_ids: Iterable[UUID]) -> list[PlacementRow]:
    """Return placements that the actor may see by other means; the person as they may see them."""
    return _rows(actor, _those(*evened(placement_ids)))


@worded_once
def _those(*placement_ids: UUID) -> QuerySet[Placement, Any]:
    return Placement.objects.filter(pk__in=placement_ids).values_list(*COLUMNS)


def study_plan(actor: Actor, person_id: UUID) -> list[PlacementRow]:
    """Return everything that a person has been placed in within the actor's scope, newest first.

    What was taken back or superseded is there too, and says so.
    """
    return _rows(actor, _planned(actor, person_id))


@worded_once
def _planned(actor: Actor, person_id: UUID) -> QuerySet[Placement, Any]:
    placements = _visible(actor, Permission.VIEW_GROUPS).filter(of_person(person_id))
    return placements.order_by("-exam_date", "group__name", "id").values_list(*COLUMNS)


def placement_for(
    actor: Actor, placement_id: UUID, permission: Permission = Permission.VIEW_GROUPS
) -> PlacementRow:
    """Return one placement in a group in which the actor holds the permission.

    Raises `NotFoundError` when there is none, or when it lies out of scope.
    """
    rows = _rows(actor, _one(actor, permission, placement_id))
    if not rows:
        raise NotFoundError("placement")
    return rows[0]


@worded_once
def _one(actor: Actor, permission: Permission, placement_id: UUID) -> QuerySet[Placement, Any]:
    return _visible(actor, permission).filter(pk=placement_id).values_list(*COLUMNS)


def _rows(actor: Actor, found: Sequence[tuple[Any, ...]]) -> list[PlacementRow]:
    """Return the placements of an answer; nobody is asked about for none."""
    read = [dict(zip(COLUMNS, columns, strict=True)) for columns in found]
    persons = person_rows(actor, [each["person_id"] for each in read]) if read else {}
    return [_row(each, persons[each["person_id"]]) for each in read]


def _in_swedish_order(actor: Actor, found: Sequence[tuple[Any, ...]]) -> list[PlacementRow]:
    """Return the placements of an answer whose last column is the sort key, protected ones last.

    A sort key is digits alone, so the order is that of any database.
    """
    keys = {columns[0]: columns[-1] for columns in found}
    rows = _rows(actor, [columns[:-1] for columns in found])
    return sorted(rows, key=lambda row: (row.person.protected, keys[row.id], row.exam_date, row.id))


def _visible(actor: Actor, permission: Permission) -> QuerySet[Placement]:
    """Return the placements in the groups that the actor reaches."""
    return Placement.objects.filter(group_scope(actor, permission, "group__"))


def _row(values: dict[str, Any], person: PersonRow) -> PlacementRow:
    """Return a placement with its related rows as it is shown."""
    outcome = Placement.Outcome(values["outcome"])
    return PlacementRow(
        id=values["id"],
        group_id=values["group_id"],
        group_name=values["group__name"],
        unit_id=values["group__unit_id"],
        unit_name=values["group__unit__name"],
        course_id=values["group__course_id"],
        course_code=values["group__course__code"],
        course_name=values["group__course__name"],
        points=values["group__course__points"],
        exam_date=values["exam_date"],
        status=values["status"],
        study_active=values["study_active"],
        outcome=outcome.value,
        outcome_label=str(outcome.label) if outcome.value else "",
        outcome_reason=values["outcome_reason"],
        person=person,
        version=values["version"],
        supersedes_id=values["supersedes_id"],
        superseded=values["superseded_by"] is not None,
        after_validation=values["after_validation"],
    )
