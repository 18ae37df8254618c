"""Activities: what ties a prövningsgrupp to its course and its teachers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from provning.people.models import Duty
from provning.people.queries.same import of_persons
from provning.publishing.resources.declaring import (
    UUID_,
    UUIDS,
    Filter,
    Order,
    Page,
    Resource,
    Row,
    Written,
    day_filters,
    has,
    leave_out,
    organisation_path,
    rising,
)
from provning.publishing.resources.duties import visible as visible_duties
from provning.publishing.resources.duties import written_duties
from provning.publishing.resources.groups import fragments, visible
from provning.publishing.resources.memberships import members_of, standing
from provning.publishing.resources.syllabuses import written_syllabuses
from provning.publishing.viewer import Viewer


def _with_member(persons: list[UUID], viewer: Viewer) -> Q:
    placed = standing(viewer).filter(of_persons(persons), group=OuterRef("pk"))
    return Q(Exists(placed))


def _with_teacher(duties: list[UUID], viewer: Viewer) -> Q:
    found = visible_duties(viewer).filter(pk__in=duties, role=Duty.Role.TEACHER)
    found = found.filter(
        Q(person=OuterRef("grading_teacher")) | Q(person=OuterRef("co_grading_teacher")),
        unit=OuterRef("unit"),
    )
    return Q(Exists(found))


def _write(rows: Sequence[Row], page: Page) -> list[Written]:
    duties = _duties(rows, page)
    written = [_one(row, duties[row["row_key"]], page) for row in rows]
    embedded = _embedded(rows, duties, page)
    for row, each in zip(rows, written, strict=True):
        if embedded:
            own = {name: found.get(row["row_key"]) for name, found in embedded.items()}
            each["_embedded"] = leave_out(own)
    return written


def _one(row: Row, duties: list[tuple[Row, Written]], page: Page) -> Written:
    teachers = [_assignment(duty, page) for duty, _written in duties]
    return {
        **page.head("activities", row["row_key"]),
        "displayName": row["name"],
        "calendarEventsRequired": False,
        "startDate": row["start_date"].isoformat(),
        "endDate": row["end_date"].isoformat(),
        "activityType": "Provaktivitet",
        "groups": [page.references.to("groups", row["row_key"])],
        **({"teachers": teachers} if teachers else {}),
        "syllabus": page.references.to("syllabuses", row["course_id"]),
        "organisation": page.references.to("units", row["unit_id"]),
    }


def _assignment(duty: Row, page: Page) -> Written:
    end: Any = duty["end_date"]
    return {
        "duty": page.references.to("duties", duty["row_key"]),
        "startDate": duty["start_date"].isoformat(),
        **leave_out({"endDate": end.isoformat() if end else None}),
        "grader": True,
    }


def _duties(rows: Sequence[Row], page: Page) -> dict[UUID, list[tuple[Row, Written]]]:
    """Return the duties, at the group's unit, of those who grade it."""
    teachers = {row[column] for row in rows for column in TEACHERS} - {None}
    units = {row["unit_id"] for row in rows}
    found = visible_duties(page.viewer).filter(
        role=Duty.Role.TEACHER, person_id__in=teachers, unit_id__in=units
    )
    duties = written_duties(found, page)
    page.references.load("duties", (duty["row_key"] for duty, _written in duties))
    return {
        row["row_key"]: [
            (duty, written)
            for duty, written in duties
            if duty["unit_id"] == row["unit_id"]
            and duty["person_id"] in {row[column] for column in TEACHERS}
        ]
        for row in rows
    }


def _embedded(
    rows: Sequence[Row], duties: dict[UUID, list[tuple[Row, Written]]], page: Page
) -> dict[str, dict[UUID, Any]]:
    """Return what is to come along, by its name and the activity's key."""
    viewer = page.viewer
    found: dict[str, dict[UUID, Any]] = {}
    if "groups" in page.expand and viewer.may_see("groups"):
        found["groups"] = _groups([row["row_key"] for row in rows], page)
    if "teachers" in page.expand and viewer.may_see("duties"):
        found["teachers"] = {key: [each for _row, each in own] for key, own in duties.items()}
    if "syllabus" in page.expand and viewer.may_see("syllabuses"):
        courses = written_syllabuses({row["course_id"] for row in rows}, page)
        found["syllabus"] = {row["row_key"]: courses[row["course_id"]] for row in rows}
    return found


def _groups(keys: list[UUID], page: Page) -> dict[UUID, list[Written]]:
    members = members_of(keys, page)
    return {
        key: [{**group, "groupMemberships": members.get(key, [])}]
        for key, group in fragments(set(keys), page).items()
    }


TEACHERS = ("grading_teacher_id", "co_grading_teacher_id")
ACTIVITIES = Resource(
    name="activities",
    entity="Activity",
    deleted_as="activitites",
    data_class="activities",
    scope=visible,
    visible=visible,
    columns=("name", "start_date", "end_date", "course_id", "unit_id", *TEACHERS),
    write=_write,
    filters={
        "member": Filter(UUID_, lambda value, viewer: _with_member([value], viewer)),
        "teacher": Filter(UUID_, lambda value, viewer: _with_teacher([value], viewer)),
        "organisation": Filter(UUID_, organisation_path("unit")),
        "group": Filter(UUID_, has("pk")),
        **day_filters("start_date", "end_date"),
    },
    orders={"ModifiedDesc": Order("", falling=True), "DisplayNameAsc": rising("name")},
    lookups={
        "teachers": Filter(UUIDS, _with_teacher),
        "members": Filter(UUIDS, _with_member),
    },
    references=(("groups", "row_key"), ("syllabuses", "course_id"), ("units", "unit_id")),
)
