"""Deciding grades: once, by the one who may, on what they have read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import moment_text, refused_as
from provning.courses.rows import CourseRow
from provning.exams.queries import group_for
from provning.exams.rows import GroupRow
from provning.grading import events, policies, rules
from provning.grading.actions.locks import Locked, course_of, lock_group, lock_placements
from provning.grading.models import GradeDecision, GradeDraft
from provning.grading.states import is_open
from provning.kernel.actors import Actor, Permission
from provning.kernel.grade_scales import normalise_value
from provning.kernel.problems import ConflictError, Problem, refuse_if
from provning.organisation.models import Provider
from provning.organisation.queries import unit_for
from provning.people.models import Person
from provning.people.names import spoken_name
from provning.people.queries import teacher_on

Values = Mapping[UUID, str]
"""Grades as somebody read or typed them, by placement."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One grade about to be decided: the value, and the account that typed it."""

    locked: Locked
    value: str
    typed_by_account: str
    typed_by_name: str


@dataclass(frozen=True, slots=True)
class Act:
    """One act of deciding: who, in which role, where and when, and the form it came from."""

    actor: Actor
    person: Person
    role: GradeDecision.DeciderRole
    group: GroupRow
    course: CourseRow
    submission: UUID
    reason: str
    today: date

    @property
    def decider_name(self) -> str:
        """Return the decider's name as it is signed."""
        return spoken_name(self.person.given_name, self.person.family_name)


@transaction.atomic
def decide_grades(
    *,
    actor: Actor,
    group_id: UUID,
    placement_ids: Collection[UUID] | None = None,
    submission: UUID,
    today: date,
    values: Values | None = None,
    reason: str = "",
) -> list[GradeDecision]:
    """Decide and lock grades of a group: all of the chosen ones or none.

    `values` are the grades as the decider read them: one that differs from the stored draft is a
    conflict, one without a draft was typed by the decider. `placement_ids` None means those that
    `values` speaks of, and without `values` everything that has a draft. `reason` is asked of a
    principal. The same `submission` again returns what it
    decided the first time. Raises `NotFoundError`, `NotAllowedError`, `ConflictError` (who, when,
    what) and `ProblemsFoundError`.
    """
    lock_group(group_id)
    group = group_for(actor, group_id)
    role, person_id = policies.require_decider(actor, group)
    chosen = values if placement_ids is None else placement_ids
    locked = lock_placements(group, chosen)
    earlier = list(GradeDecision.objects.filter(submission=submission).order_by("pk"))
    if earlier:
        return _same_form(earlier, actor, group_id)
    person = Person.objects.get(pk=person_id)
    act = Act(actor, person, role, group, course_of(group), submission, reason.strip(), today)
    choices = _choices(act, locked, chosen, values)
    _refuse(act, choices, values)
    with refused_as(_decided_meanwhile()):
        decisions = GradeDecision.objects.bulk_create([_decision(act, each) for each in choices])
    GradeDraft.objects.filter(placement__in=[each.placement_id for each in decisions]).delete()
    _record(act, decisions, choices)
    return decisions


def _same_form(earlier: list[GradeDecision], actor: Actor, group_id: UUID) -> list[GradeDecision]:
    """Return what the form decided when it came the first time."""
    same = all(
        each.decided_by_id == actor.person_id and each.placement.group_id == group_id
        for each in earlier
    )
    refuse_if([] if same else [rules.submission_used()])
    return earlier


def _choices(
    act: Act, locked: dict[UUID, Locked], chosen: Iterable[UUID] | None, values: Values | None
) -> list[Choice]:
    """Return the grades to decide, in the form's order; else all that are typed and can be set."""
    keys = locked if chosen is None else dict.fromkeys(chosen)
    choices = [_choice(act, key, locked[key], values or {}) for key in keys]
    if chosen is None:
        choices = [each for each in choices if each.value and _is_open(each.locked)]
    refuse_if([] if choices else [rules.nothing_to_decide(act.group.name)])
    return choices


def _is_open(locked: Locked) -> bool:
    """Say whether a grade may still come of the placement."""
    attempt = locked.attempt
    return is_open(locked.state) and not attempt.superseded and not attempt.outcome_label


def _choice(act: Act, key: UUID, locked: Locked, values: Values) -> Choice:
    """Return what is to be decided on one placement: what was read, else what is typed."""
    draft = locked.draft
    if draft and draft.value:
        value = normalise_value(values.get(key, draft.value))
        return Choice(locked, value, draft.typed_by_account, draft.typed_by_name)
    return Choice(locked, normalise_value(values.get(key, "")), act.actor.id, act.actor.name)


def _refuse(act: Act, choices: list[Choice], values: Values | None) -> None:
    """Raise everything that stands against deciding: what somebody else did comes first."""
    conflicts = [problem for each in choices if (problem := _conflict(act, each, values))]
    problems = [*_decider_problems(act, choices), *_row_problems(act, choices)]
    if conflicts:
        raise ConflictError([*conflicts, *(each for each in problems if each not in conflicts)])
    refuse_if(problems)


def _conflict(act: Act, choice: Choice, values: Values | None) -> Problem | None:
    """Say who decided or typed something else than what the decider read."""
    attempt, draft = choice.locked.attempt, choice.locked.draft
    if not is_open(choice.locked.state):
        return rules.locked(attempt)
    if draft is None or values is None:
        return None
    seen = normalise_value(values.get(attempt.placement_id, ""))
    withdrawn_by_self = not draft.value and draft.typed_by_account == act.actor.id
    if seen == draft.value or withdrawn_by_self:
        return None
    stored = rules.Lock(draft.value, draft.typed_by_name, moment_text(draft.typed_at))
    return rules.seen_conflict(attempt.placement_id, seen, stored)


def _decider_problems(act: Act, choices: list[Choice]) -> list[Problem]:
    """Say why this person does not decide alone."""
    teacher = teacher_on(act.person.id, act.group.unit_id, act.today)
    decider = rules.Decider(
        name=act.decider_name,
        is_principal=act.role is GradeDecision.DeciderRole.PRINCIPAL,
        on_duty=teacher is not None,
        registered_teacher=teacher is not None and teacher.registered_teacher,
        reason=act.reason,
    )
    days = [each.locked.attempt.exam_date for each in choices]
    right = _has_grading_right(act, days)
    return rules.decider_problems(decider, act.group.name, grading_right=right)


def _row_problems(act: Act, choices: list[Choice]) -> list[Problem]:
    """Say what is wrong with the placements and values, each problem once."""
    found: dict[tuple[str, str], Problem] = {}
    for choice in choices:
        attempt = choice.locked.attempt
        problems = [
            *rules.attempt_problems(attempt, act.group.name, act.today, ready=act.group.ready),
            *rules.value_problems(choice.value, act.course.scale_family, attempt),
        ]
        found.update({(problem.code, problem.field): problem for problem in problems})
    return list(found.values())


def _has_grading_right(act: Act, days: list[date]) -> bool:
    """Say whether the provider grades under its own betygsrätt on all the days.

    An organiser's own provider needs none, and so stays under Skollagen 3 kap. 16 §.
    """
    unit = unit_for(act.actor, act.group.unit_id, Permission.DECIDE_GRADES)
    external = unit.provider_kind == Provider.Kind.EXTERNAL
    return external and all(unit.grading_right_on(day) for day in days)


def _decision(act: Act, choice: Choice) -> GradeDecision:
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
        decided_by=act.person,
        decided_by_name=act.decider_name,
        decider_role=act.role,
        registered_by_account=choice.typed_by_account,
        registered_by_name=choice.typed_by_name,
        decided_at=datetime.now(UTC),
        submission=act.submission,
    )


def _decided_meanwhile() -> Problem:
    """Say that somebody else was first, when the database is the one to notice."""
    message = "Någon annan beslutade ett av betygen nyss. Ladda om sidan och läs vad som beslutats."
    return Problem("grade-decided-meanwhile", "", message, rules.SL_19)


def _record(act: Act, decisions: list[GradeDecision], choices: list[Choice]) -> None:
    """Tell the trail once, however many grades were decided."""
    persons = {("person", each.locked.person_id) for each in choices}
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
            "decider_role": act.role,
            "decisions": [
                _facts(each, choice) for each, choice in zip(decisions, choices, strict=True)
            ],
        },
        reason=act.reason,
    )


def _facts(decision: GradeDecision, choice: Choice) -> dict[str, object]:
    """Return what the trail keeps of one decision; the value can be checked against the table."""
    return {
        "decision": decision.id,
        "placement": decision.placement_id,
        "exam_date": choice.locked.attempt.exam_date,
        "value": decision.value,
        "registered_by": decision.registered_by_account,
    }
