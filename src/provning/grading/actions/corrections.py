"""Rättelse: rektor mends a clerical error in a decided grade (Skollagen 3 kap. 19 §)."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.courses.rows import CourseRow
from provning.exams.actions.corrections import Move, move_placement, move_problems
from provning.exams.models import ExamGroup
from provning.exams.policies import delegated_on_group
from provning.exams.queries import group_for
from provning.grading import policies
from provning.grading.actions.replacing import supersede
from provning.grading.actions.superseding import (
    Act,
    Held,
    Kind,
    Role,
    examined_course,
    hold,
    new_particulars,
    own_problems,
    particulars_problems,
    principal_problems,
    refuse_unless_open,
    sent_before,
)
from provning.grading.models import GradeDecision
from provning.grading.rows import Particulars
from provning.grading.rules.corrections import Grounds, Wording, correction_problems
from provning.kernel.actors import Actor, Permission
from provning.kernel.delegation import on_delegation
from provning.kernel.grade_scales import grade_value_problems, normalise_value
from provning.kernel.problems import Problem
from provning.people.models import Person


@transaction.atomic
def correct_grade(
    *,
    actor: Actor,
    decision_id: UUID,
    value: str,
    exam_date: date | None = None,
    group_id: UUID | None = None,
    particulars: Particulars | None = None,
    hearing: str,
    hearing_note: str,
    reason: str,
    submission: UUID,
    today: date,
) -> GradeDecision:
    """Correct what was written wrongly in a decision: value, date, group or particulars.

    `exam_date`, `group_id` and `particulars` None mean as they were. A wrong date or course gives
    the person a new placement that supersedes the old one, at the same provider. `hearing` is a
    value of `GradeDecision.Hearing`, `hearing_note` what the examinee said or why they were not
    heard. A clerical error about somebody who has died is corrected too: it is no new judgement.
    The same `submission` again returns what it decided the first time.

    Raises `NotFoundError`, `NotAllowedError` (only rektor), `ConflictError` when somebody was first
    (who, when, what) and `ProblemsFoundError`.
    """
    right_group = group_for(actor, group_id) if group_id else None
    held = hold(actor, decision_id, [group_id] if group_id else ())
    person_id = policies.require_corrector(actor, held.group)
    if right_group:
        policies.require_corrector(actor, right_group)
    move = _move(held, exam_date, group_id)
    course = examined_course(move.group)
    delegated_by = delegated_on_group(actor, Permission.CORRECT_GRADES, held.group)
    act = Act(
        actor=actor,
        person=Person.objects.get(pk=person_id),
        role=Role.PRINCIPAL,
        kind=Kind.CORRECTION,
        submission=submission,
        value=normalise_value(value),
        particulars=new_particulars(held, particulars, course),
        reason=on_delegation(reason.strip(), delegated_by),
        delegated_by=delegated_by,
        hearing=hearing,
        hearing_note=hearing_note.strip(),
    )
    earlier = sent_before(held, submission, _asked(act, move))
    if earlier:
        return earlier
    refuse_unless_open(held, act, _problems(held, act, move, course, today))
    placement = move_placement(move) if move.changes else held.placement
    return supersede(held, act, placement, course)


def _move(held: Held, exam_date: date | None, group_id: UUID | None) -> Move:
    """Return where the placement should have been, which may be where it is."""
    groups = ExamGroup.objects.select_related("unit")
    group = groups.get(pk=group_id or held.old.group_id)
    return Move(held.placement, group, exam_date or held.old.exam_date)


def _asked(act: Act, move: Move) -> Mapping[str, object]:
    """Return the facts by which a form that comes again is known."""
    return {
        "correction_type": act.kind,
        "decided_by_id": act.person.pk,
        "value": act.value,
        "reason": act.reason,
        "placement.exam_date": move.exam_date,
        "placement.group_id": move.group.id,
    }


def _problems(held: Held, act: Act, move: Move, course: CourseRow, today: date) -> list[Problem]:
    """Say everything that stands against the rättelse."""
    old = held.old
    days = {old.exam_date, move.exam_date}
    return [
        *principal_problems(act.actor, held.group, days, Permission.CORRECT_GRADES),
        *own_problems(act.actor, held),
        *grade_value_problems(act.value, course.scale_family, move.exam_date),
        *move_problems(move, today),
        *particulars_problems(act.particulars, course),
        *correction_problems(
            Wording(old.value, old.exam_date, old.group_id, old.particulars),
            Wording(act.value, move.exam_date, move.group.id, act.particulars),
            Grounds(act.hearing, act.hearing_note, act.reason),
        ),
    ]
