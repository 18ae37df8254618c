"""Ändring: a grade that is plainly wrong is raised by those who decided (Skollagen 3 kap. 20 §)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.courses.rows import CourseRow
from provning.exams.policies import delegated_on_group
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
from provning.grading.chains import deciders, judgement
from provning.grading.models import GradeDecision
from provning.grading.rows import DecisionRow, Particulars
from provning.grading.rules.amendments import Amender, Raise, amendment_problems
from provning.kernel.actors import Actor, Permission
from provning.kernel.delegation import on_delegation
from provning.kernel.grade_scales import grade_value_problems, normalise_value
from provning.kernel.problems import NotAllowedError, Problem
from provning.people.models import Person
from provning.people.queries import on_duty


@transaction.atomic
def amend_grade(
    *,
    actor: Actor,
    decision_id: UUID,
    value: str,
    reason: str,
    ground: str = "",
    together: bool = False,
    particulars: Particulars | None = None,
    submission: UUID,
    today: date,
) -> GradeDecision:
    """Raise a decided grade that was wrong when it was decided; it is never lowered.

    By the one or those who judged it; `together` says, where they were several, that all agree. Or
    by a rektor, whose `ground` is a value of `GradeDecision.PrincipalGround`. `reason` names the
    circumstances, from before the decision. `particulars` None means as they were. The same
    `submission` again returns what it decided the first time.

    Raises `NotFoundError`, `NotAllowedError`, `ConflictError` when somebody was first (who, when,
    what) and `ProblemsFoundError`.
    """
    held = hold(actor, decision_id)
    judged = judgement(held.chain)
    course = examined_course(held.group)
    act = _act(held, judged, actor, submission, ground)
    act = replace(
        act,
        value=normalise_value(value),
        reason=on_delegation(reason.strip(), act.delegated_by),
        particulars=new_particulars(held, particulars, course),
    )
    earlier = sent_before(held, submission, _asked(act))
    if earlier:
        return earlier
    refuse_unless_open(held, act, _problems(held, judged, act, course, today, together=together))
    return supersede(held, act, held.placement, course)


def _act(held: Held, judged: DecisionRow, actor: Actor, submission: UUID, ground: str) -> Act:
    """Return who amends and in which role, with those they decided together with.

    Whoever judged the grade keeps the ground on which they did, which a teacher has none of.
    """
    makers = deciders(judged)
    role = policies.amender_role(actor, held.group, Role(judged.decider_role), makers.keys())
    if role is None or actor.person_id is None:
        raise NotAllowedError(Permission.DECIDE_GRADES.value)
    own = actor.person_id in makers
    others = {key: name for key, name in makers.items() if key != actor.person_id}
    return Act(
        actor=actor,
        person=Person.objects.get(pk=actor.person_id),
        role=role,
        kind=Kind.AMENDMENT,
        submission=submission,
        ground=judged.ground if own else ground,
        delegated_by=_delegated_by(actor, held, role),
        joint=others if own else {},
    )


def _asked(act: Act) -> Mapping[str, object]:
    """Return the facts by which a form that comes again is known."""
    return {
        "correction_type": act.kind,
        "decided_by_id": act.person.pk,
        "value": act.value,
        "reason": act.reason,
    }


def _problems(
    held: Held,
    judged: DecisionRow,
    act: Act,
    course: CourseRow,
    today: date,
    *,
    together: bool,
) -> list[Problem]:
    """Say everything that stands against the ändring."""
    old, day = held.old, held.old.exam_date
    scale = course.scale_on(day)
    as_principal = act.role is Role.PRINCIPAL
    return [
        *(_principal_problems(act, held, day) if as_principal else ()),
        *own_problems(act.actor, held),
        *grade_value_problems(act.value, course.scale_family, day),
        *particulars_problems(act.particulars, course),
        *amendment_problems(
            Raise(old.value, old.scale_id, act.value, scale.id if scale else ""),
            _amender(held, judged, act, today, together=together),
            act.reason,
            deceased=held.examinee.status == Person.Status.DECEASED,
        ),
    ]


def _principal_problems(act: Act, held: Held, day: date) -> list[Problem]:
    return principal_problems(act.actor, held.group, [day], Permission.DECIDE_GRADES)


def _delegated_by(actor: Actor, held: Held, role: Role) -> str:
    """Return on whose delegation a rektor's task is done, "" by right of one's own."""
    by_right = role is not Role.PRINCIPAL
    return "" if by_right else delegated_on_group(actor, Permission.DECIDE_GRADES, held.group)


def _amender(held: Held, judged: DecisionRow, act: Act, today: date, *, together: bool) -> Amender:
    """Return who amends as the rules see it."""
    makers = deciders(judged)
    serving = on_duty(makers, held.group.unit_id, today)
    own = act.person.pk in makers
    others = tuple(name for key, name in makers.items() if key != act.person.pk)
    return Amender(
        decided=own,
        is_principal=act.role is Role.PRINCIPAL,
        on_duty=act.person.pk in serving,
        others=others,
        together=together,
        ground=act.ground,
        others_left=bool(makers.keys() - serving),
    )
