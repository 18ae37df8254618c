"""Reading what two who decide together wait for: the other's answer, or rektor."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from provning.exams.models import Placement
from provning.exams.queries import group_scope
from provning.exams.queries.groups import group_rows, visible_groups
from provning.exams.rows import GroupRow
from provning.grading import policies
from provning.grading.models import GradeOpinion
from provning.grading.rows import JointRow
from provning.kernel.actors import Actor, Permission

STANDS = Q(placement__superseded_by__isnull=True) & ~Q(
    placement__outcome=Placement.Outcome.WITHDRAWN
)


def joint_waiting(actor: Actor) -> list[JointRow]:
    """Return the groups where two decide together and the next answer is the actor's, by name.

    A teacher's own is missing where the other has answered; rektor decides where they disagree
    (Skollagen 20 kap. 41 §). Answers are gone once a grade is decided. Two queries, one when nobody
    has answered anything.
    """
    given = GradeOpinion.objects.filter(
        STANDS, group_scope(actor, Permission.DECIDE_GRADES, "placement__group__")
    )
    answers: dict[UUID, dict[UUID, dict[UUID, str]]] = {}
    for group_id, placement_id, person_id, value in given.values_list(
        "placement__group_id", "placement_id", "person_id", "value"
    ):
        answers.setdefault(group_id, {}).setdefault(placement_id, {})[person_id] = value
    if not answers:
        return []
    groups = visible_groups(actor, Permission.DECIDE_GRADES).filter(pk__in=answers)
    rows = [_row(actor, row, answers[row.id]) for row in group_rows(groups)]
    return sorted(
        (row for row in rows if row.asked or row.disputed), key=lambda row: row.group.name
    )


def _row(actor: Actor, group: GroupRow, answers: Mapping[UUID, Mapping[UUID, str]]) -> JointRow:
    """Count what waits in one group; who no longer decides counts no more."""
    held = [
        {person: value for person, value in given.items() if person in group.teacher_ids}
        for given in answers.values()
    ]
    own = actor.person_id in group.teacher_ids
    asked = sum(bool(given) and actor.person_id not in given for given in held) if own else 0
    disputed = sum(len(set(given.values())) > 1 for given in held)
    return JointRow(group, asked, disputed if policies.is_principal(actor, group) else 0)
