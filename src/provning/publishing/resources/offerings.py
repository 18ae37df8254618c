"""School unit offerings: the courses that a unit has had prövningsgrupper in."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Subquery

from provning.exams.models import ExamGroup
from provning.organisation.models import SchoolUnit
from provning.publishing.resources.declaring import (
    UUID_,
    Filter,
    Order,
    Page,
    Resource,
    Row,
    Written,
    both_ways,
)
from provning.publishing.viewer import Viewer


def _visible(viewer: Viewer) -> QuerySet[SchoolUnit]:
    own = ExamGroup.objects.filter(unit=OuterRef("pk"))
    over = own.order_by().values("unit")
    units = SchoolUnit.objects.filter(viewer.within_unit(""), Exists(own))
    return units.annotate(
        first=Subquery(over.annotate(day=Min("start_date")).values("day")),
        last=Subquery(over.annotate(day=Max("end_date")).values("day")),
    )


def _at(value: UUID, _viewer: Viewer) -> Q:
    return Q(pk=value) | Q(provider=value) | Q(provider__organiser=value)


def _write(rows: Sequence[Row], page: Page) -> list[Written]:
    keys = [row["row_key"] for row in rows]
    page.references.load("units", keys)
    offered = _courses(keys, page)
    return [
        {
            "startDate": row["first"].isoformat(),
            "endDate": row["last"].isoformat(),
            "offeredAt": page.references.to("units", row["row_key"]),
            "offeredSyllabuses": offered[row["row_key"]],
        }
        for row in rows
    ]


def _courses(units: list[UUID], page: Page) -> dict[UUID, list[Written]]:
    groups = ExamGroup.objects.filter(unit_id__in=units).order_by("course__code", "course_id")
    pairs = list(groups.values_list("unit_id", "course_id").distinct())
    page.references.load("syllabuses", (course for _unit, course in pairs))
    made: dict[UUID, list[Written]] = {}
    for unit, course in pairs:
        made.setdefault(unit, []).append(page.references.to("syllabuses", course))
    return made


OFFERINGS = Resource(
    name="schoolUnitOfferings",
    entity="SchoolUnitOffering",
    deleted_as="schoolUnitOfferings",
    data_class="syllabuses",
    scope=_visible,
    visible=_visible,
    columns=("first", "last"),
    write=_write,
    filters={"organisation": Filter(UUID_, _at)},
    orders={
        "ModifiedDesc": Order("", falling=True),
        **both_ways("StartDate", "first"),
        **both_ways("EndDate", "last"),
    },
    stamp="offerings",
)
