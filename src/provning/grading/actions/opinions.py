"""Answering what the grade is, where two teachers decide together (Skollagen 3 kap. 16 §)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.exams.queries import group_for
from provning.grading import events, policies, rules
from provning.grading.actions.deciding import (
    Act,
    Choice,
    Role,
    Values,
    Versions,
    choices,
    conflicts,
    refuse,
    row_problems,
)
from provning.grading.actions.locks import course_of, lock_group, lock_placements
from provning.grading.models import GradeOpinion
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotAllowedError, refuse_if
from provning.people.models import Person


@transaction.atomic
def give_opinions(
    *,
    actor: Actor,
    group_id: UUID,
    values: Values,
    versions: Versions | None = None,
    today: date,
) -> int:
    """Keep what one of the two teachers holds the grades to be; return how many are new.

    `values` are the grades as the teacher read them: one that differs from the stored draft is a
    conflict, so who holds another grade types it first. An opinion decides nothing by itself: the
    other teacher decides when they hold the same. Raises as `decide_grades` does.
    """
    lock_group(group_id)
    group = group_for(actor, group_id)
    role, person_id = policies.require_decider(actor, group)
    if role is not Role.TEACHER:
        raise NotAllowedError(Permission.DECIDE_GRADES.value)
    person = Person.objects.get(pk=person_id)
    act = Act(actor, person, role, group, course_of(group), today).with_other()
    refuse_if([] if act.other_id else [rules.decides_alone(group.name)])
    held = choices(act, lock_placements(group, values), values, values)
    refuse(row_problems(act, held), conflicts(act, held, values, versions))
    new = [each for each in held if each.held_by(person_id) != each.value]
    _store(act, new)
    return len(new)


def _store(act: Act, new: Sequence[Choice]) -> None:
    """Write the opinions and tell the trail once."""
    if not new:
        return
    GradeOpinion.objects.bulk_create(
        [
            GradeOpinion(
                placement_id=each.placement_id,
                person=act.person,
                value=each.value,
                given_at=datetime.now(UTC),
            )
            for each in new
        ],
        update_conflicts=True,
        unique_fields=["placement", "person"],
        update_fields=["value", "given_at"],
    )
    record(
        events.OPINIONS_GIVEN,
        actor=act.actor,
        subjects=[
            ("exam_group", act.group.id),
            *(("grade", each.placement_id) for each in new),
        ],
        before={"opinions": {str(each.placement_id): each.held_by(act.person.id) for each in new}},
        after={
            "group": act.group.name,
            "count": len(new),
            "teacher": act.decider_name,
            "other": act.other_name,
            "opinions": {str(each.placement_id): each.value for each in new},
        },
    )
