"""Reading what waits for one of two who decide together: the other has answered."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from provning.exams.models import Placement
from provning.exams.queries.groups import VALID, group_rows, visible_groups
from provning.exams.rows import GroupRow
from provning.grading.models import GradeDecision, GradeOpinion
from provning.grading.rows import AnsweredRow
from provning.kernel.actors import Actor, Permission
from provning.people.models import Person


def answered_by_other(actor: Actor, today: date) -> list[AnsweredRow]:
    """Return the groups where the teacher whom the actor decides with has answered, and they not.

    Only exams that have been, and nothing that is decided, not carried out or about the deceased.
    Two queries, and one where nobody has answered.
    """
    if actor.person_id is None:
        return []
    counts = dict(_waiting(actor.person_id, today))
    groups = _groups(actor, counts)
    rows = [AnsweredRow(row, _other(row, actor.person_id), counts[row.id]) for row in groups]
    return sorted(rows, key=lambda row: row.group.name)


def _waiting(person_id: UUID, today: date) -> Iterable[tuple[UUID, int]]:
    """Return how many grades wait for the person in each of their groups of two."""
    first, second = Q(group__grading_teacher=person_id), Q(group__co_grading_teacher=person_id)
    decided = GradeDecision.objects.filter(placement_id=OuterRef("pk"))
    own = GradeOpinion.objects.filter(placement_id=OuterRef("pk"), person_id=person_id)
    others = GradeOpinion.objects.filter(
        Q(person_id=OuterRef("group__grading_teacher_id"))
        | Q(person_id=OuterRef("group__co_grading_teacher_id")),
        placement_id=OuterRef("pk"),
    ).exclude(person_id=person_id)
    placements = Placement.objects.filter(
        VALID,
        first | second,
        ~Exists(decided),
        ~Exists(own),
        ~Q(person__status=Person.Status.DECEASED),
        Exists(others),
        outcome=Placement.Outcome.PENDING,
        exam_date__lte=today,
    )
    return placements.order_by().values_list("group_id").annotate(number=Count("pk"))


def _groups(actor: Actor, ids: Iterable[UUID]) -> list[GroupRow]:
    """Return those of the groups in which the actor decides grades today."""
    wanted = set(ids)
    if not wanted:
        return []
    return group_rows(visible_groups(actor, Permission.DECIDE_GRADES).filter(pk__in=wanted))


def _other(group: GroupRow, person_id: UUID) -> str:
    """Return the other teacher's name."""
    return group.co_teacher_name if group.teacher_id == person_id else group.teacher_name
