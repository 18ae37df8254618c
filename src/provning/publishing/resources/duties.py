"""Duties: teachers and principals at units."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from provning.people.models import Duty
from provning.publishing.resources.declaring import (
    UUID_,
    Filter,
    Order,
    Page,
    Resource,
    Row,
    Written,
    choice,
    day_filters,
    falling,
    has,
    leave_out,
    organisation_path,
    rising,
)
from provning.publishing.stamps import stamps_of
from provning.publishing.viewer import Viewer

ROLES = (
    "Rektor",
    "Lärare",
    "Förskollärare",
    "Barnskötare",
    "Bibliotekarie",
    "Lärarassistent",
    "Fritidspedagog",
    "Annan personal",
    "Studie- och yrkesvägledare",
    "Förstelärare",
    "Kurator",
    "Skolsköterska",
    "Skolläkare",
    "Skolpsykolog",
    "Speciallärare/specialpedagog",
    "Skoladministratör",
    "Övrig arbetsledning",
    "Övrig pedagogisk personal",
    "Förskolechef",
)


def scope(viewer: Viewer) -> QuerySet[Duty]:
    """Return the duties in the client's places."""
    return Duty.objects.filter(viewer.within_unit("unit"))


def visible(viewer: Viewer) -> QuerySet[Duty]:
    """Return the duties of whom the client may know."""
    return scope(viewer).filter(viewer.shown("person__"))


def _write(rows: Sequence[Row], page: Page) -> list[Written]:
    from provning.publishing.resources.persons import person_rows

    written = [_one(row, page) for row in rows]
    if "person" in page.expand and page.viewer.may_see("persons"):
        persons = person_rows({row["person_id"] for row in rows}, page)
        for row, each in zip(rows, written, strict=True):
            each["_embedded"] = {"person": persons[row["person_id"]]}
    return written


def _one(row: Row, page: Page) -> Written:
    end: Any = row["end_date"]
    return {
        **page.head("duties", row["row_key"]),
        "person": page.references.to("persons", row["person_id"]),
        "dutyAt": page.references.to("units", row["unit_id"]),
        "dutyRole": row["role"],
        "startDate": row["start_date"].isoformat(),
        **leave_out({"endDate": end.isoformat() if end else None}),
    }


def written_duties(found: QuerySet[Duty], page: Page) -> list[tuple[Row, Written]]:
    """Return duties with their rows, for those who refer to them."""
    rows: list[Row] = list(found.order_by("start_date", "pk").values(*COLUMNS, row_key=F("pk")))
    page.references.load("persons", (row["person_id"] for row in rows))
    page.references.load("units", (row["unit_id"] for row in rows))
    stamps = stamps_of("duties", (row["row_key"] for row in rows))
    own = Page(page.viewer, frozenset(), page.references, stamps)
    return [(row, _one(row, own)) for row in rows]


def duties_of(keys: Iterable[UUID], page: Page) -> dict[UUID, list[Written]]:
    """Return the duties of persons, none when the call may not show duties."""
    if not page.viewer.may_see("duties"):
        return {}
    made: dict[UUID, list[Written]] = {}
    for row, each in written_duties(visible(page.viewer).filter(person_id__in=list(keys)), page):
        made.setdefault(row["person_id"], []).append(each)
    return made


COLUMNS = ("person_id", "unit_id", "role", "start_date", "end_date")
DUTIES = Resource(
    name="duties",
    entity="Duty",
    deleted_as="duties",
    data_class="duties",
    scope=scope,
    visible=visible,
    columns=COLUMNS,
    write=_write,
    filters={
        "organisation": Filter(UUID_, organisation_path("unit")),
        "dutyRole": Filter(choice(*ROLES), has("role")),
        "person": Filter(UUID_, has("person")),
        **day_filters("start_date", "end_date", ends=False),
    },
    orders={
        "StartDateDesc": falling("start_date"),
        "StartDateAsc": rising("start_date"),
        "ModifiedDesc": Order("", falling=True),
    },
    references=(("persons", "person_id"), ("units", "unit_id")),
)
