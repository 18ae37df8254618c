"""What a client could see and can no longer (SS 12000 deletedEntities)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from provning.organisation.models import Provider, SchoolUnit
from provning.publishing.asking import (
    AskedWronglyError,
    Parameter,
    Words,
    one_of,
    question_of,
    read_a_moment,
)
from provning.publishing.ids import published_id
from provning.publishing.models import Tombstone
from provning.publishing.resources import RESOURCES
from provning.publishing.resources.declaring import Resource, put_together
from provning.publishing.tokens import Place, read_token, write_token
from provning.publishing.viewer import Viewer

ENTITIES = [
    "Absence",
    "AttendanceEvent",
    "Attendance",
    "Grade",
    "CalendarEvent",
    "AttendanceSchedule",
    "Resource",
    "Room",
    "Activity",
    "Duty",
    "Placement",
    "StudyPlan",
    "Programme",
    "Syllabus",
    "SchoolUnitOffering",
    "Group",
    "Person",
    "Organisation",
]
NAME = "deletedEntities"
PARAMETERS = {
    "after": Parameter(read_a_moment),
    "entities": Parameter(one_of(*ENTITIES), many=True),
}


Grave = tuple[Any, int, str, UUID, UUID | None, UUID | None]
"""When it went, the tombstone's own number, resource, key, and the provider and unit it was at."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A page of ids by resource, and the token of the next page."""

    data: dict[str, list[str]] = field(default_factory=dict)
    token: str | None = None


def gone_since(viewer: Viewer, words: Words) -> Gone:
    """Return the ids that have gone; raises `AskedWronglyError`. Two queries for each resource."""
    question = question_of(words, PARAMETERS, ())
    place = None
    token = (words.get("pageToken") or [""])[-1]
    if token:
        asked, place = read_token(NAME, token, question.words)
        limit = {"limit": words["limit"]} if "limit" in words else {}
        question = question_of({**asked, **limit}, PARAMETERS, ())
    resources = _asked(viewer, question.values)
    rows = list(_tombstones(resources, question.values, place)[: question.limit + 1])
    shown = rows[: question.limit]
    found = _told(viewer, resources, shown)
    if len(rows) <= question.limit:
        return Gone(found)
    last = shown[-1]
    return Gone(found, write_token(NAME, question.words, Place(last[0], UUID(int=last[1]))))


def _asked(viewer: Viewer, values: Mapping[str, Any]) -> list[Resource]:
    wanted = values.get("entities")
    return [
        each
        for each in RESOURCES
        if viewer.may_see(each.data_class) and (wanted is None or each.entity in wanted)
    ]


def _tombstones(
    resources: Sequence[Resource], values: Mapping[str, Any], place: Place | None
) -> Any:
    names = [each.stamped_as for each in resources]
    found = Tombstone.objects.filter(resource__in=names)
    if "after" in values:
        found = found.filter(deleted__gt=values["after"])
    if place is not None:
        found = found.filter(pk__gt=place.key.int)
    return found.order_by("pk").values_list(
        "deleted", "pk", "resource", "key", "provider_id", "unit_id"
    )


def _told(
    viewer: Viewer, resources: Sequence[Resource], rows: Sequence[Grave]
) -> dict[str, list[str]]:
    """Keep what was to be seen in the client's places and is not to be seen there now."""
    found = {}
    places = _places(viewer, rows)
    for resource in resources:
        name = resource.stamped_as
        own = [row for row in rows if row[2] == name]
        if not own:
            continue
        inside = {f"{resource.key}__in": {row[3] for row in own}}
        known, seen = (
            set(put_together(asked, viewer).filter(**inside).values_list(resource.key, flat=True))
            for asked in (resource.scope, resource.visible)
        )
        was = {row[3] for row in own if viewer.sees_all or places.intersection(row[4:6])}
        gone = (known | was) - seen
        if gone:
            found[resource.deleted_as] = sorted(str(published_id(name, key)) for key in gone)
    return found


def _places(viewer: Viewer, rows: Sequence[Grave]) -> set[UUID]:
    """Return those of the tombstones' providers and units that are the client's places."""
    wanted = {key for row in rows for key in row[4:6] if key is not None}
    units = SchoolUnit.objects.filter(viewer.within_unit(""), pk__in=wanted)
    wide = viewer.within(organiser="organiser", provider="", unit="")
    providers = Provider.objects.filter(wide, pk__in=wanted)
    return {*units.values_list("pk", flat=True), *providers.values_list("pk", flat=True)}


__all__ = ["AskedWronglyError", "Gone", "gone_since"]
