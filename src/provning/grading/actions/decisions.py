"""Deciding grades: once, by the one or two who may, on what they have read."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from operator import attrgetter
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.audit.inserting import insert_models
from provning.exams.policies import delegated_on_group
from provning.exams.queries import group_to_act_on
from provning.exams.rows import GroupRow
from provning.exams.rules import binding, overridden
from provning.grading import events, policies, rules
from provning.grading.actions.deciding import (
    Act,
    Choice,
    Values,
    Versions,
    choices,
    conflicts,
    office,
    refuse,
    row_problems,
)
from provning.grading.actions.locks import course_of, lock_group, lock_placements
from provning.grading.models import GradeDecision, GradeDraft, GradeOpinion, JointDecider
from provning.grading.queries.standing import decided_elsewhere
from provning.grading.sealing import seal_of
from provning.kernel.actors import Actor, Permission
from provning.kernel.delegation import on_delegation
from provning.kernel.problems import Problem, refuse_if
from provning.people.models import Person
from provning.people.queries import teacher_on


@transaction.atomic
def decide_grades(
    *,
    actor: Actor,
    group_id: UUID,
    placement_ids: Collection[UUID] | None = None,
    submission: UUID,
    today: date,
    values: Values | None = None,
    versions: Versions | None = None,
    ground: str = "",
    reason: str = "",
    override_reason: str = "",
) -> list[GradeDecision]:
    """Decide and lock grades of a group: all of the chosen ones or none.

    `values` are the grades as the decider read them: one that differs from the stored draft is a
    conflict, one without a draft was typed by the decider. `versions` are the drafts' versions as
    read. `placement_ids` None means those that `values` speaks of, and without `values` everything
    that has a draft. Where two teachers decide together, the second to answer decides, on grades
    that the first holds too. `ground` and `reason` are asked of a rektor, who between teachers that
    disagree also chooses the value. `override_reason` lets a grade through that looks registered
    twice. The same `submission` again returns what it decided the first time.

    Raises `NotFoundError`, `NotAllowedError`, `ConflictError` (who, when, what) and
    `ProblemsFoundError`.
    """
    lock_group(group_id)
    group = group_to_act_on(actor, group_id)
    role, person_id = policies.require_decider(actor, group)
    chosen = values if placement_ids is None else placement_ids
    locked = lock_placements(group, chosen)
    earlier = sorted(GradeDecision.objects.filter(submission=submission), key=attrgetter("pk"))
    if earlier:
        return _same_form(earlier, actor, group_id)
    person, course = Person.objects.get(pk=person_id), course_of(group)
    by = _delegated_by(actor, group, role)
    why = on_delegation(reason.strip(), by)
    act = Act(actor, person, role, group, course, today, ground, why, by).with_other()
    deciding = choices(act, locked, chosen, values)
    problems = _problems(act, deciding)
    refuse(binding(problems, override_reason), conflicts(act, deciding, values, versions))
    decisions = _store(act, deciding, submission)
    why = override_reason.strip() if overridden(problems, override_reason) else act.reason
    _record(act, decisions, deciding, why)
    return decisions


def _delegated_by(actor: Actor, group: GroupRow, role: GradeDecision.DeciderRole) -> str:
    """Return on whose delegation a rektor's task is done, "" by right of one's own."""
    by_right = role is not GradeDecision.DeciderRole.PRINCIPAL
    return "" if by_right else delegated_on_group(actor, Permission.DECIDE_GRADES, group)


def _same_form(earlier: list[GradeDecision], actor: Actor, group_id: UUID) -> list[GradeDecision]:
    """Return what the form decided when it came the first time."""
    same = all(
        each.decided_by_id == actor.person_id and each.placement.group_id == group_id
        for each in earlier
    )
    refuse_if([] if same else [rules.submission_used()])
    return earlier


def _problems(act: Act, deciding: list[Choice]) -> list[Problem]:
    """Say everything that stands against deciding: who, which grades, what is missing."""
    elsewhere = decided_elsewhere(act.group, (each.placement_id for each in deciding))
    twice = (each.locked.attempt for each in deciding if each.placement_id in elsewhere)
    return [
        *_decider_problems(act, deciding),
        *row_problems(act, deciding),
        *(problem for each in deciding for problem in _choice_problems(act, each)),
        *map(rules.decided_elsewhere, twice),
    ]


def _decider_problems(act: Act, deciding: list[Choice]) -> list[Problem]:
    """Say why this person, with the other teacher when there is one, does not decide."""
    on_duty = {each: _deciding(act, each) for each in act.group.teacher_ids}
    left = not all(each.on_duty for each in on_duty.values()) or not on_duty
    where = office(act, deciding, teacher_left=left)
    if act.is_principal:
        wide = policies.decides_for_organiser(act.actor, act.group)
        return rules.principal_problems(rules.Principal(act.ground, act.reason, wide), where)
    other = on_duty[act.other_id] if act.other_id else None
    return rules.teacher_problems(on_duty[act.person.id], other, where)


def _deciding(act: Act, person_id: UUID) -> rules.Deciding:
    """Return one of the group's teachers as the rules see them."""
    teacher = teacher_on(person_id, act.group.unit_id, act.today)
    name = act.decider_name if person_id == act.person.id else act.other_name
    registered = teacher is not None and teacher.registered_teacher
    return rules.Deciding(name, teacher is not None, registered)


def _choice_problems(act: Act, choice: Choice) -> list[Problem]:
    """Say what stands against one grade: the other teacher, and what is missing beside it."""
    field = rules.field_for(choice.placement_id)
    missing = rules.missing_particulars(choice.particulars, rules.needs_of(act.course))
    return [
        *_joint_problems(act, choice),
        *(rules.at_row(problem, field) for problem in missing),
    ]


def _joint_problems(act: Act, choice: Choice) -> list[Problem]:
    """Say what the other teacher has answered, or that there is nothing for rektor to settle."""
    if act.settles:
        opinions = (choice.held_by(each) for each in act.group.teacher_ids)
        return [] if rules.disagree(opinions) else [rules.no_disagreement(choice.placement_id)]
    if act.other_id is None:
        return []
    own, held = choice.held_by(act.person.id), choice.held_by(act.other_id)
    if own not in {"", choice.value}:
        return [rules.own_answer_differs(choice.placement_id, choice.value, own)]
    return rules.stand_problems(choice.placement_id, choice.value, held, act.other_name)


def _store(act: Act, deciding: list[Choice], submission: UUID) -> list[GradeDecision]:
    """Write the decisions, who decided along, and take away what they have taken the place of."""
    moment = datetime.now(UTC)
    decisions = [_decision(act, each, submission, moment) for each in deciding]
    with refused_as(_decided_meanwhile()):
        insert_models(decisions)
    if act.other_id:
        JointDecider.objects.bulk_create(
            JointDecider(decision=each, person_id=act.other_id, name=act.other_name)
            for each in decisions
        )
    placements = [each.placement_id for each in decisions]
    GradeDraft.objects.filter(placement__in=placements).delete()
    GradeOpinion.objects.filter(placement__in=placements).delete()
    return decisions


def _decision(act: Act, choice: Choice, submission: UUID, moment: datetime) -> GradeDecision:
    """Return the row to store, with course and scale as they are on the day."""
    attempt = choice.locked.attempt
    scale = act.course.scale_on(attempt.exam_date)
    return GradeDecision(
        placement_id=attempt.placement_id,
        value=choice.value,
        scale_id=scale.id if scale else "",
        course_code=act.course.code,
        course_name=act.course.name,
        points=act.course.points,
        decided_by_id=act.person.pk,
        decided_by_name=act.decider_name,
        decider_role=act.role,
        registered_by_account=choice.typed_by_account,
        registered_by_name=choice.typed_by_name,
        decided_at=moment,
        submission=submission,
        ground=act.ground if act.is_principal else "",
        reason=act.reason if act.is_principal else "",
        **choice.particulars.columns(),
    )


def _decided_meanwhile() -> Problem:
    """Say that somebody else was first, when the database is the one to notice."""
    message = "Någon annan beslutade ett av betygen nyss. Ladda om sidan och läs vad som beslutats."
    return Problem("grade-decided-meanwhile", "", message, rules.SL_19)


def _record(act: Act, decisions: list[GradeDecision], deciding: list[Choice], reason: str) -> None:
    """Tell the trail once, however many grades were decided."""
    persons = {("person", each.locked.person_id) for each in deciding}
    record(
        events.GRADES_DECIDED,
        actor=act.actor,
        subjects=[
            ("exam_group", act.group.id),
            *(("grade", each.placement_id) for each in decisions),
            *persons,
        ],
        after={
            "group": act.group.name,
            "course": act.course.code,
            "count": len(decisions),
            "decided_by": act.decider_name,
            "decided_with": act.other_name,
            "decider_role": act.role,
            "ground": act.ground if act.is_principal else "",
            "delegated_by": act.delegated_by,
            "decisions": [
                _facts(act, each, choice) for each, choice in zip(decisions, deciding, strict=True)
            ],
        },
        reason=reason,
    )


def _facts(act: Act, decision: GradeDecision, choice: Choice) -> dict[str, object]:
    """Return what the trail keeps of one decision; its seal is held against the table."""
    attempt, other = choice.locked.attempt, act.other_id
    return {
        "decision": decision.id,
        "placement": decision.placement_id,
        "exam_date": attempt.exam_date,
        "value": decision.value,
        "seal": seal_of(
            decision,
            exam_date=attempt.exam_date,
            person_id=choice.locked.person_id,
            joint=[(other, act.other_name)] if other else [],
        ),
        "registered_by": decision.registered_by_account,
        "exception_used": decision.exception_used,
        "opinions": {str(person): value for person, value in choice.locked.opinions.items()},
    }
