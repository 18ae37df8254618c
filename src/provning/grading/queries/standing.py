"""Reading what stands around an undecided grade: the teachers' answers, other decisions."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from provning.audit.asking import evened, worded_once
from provning.exams.models import Placement
from provning.exams.rows import GroupRow
from provning.grading.models import GradeDecision, GradeOpinion
from provning.grading.queries.decisions import VALID_DECISION
from provning.grading.rows import Opinion


def opinions_of(group: GroupRow, placement_ids: Iterable[UUID]) -> dict[UUID, tuple[Opinion, ...]]:
    """Return what the group's teachers have answered, by placement, the grading teacher first.

    One query, and none where one teacher decides alone. Who no longer decides counts no more.
    """
    if group.co_teacher_id is None:
        return {}
    given = GradeOpinion.objects.filter(
        placement_id__in=set(placement_ids), person_id__in=group.teacher_ids
    )
    found: dict[UUID, tuple[Opinion, ...]] = {}
    for each in sorted(given, key=lambda opinion: opinion.person_id != group.teacher_id):
        first = each.person_id == group.teacher_id
        name = group.teacher_name if first else group.co_teacher_name
        opinion = Opinion(each.person_id, name, each.value, each.given_at)
        found[each.placement_id] = (*found.get(each.placement_id, ()), opinion)
    return found


def decided_elsewhere(group: GroupRow, placement_ids: Iterable[UUID]) -> set[UUID]:
    """Return the placements whose person has the course decided on the same date elsewhere.

    Elsewhere is another group of the same organiser. One query.
    """
    found = _twice(group.course_id, group.organiser_id, group.id, *evened(placement_ids))
    return {key for (key,) in found}


@worded_once
def _twice(
    course_id: UUID, organiser_id: UUID, group_id: UUID, *placement_ids: UUID
) -> QuerySet[Placement, Any]:
    others = GradeDecision.objects.filter(
        VALID_DECISION,
        placement__person_id=OuterRef("person_id"),
        placement__exam_date=OuterRef("exam_date"),
        placement__group__course_id=course_id,
        placement__group__unit__provider__organiser_id=organiser_id,
    ).exclude(placement__group_id=group_id)
    twice = Placement.objects.filter(Exists(others), pk__in=placement_ids)
    return twice.values_list("pk")
