"""Study plans: a person's prövningar, each with its one day.

What was placed under a row that is merged into another stays a plan of its own, of the kept person.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, F, Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from provning.exams.models import Placement
from provning.people.models import Person
from provning.publishing.resources.declaring import (
    UUIDS,
    Filter,
    Order,
    Page,
    Resource,
    Row,
    Written,
    among,
    both_ways,
    day_filters,
)
from provning.publishing.resources.memberships import standing
from provning.publishing.viewer import Viewer

TITLE = "Prövning"


def _scope(viewer: Viewer) -> QuerySet[Person]:
    placed = Placement.objects.filter(viewer.within_unit("group__unit"), person=OuterRef("pk"))
    return Person.objects.filter(Exists(placed))


def _visible(viewer: Viewer) -> QuerySet[Person]:
    own = standing(viewer).filter(person=OuterRef("pk"))
    over = own.order_by().values("person")
    return Person.objects.filter(Exists(own)).annotate(
        first=Subquery(over.annotate(day=Min("exam_date")).values("day")),
        last=Subquery(over.annotate(day=Max("exam_date")).values("day")),
        student=Coalesce(F("merged_into_id"), F("pk")),
    )


def _write(rows: Sequence[Row], page: Page) -> list[Written]:
    courses = _courses([row["row_key"] for row in rows], page)
    return [
        {
            **page.head("studyplans", row["row_key"]),
            "student": page.references.to("persons", row["student"]),
            "content": [{"title": TITLE, "syllabuses": courses[row["row_key"]]}],
            "startDate": row["first"].isoformat(),
            "endDate": row["last"].isoformat(),
        }
        for row in rows
    ]


def _courses(persons: list[UUID], page: Page) -> dict[UUID, list[Written]]:
    found = standing(page.viewer).filter(person_id__in=persons).order_by("exam_date", "pk")
    rows = list(found.values_list("person_id", "group__course_id", "exam_date"))
    page.references.load("syllabuses", (course for _person, course, _day in rows))
    made: dict[UUID, list[Written]] = {}
    for person, course, day in rows:
        each = {"syllabus": page.references.to("syllabuses", course)}
        days = {"startDate": day.isoformat(), "endDate": day.isoformat()}
        made.setdefault(person, []).append({**each, **days})
    return made


STUDYPLANS = Resource(
    name="studyplans",
    entity="StudyPlan",
    deleted_as="studyPlans",
    data_class="studyplans",
    scope=_scope,
    visible=_visible,
    columns=("first", "last", "student"),
    write=_write,
    filters={
        "student": Filter(UUIDS, among("student")),
        **day_filters("first", "last"),
    },
    orders={
        "ModifiedDesc": Order("", falling=True),
        **both_ways("StartDate", "first"),
        **both_ways("EndDate", "last"),
    },
    references=(("persons", "student"),),
    has_lookup=False,
)
