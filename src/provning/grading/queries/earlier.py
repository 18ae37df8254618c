"""Reading what the persons of a sheet have had before in the same course or subject."""

from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from provning.audit.asking import evened, worded_once
from provning.courses.models import Course
from provning.exams.rows import GroupRow
from provning.grading.models import GradeDecision
from provning.grading.queries.chains import decision_scope
from provning.grading.queries.decisions import VALID_DECISION
from provning.grading.rows import EarlierGrade, GradeSheet
from provning.kernel.actors import Actor
from provning.kernel.course_codes import level_variant

COLUMNS = (
    *("placement__exam_date", "decided_at", "id", "placement__person_id"),
    *("placement__group__course_id", "course_code", "course_name", "value"),
)
"""What is told of a grade, the three that put it in order first."""
NEWEST = itemgetter(0, 1)


def earlier_grades(actor: Actor, sheet: GradeSheet) -> dict[UUID, tuple[EarlierGrade, ...]]:
    """Return what stands from before each placement's prövningsdatum, by placement, newest first.

    The same course, and on Gy25 the other levels of the subject. Only decisions in the actor's
    scope: a teacher meets those of own groups, since a prövning is judged by itself (Skollagen
    20 kap. 40 §) and nobody sees more about a person than the work needs. One query for any size.
    """
    persons = {row.placement.person.id for row in sheet.rows}
    found = _by_person(_decisions(actor, sheet.group.course_id, *evened(persons)), sheet.group)
    return {
        row.placement.id: tuple(
            each
            for each in found.get(row.placement.person.id, ())
            if each.exam_date < row.placement.exam_date
        )
        for row in sheet.rows
    }


@worded_once
def _decisions(actor: Actor, course_id: UUID, *person_ids: UUID) -> QuerySet[GradeDecision, Any]:
    """Return the decisions in scope that stand, in the course or, on Gy25, in its subject."""
    of_gy25 = Course.objects.filter(pk=course_id, curriculum=Course.Curriculum.GY25)
    subject = Q(
        placement__group__course__curriculum=Course.Curriculum.GY25,
        placement__group__course__subject_code=Subquery(of_gy25.values("subject_code")),
    )
    return GradeDecision.objects.filter(
        VALID_DECISION,
        decision_scope(actor),
        Q(placement__group__course=course_id) | subject,
        placement__person__in=person_ids,
    ).values_list(*COLUMNS)


def _by_person(decisions: list[tuple[Any, ...]], group: GroupRow) -> dict[UUID, list[EarlierGrade]]:
    """Return the grades by person, newest first; another language is another subject."""
    found: dict[UUID, list[EarlierGrade]] = {}
    by_key = sorted(decisions, key=itemgetter(2))
    for exam_date, _at, key, person_id, course_id, code, name, value in sorted(
        by_key, key=NEWEST, reverse=True
    ):
        same = course_id == group.course_id
        if same or level_variant(code) == level_variant(group.course_code):
            grade = EarlierGrade(key, value, exam_date, "" if same else name)
            found.setdefault(person_id, []).append(grade)
    return found
