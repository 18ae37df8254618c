"""Grades: the decisions that stand, each from a prövning."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from provning.grading.models import GradeDecision
from provning.people.models import Person
from provning.people.queries.same import of_person, root_of
from provning.publishing.asking import Parameter, read_a_day
from provning.publishing.moments import day_after, start_of, swedish_day
from provning.publishing.resources.declaring import (
    UUID_,
    Filter,
    Order,
    Page,
    Resource,
    Row,
    Written,
    falling,
    leave_out,
    organisation_path,
    rising,
)
from provning.publishing.viewer import Viewer

TEACHER = GradeDecision.DeciderRole.TEACHER


def _scope(viewer: Viewer) -> QuerySet[GradeDecision]:
    return GradeDecision.objects.filter(viewer.within_unit("placement__group__unit"))


def _visible(viewer: Viewer) -> QuerySet[GradeDecision]:
    shown = viewer.shown("placement__person__")
    found = _scope(viewer).filter(shown, superseded_by__isnull=True)
    return found.annotate(student=root_of("placement__"))


def _registered_by(person: UUID, _viewer: Viewer) -> Q:
    """Return the condition that the person typed the grade.

    What an account without a person typed counts as typed by who decided.
    """
    staff = Person.objects.filter(user__isnull=False).values_list("pk", "user_id")
    accounts = {str(user): key for key, user in staff}
    own = [account for account, key in accounts.items() if key == person]
    typed = Q(registered_by_account__in=own)
    return typed | Q(decided_by=person) & ~Q(registered_by_account__in=list(accounts))


def _write(rows: Sequence[Row], page: Page) -> list[Written]:
    registrars = _registrars(rows)
    page.references.load("persons", registrars.values())
    page.references.load("persons", (row["decided_by_id"] for row in rows))
    page.references.load("persons", (row["student"] for row in rows))
    return [_one(row, registrars, page) for row in rows]


def _registrars(rows: Sequence[Row]) -> dict[str, UUID]:
    """Return the persons behind the accounts that typed the grades."""
    accounts = {row["registered_by_account"] for row in rows if _is_account(row)}
    found = Person.objects.filter(user_id__in=accounts).values_list("user_id", "pk")
    return {str(user): key for user, key in found}


def _is_account(row: Row) -> bool:
    try:
        UUID(row["registered_by_account"])
    except ValueError:
        return False
    return True


def _one(row: Row, registrars: dict[str, UUID], page: Page) -> Written:
    to = page.references.to
    registrar = registrars.get(row["registered_by_account"]) or row["decided_by_id"]
    unit = to("units", row["placement__group__unit_id"])
    by_teacher = row["decider_role"] == TEACHER
    return {
        **page.head("grades", row["row_key"]),
        "student": to("persons", row["student"]),
        "organisation": unit,
        # The official description asks for it by this name, and describes it by the other.
        "schoolUnit": unit,
        "registeredBy": to("persons", registrar),
        **({"gradingTeacher": to("persons", row["decided_by_id"])} if by_teacher else {}),
        "group": to("groups", row["placement__group_id"]),
        "registeredDate": swedish_day(row["decided_at"]).isoformat(),
        "gradeValue": row["value"],
        "finalGrade": True,
        "trial": True,
        "adaptedStudyPlan": "",
        "converted": False,
        **leave_out({"correctionType": row["correction_type"]}),
        "semester": row["placement__group__season"],
        "year": row["placement__group__year"],
        "syllabus": to("syllabuses", row["placement__group__course_id"]),
        **leave_out({"diplomaProject": _project(row)}),
    }


def _project(row: Row) -> Written | None:
    if not row["project_title"]:
        return None
    return {"title": row["project_title"], "description": row["project_summary"]}


def _registered(sign: str) -> Filter:
    def condition(day: Any, _viewer: Viewer) -> Q:
        if sign == "gte":
            return Q(decided_at__gte=start_of(day))
        return Q(decided_at__lt=start_of(day_after(day)))

    return Filter(Parameter(read_a_day), condition)


GRADES = Resource(
    name="grades",
    entity="Grade",
    deleted_as="grades",
    data_class="grades",
    scope=_scope,
    visible=_visible,
    columns=(
        "value",
        "decided_at",
        "decided_by_id",
        "decider_role",
        "registered_by_account",
        "correction_type",
        "project_title",
        "project_summary",
        "student",
        "placement__group_id",
        "placement__group__unit_id",
        "placement__group__season",
        "placement__group__year",
        "placement__group__course_id",
    ),
    write=_write,
    filters={
        "organisation": Filter(UUID_, organisation_path("placement__group__unit")),
        "student": Filter(UUID_, lambda value, _viewer: of_person(value, "placement__")),
        "registeredBy": Filter(UUID_, _registered_by),
        "gradingTeacher": Filter(
            UUID_, lambda value, _viewer: Q(decided_by=value, decider_role=TEACHER)
        ),
        "registeredDate.onOrAfter": _registered("gte"),
        "registeredDate.onOrBefore": _registered("lt"),
    },
    orders={
        "registeredDateAsc": rising("decided_at"),
        "registeredDateDesc": falling("decided_at"),
        "ModifiedDesc": Order("", falling=True),
    },
    references=(
        ("units", "placement__group__unit_id"),
        ("groups", "placement__group_id"),
        ("syllabuses", "placement__group__course_id"),
    ),
)
