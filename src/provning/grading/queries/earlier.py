"""Reading what the persons of a sheet have had before in the same course or subject."""

from collections.abc import Iterable
from operator import attrgetter
from uuid import UUID

from django.db.models import Q, Subquery

from provning.courses.models import Course
from provning.exams.rows import GroupRow
from provning.grading.models import GradeDecision
from provning.grading.queries.chains import decision_scope
from provning.grading.queries.decisions import VALID_DECISION
from provning.grading.rows import EarlierGrade, GradeSheet
from provning.kernel.actors import Actor
from provning.kernel.course_codes import level_variant

COLUMNS = (
    *("value", "course_code", "course_name", "decided_at"),
    *("placement__person_id", "placement__exam_date", "placement__group__course_id"),
)
"""What is told of a grade."""


def earlier_grades(actor: Actor, sheet: GradeSheet) -> dict[UUID, tuple[EarlierGrade, ...]]:
    """Return what stands from before each placement's prövningsdatum, by placement, newest first.

    The same course, and on Gy25 the other levels of the subject. Only decisions in the actor's
    scope: a teacher meets those of own groups, since a prövning is judged by itself (Skollagen
    20 kap. 40 §) and nobody sees more about a person than the work needs. One query for any size.
    """
    persons = {row.placement.person.id for row in sheet.rows}
    found = _by_person(_decisions(actor, sheet.group, persons), sheet.group)
    return {
        row.placement.id: tuple(
            each
            for each in found.get(row.placement.person.id, ())
            if each.exam_date < row.placement.exam_date
        )
        for row in sheet.rows
    }


def _decisions(actor: Actor, group: GroupRow, persons: set[UUID]) -> Iterable[GradeDecision]:
    """Return the decisions in scope that stand, in the course or, on Gy25, in its subject."""
    of_gy25 = Course.objects.filter(pk=group.course_id, curriculum=Course.Curriculum.GY25)
    subject = Q(
        placement__group__course__curriculum=Course.Curriculum.GY25,
        placement__group__course__subject_code=Subquery(of_gy25.values("subject_code")),
    )
    decisions = (
        GradeDecision.objects.filter(
            VALID_DECISION,
            decision_scope(actor),
            Q(placement__group__course=group.course_id) | subject,
            placement__person__in=persons,
        )
        .select_related("placement__group")
        .only(*COLUMNS)
    )
    # Put in order here: the database's way asks Django about each column that is read.
    by_key = sorted(decisions, key=attrgetter("pk"))
    return sorted(by_key, key=attrgetter("placement.exam_date", "decided_at"), reverse=True)


def _by_person(
    decisions: Iterable[GradeDecision], group: GroupRow
) -> dict[UUID, list[EarlierGrade]]:
    """Return the grades by person; another language or direction is another subject."""
    found: dict[UUID, list[EarlierGrade]] = {}
    for each in decisions:
        same = each.placement.group.course_id == group.course_id
        if same or level_variant(each.course_code) == level_variant(group.course_code):
            other = "" if same else each.course_name
            grade = EarlierGrade(each.id, each.value, each.placement.exam_date, other)
            found.setdefault(each.placement.person_id, []).append(grade)
    return found
