"""Reading the prövningar that a file is made from, in one statement, so that they agree."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from provning.courses.kinds import Curriculum
from provning.exams.models import Placement
from provning.exams.queries.groups import VALID
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.terms import Term
from provning.people.models import Person, PersonNumber
from provning.reporting.source import SourceRow

AT_A_TIME = 1000
FIELDS = (
    "id",
    "decisions__id",
    "person_id",
    "current_number",
    "person__given_name",
    "person__family_name",
    "person__protection",
    "group_id",
    "group__name",
    "group__start_date",
    "group__end_date",
    "group__year",
    "group__season",
    "group__distance",
    "group__grading_teacher_id",
    "group__unit__code",
    "group__unit__name",
    "group__unit__provider_id",
    "group__unit__provider__name",
    "group__unit__provider__organisation_number",
    "group__unit__provider__kind",
    "group__unit__provider__organiser__organisation_number",
    "decisions__course_code",
    "group__course__code",
    "decisions__course_name",
    "group__course__name",
    "decisions__points",
    "group__course__points",
    "group__course__curriculum",
    "group__course__scale_family",
    "exam_date",
    "outcome",
    "decisions__value",
    "has_twin",
)


def trials(
    organiser_id: UUID, term: Term, period: tuple[date, date], scope: Q
) -> QuerySet[Placement]:
    """Return an organiser's standing prövningar in a period, and those of the term beside it.

    `scope` is a filter over Placement. A prövning has one standing decision or none.
    """
    in_term = Q(group__year=term.year, group__season=term.season)
    return Placement.objects.filter(
        VALID,
        scope,
        Q(exam_date__range=period) | in_term,
        group__unit__provider__organiser=organiser_id,
        decisions__superseded_by__isnull=True,
    )


def source_rows(found: QuerySet[Placement]) -> Iterator[SourceRow]:
    """Give the rows in the order of the file: by person, course and date; one query."""
    number = PersonNumber.objects.filter(person=OuterRef("person"), valid_to__isnull=True)
    twins = Placement.objects.filter(
        VALID,
        ~Q(pk=OuterRef("pk")),
        person=OuterRef("person"),
        group__course=OuterRef("group__course"),
        exam_date=OuterRef("exam_date"),
    )
    shown = found.annotate(
        current_number=Subquery(number.values("number")[:1]), has_twin=Exists(twins)
    ).order_by("current_number", "group__course__code", "exam_date", "pk")
    for values in shown.values_list(*FIELDS).iterator(chunk_size=AT_A_TIME):
        yield _row(*values)


def _row(*values: Any) -> SourceRow:
    """Return a row of the query; what stands in the decision goes before the register's."""
    at: dict[str, Any] = dict(zip(FIELDS, values, strict=True))
    decided = at["decisions__id"] is not None
    return SourceRow(
        placement_id=at["id"],
        decision_id=at["decisions__id"],
        person_id=at["person_id"],
        number=at["current_number"] or "",
        given_name=at["person__given_name"],
        family_name=at["person__family_name"],
        protected=at["person__protection"] != Person.Protection.NONE,
        group_id=at["group_id"],
        group_name=at["group__name"],
        start_date=at["group__start_date"],
        end_date=at["group__end_date"],
        year=at["group__year"],
        season=at["group__season"],
        distance=at["group__distance"],
        supervised=at["group__grading_teacher_id"] is not None,
        unit_code=at["group__unit__code"],
        unit_name=at["group__unit__name"],
        provider_id=at["group__unit__provider_id"],
        provider_name=at["group__unit__provider__name"],
        provider_number=_provider_number(at),
        course_code=at["decisions__course_code" if decided else "group__course__code"],
        course_name=at["decisions__course_name" if decided else "group__course__name"],
        points=at["decisions__points" if decided else "group__course__points"],
        curriculum=Curriculum(at["group__course__curriculum"]),
        scale_family=ScaleFamily(at["group__course__scale_family"]),
        exam_date=at["exam_date"],
        outcome=at["outcome"],
        grade=at["decisions__value"] or "",
        has_twin=at["has_twin"],
    )


def _provider_number(at: dict[str, Any]) -> str:
    """Return the provider's organisation number; what a municipality runs itself has its own."""
    own = str(at["group__unit__provider__organisation_number"])
    if own or at["group__unit__provider__kind"] != "internal":
        return own
    return str(at["group__unit__provider__organiser__organisation_number"])
