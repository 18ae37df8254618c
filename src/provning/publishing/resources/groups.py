"""Groups: the prövningsgrupper, with those who are placed in them."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet

from provning.exams.models import ExamGroup
from provning.publishing.resources.courses import curricula_of, school_type
from provning.publishing.resources.declaring import (
    SCHOOL_TYPES,
    UUIDS,
    Filter,
    Order,
    Page,
    Resource,
    Row,
    Written,
    among,
    both_ways,
    choice,
    day_filters,
    rising,
)
from provning.publishing.resources.memberships import members_of
from provning.publishing.stamps import stamps_of
from provning.publishing.viewer import Viewer

TYPES = (
    "Undervisning",
    "Klass",
    "Mentor",
    "Provgrupp",
    "Schema",
    "Avdelning",
    "Personalgrupp",
    "Övrigt",
)


def visible(viewer: Viewer) -> QuerySet[ExamGroup]:
    """Return the groups in the client's places."""
    return ExamGroup.objects.filter(viewer.within_unit("unit"))


def _of_type(values: list[str], _viewer: Viewer) -> Q:
    return Q() if settings.GROUP_TYPE in values else Q(pk__in=())


def _of_school_type(values: list[str], _viewer: Viewer) -> Q:
    return Q(course__curriculum__in=curricula_of(values))


def _write(rows: Sequence[Row], page: Page) -> list[Written]:
    members = members_of((row["row_key"] for row in rows), page)
    written = []
    for row in rows:
        group = fragment(row, page)
        group["groupMemberships"] = members.get(row["row_key"], [])
        if "assignmentRoles" in page.expand:
            group["_embedded"] = {"assignmentRoles": []}
        written.append(group)
    return written


def fragment(row: Row, page: Page) -> Written:
    """Return a group without its members."""
    return {
        **page.head("groups", row["row_key"]),
        "displayName": row["name"],
        "startDate": row["start_date"].isoformat(),
        "endDate": row["end_date"].isoformat(),
        "groupType": settings.GROUP_TYPE,
        "schoolType": school_type(row["course__curriculum"]),
        "organisation": page.references.to("units", row["unit_id"]),
    }


def fragments(keys: set[UUID], page: Page) -> dict[UUID, Written]:
    """Return groups without their members, by id, for those who refer to them."""
    found = visible(page.viewer).filter(pk__in=keys)
    rows: list[Row] = list(found.values(*COLUMNS, row_key=F("pk")))
    page.references.load("units", (row["unit_id"] for row in rows))
    own = Page(page.viewer, frozenset(), page.references, stamps_of("groups", keys))
    return {row["row_key"]: fragment(row, own) for row in rows}


COLUMNS = ("name", "start_date", "end_date", "course__curriculum", "unit_id")
GROUPS = Resource(
    name="groups",
    entity="Group",
    deleted_as="groups",
    data_class="groups",
    scope=visible,
    visible=visible,
    columns=COLUMNS,
    write=_write,
    filters={
        "groupType": Filter(choice(*TYPES, many=True), _of_type),
        "schoolTypes": Filter(choice(*SCHOOL_TYPES, many=True), _of_school_type),
        "organisation": Filter(UUIDS, among("unit")),
        **day_filters("start_date", "end_date"),
    },
    orders={
        "ModifiedDesc": Order("", falling=True),
        "DisplayNameAsc": rising("name"),
        **both_ways("StartDate", "start_date"),
        **both_ways("EndDate", "end_date"),
    },
    references=(("units", "unit_id"),),
)
