"""Reading placements: a group's and a person's."""

from collections.abc import Collection, Iterable
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

Values = dict[str, Any]
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
        return _in_swedish_order(actor, _valid_in(actor, group_id))
    return _in_swedish_order(actor, _valid_among(actor, group_id, *evened(only)))


@worded_once
def _valid_in(actor: Actor, group_id: UUID) -> QuerySet[Placement, Any]:
    placements = _visible(actor, Permission.VIEW_GROUPS).filter(VALID, group_id=group_id)
    return _columns(placements, "person__sort_key")


@worded_once
def _valid_among(actor: Actor, group_id: UUID, *only: UUID) -> QuerySet[Placement, Any]:
    placements = _visible(actor, Permission.VIEW_GROUPS).filter(VALID, group_id=group_id)
    return _columns(placements.filter(pk__in=only), "person__sort_key")


def moved_away_from(actor: Actor, group_id: UUID) -> list[PlacementRow]:
    """Return the group's placements that a rättelse has led elsewhere, in the same order.

    A group that the actor may not see has none.
    """
    return _in_swedish_order(actor, _moved_away(actor, group_id))


@worded_once
def _moved_away(actor: Actor, group_id: UUID) -> QuerySet[Placement, Any]:
    placements = _visible(actor, Permission.VIEW_GROUPS).filter(
        superseded_by__isnull=False, group_id=group_id
    )
    return _columns(placements, "person__sort_key")


def placements_by_id(actor: Actor, placement_ids: Iterable[UUID]) -> list[PlacementRow]:
    """Return placements that the actor may see by other means; the person as they may see them."""
    return placement_rows(actor, Placement.objects.filter(pk__in=set(placement_ids)))


def study_plan(actor: Actor, person_id: UUID) -> list[PlacementRow]:
    """Return everything that a person has been placed in within the actor's scope, newest first.

    What was taken back or superseded is there too, and says so.
    """
    return _rows(actor, _planned(actor, person_id))


@worded_once
def _planned(actor: Actor, person_id: UUID) -> QuerySet[Placement, Any]:
    placements = _visible(actor, Permission.VIEW_GROUPS).filter(of_person(person_id))
    return _columns(placements.order_by("-exam_date", "group__name", "id"))


def placement_for(
    actor: Actor, placement_id: UUID, permission: Permission = Permission.VIEW_GROUPS
) -> PlacementRow:
    """Return one placement in a group in which the actor holds the permission.

    Raises `NotFoundError` when there is none, or when it lies out of scope.
    """
    rows = _rows(actor, _one_visible(actor, permission, placement_id))
    if not rows:
        raise NotFoundError("placement")
    return rows[0]


@worded_once
def _one_visible(
    actor: Actor, permission: Permission, placement_id: UUID
) -> QuerySet[Placement, Any]:
    return _columns(_visible(actor, permission).filter(pk=placement_id))


def placement_rows(actor: Actor, placements: QuerySet[Placement]) -> list[PlacementRow]:
    """Return the placements as the actor may see them, in the order of the query."""
    return _rows(actor, list(_columns(placements)))


def _in_swedish_order(actor: Actor, placements: list[Values]) -> list[PlacementRow]:
    """Return the placements by name, protected persons last."""
    # Put in order here: the database's way asks Django about each column that is read. A sort key
    # is digits alone, so the order is the same.
    found = _with_persons(actor, placements)
    found.sort(key=lambda pair: _place_in_order(*pair))
    return [_row(values, person) for values, person in found]


def _place_in_order(values: Values, person: PersonRow) -> tuple[object, ...]:
    return (person.protected, values["person__sort_key"], values["exam_date"], values["id"])


def _columns(placements: QuerySet[Placement], *more: str) -> QuerySet[Placement, Any]:
    columns: QuerySet[Placement, Any] = placements.values(*COLUMNS, *more)
    return columns


def _rows(actor: Actor, found: list[Values]) -> list[PlacementRow]:
    return [_row(values, person) for values, person in _with_persons(actor, found)]


def _with_persons(actor: Actor, found: list[Values]) -> list[tuple[Values, PersonRow]]:
    """Return the values of each placement with its person."""
    persons = person_rows(actor, [each["person_id"] for each in found])
    return [(each, persons[each["person_id"]]) for each in found]


def _visible(actor: Actor, permission: Permission) -> QuerySet[Placement]:
    """Return the placements in the groups that the actor reaches."""
    return Placement.objects.filter(group_scope(actor, permission, "group__"))


def _row(values: Values, person: PersonRow) -> PlacementRow:
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
