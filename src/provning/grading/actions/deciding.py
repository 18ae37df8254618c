"""What deciding and giving an opinion have in common: who, on what, and what stands against it.

Everything that can be wrong is said at once; what somebody else has done meanwhile comes first.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from provning.audit.conflicts import moment_text
from provning.courses.rows import CourseRow
from provning.exams.rows import GroupRow
from provning.grading import rules
from provning.grading.actions.locks import Locked
from provning.grading.models import GradeDecision, GradeDraft
from provning.grading.rows import Particulars
from provning.grading.states import Move, Party, after, is_open
from provning.kernel.actors import Actor, Permission
from provning.kernel.grade_scales import normalise_value
from provning.kernel.problems import ConflictError, Problem, refuse_if
from provning.organisation.models import Provider
from provning.organisation.queries import unit_for
from provning.people.models import Person
from provning.people.names import spoken_name

Values = Mapping[UUID, str]
"""Grades as somebody read or typed them, by placement."""
Versions = Mapping[UUID, int]
"""The drafts' versions as somebody read them, by placement; 0 where there was none."""
Role = GradeDecision.DeciderRole


@dataclass(frozen=True, slots=True)
class Act:
    """One act: who, in which role, where and when.

    `other_name` is whose decision it is too, see `with_other`.
    `delegated_by` names the rektor on whose delegation it is done, which the reason then says.
    """

    actor: Actor
    person: Person
    role: GradeDecision.DeciderRole
    group: GroupRow
    course: CourseRow
    today: date
    ground: str = ""
    reason: str = ""
    delegated_by: str = ""
    other_name: str = ""

    @property
    def decider_name(self) -> str:
        """Return the decider's name as it is signed."""
        return spoken_name(self.person.given_name, self.person.family_name)

    @property
    def is_principal(self) -> bool:
        """Say whether a rektor acts instead of the teachers."""
        return self.role is Role.PRINCIPAL

    @property
    def party(self) -> Party:
        """Return in which capacity the act is done."""
        return Party.PRINCIPAL if self.is_principal else Party.TEACHER

    @property
    def settles(self) -> bool:
        """Say whether a rektor chooses between teachers who are not of one mind."""
        return self.is_principal and self.ground == rules.DISAGREEMENT

    @property
    def other_id(self) -> UUID | None:
        """Return the teacher who decides together with the one who acts, None when nobody does."""
        others = self.group.teacher_ids - {self.person.id}
        return next(iter(others), None) if not self.is_principal else None

    def with_other(self) -> "Act":
        """Return the act with the other teacher's name as it is signed: a group's may be hidden.

        One query, and none when nobody decides along.
        """
        if self.other_id is None:
            return self
        other = Person.objects.get(pk=self.other_id)
        return replace(self, other_name=spoken_name(other.given_name, other.family_name))


@dataclass(frozen=True, slots=True)
class Choice:
    """One grade: the value, the account that typed it, and what stands beside it."""

    locked: Locked
    value: str
    typed_by_account: str
    typed_by_name: str
    particulars: Particulars = field(default_factory=Particulars)

    @property
    def placement_id(self) -> UUID:
        """Return whose grade it is."""
        return self.locked.attempt.placement_id

    def held_by(self, person_id: UUID | None) -> str:
        """Return what a teacher has answered that the grade is, "" before they have."""
        return self.locked.opinions.get(person_id, "") if person_id else ""


def choices(
    act: Act, locked: dict[UUID, Locked], chosen: Collection[UUID] | None, values: Values | None
) -> list[Choice]:
    """Return the chosen grades in the form's order; else all that are typed and can be set."""
    keys: Iterable[UUID] = locked if chosen is None else dict.fromkeys(chosen)
    found = [_choice(act, key, locked[key], values or {}) for key in keys]
    if chosen is None:
        found = [each for each in found if each.value and _may_come(each.locked)]
    refuse_if([] if found else [rules.nothing_to_decide(act.group.name)])
    return found


def refuse(problems: Iterable[Problem], conflicts: Iterable[Problem]) -> None:
    """Raise everything that stands against the act: what somebody else did comes first."""
    first = list(conflicts)
    if first:
        raise ConflictError([*first, *(each for each in problems if each not in first)])
    refuse_if(problems)


def conflicts(
    act: Act, chosen: Iterable[Choice], values: Values | None, versions: Versions | None
) -> list[Problem]:
    """Say who decided or typed something else than what the actor read."""
    found = (_conflict(act, each, values, versions) for each in chosen)
    return [problem for problem in found if problem]


def row_problems(act: Act, chosen: Iterable[Choice]) -> list[Problem]:
    """Say what is wrong with the placements and values, each problem once."""
    found: dict[tuple[str, str], Problem] = {}
    for choice in chosen:
        attempt = choice.locked.attempt
        problems = [
            *rules.attempt_problems(attempt, act.group.name, act.today, ready=act.group.ready),
            *rules.value_problems(choice.value, act.course.scale_family, attempt),
            *_own_grade(act, choice),
        ]
        found.update({(problem.code, problem.field): problem for problem in problems})
    return list(found.values())


def office(act: Act, chosen: Iterable[Choice], *, teacher_left: bool) -> rules.Office:
    """Return where the grades are decided.

    An organiser's own provider needs no betygsrätt, and so stays under Skollagen 3 kap. 16 §.
    """
    unit = unit_for(act.actor, act.group.unit_id, Permission.DECIDE_GRADES)
    contracted = unit.provider_kind == Provider.Kind.EXTERNAL
    days = (each.locked.attempt.exam_date for each in chosen)
    names = filter(None, (act.group.teacher_name, act.group.co_teacher_name))
    return rules.Office(
        group_name=act.group.name,
        contracted=contracted,
        grading_right=contracted and all(unit.grading_right_on(day) for day in days),
        teachers=" och ".join(names),
        teacher_left=teacher_left,
    )


def _may_come(locked: Locked) -> bool:
    """Say whether a grade may still come of the placement."""
    attempt = locked.attempt
    return is_open(locked.state) and not attempt.superseded and not attempt.outcome_label


def _choice(act: Act, key: UUID, locked: Locked, values: Values) -> Choice:
    """Return one grade: what was read, else what is typed; by whom says who typed that value."""
    draft = locked.draft
    stored = draft.value if draft else ""
    value = normalise_value(values.get(key, stored))
    if draft and stored and (value == stored or not act.settles):
        who = (draft.typed_by_account, draft.typed_by_name)
    else:
        who = (act.actor.id, act.actor.name)
    return Choice(locked, value, *who, rules.kept(locked.particulars, act.course))


def _conflict(
    act: Act, choice: Choice, values: Values | None, versions: Versions | None
) -> Problem | None:
    """Say who decided or saved something else than what was read of one grade."""
    attempt, draft = choice.locked.attempt, choice.locked.draft
    if after(choice.locked.state, Move.DECIDE, act.party) is None:
        return rules.locked(attempt)
    if draft is None or values is None:
        return None
    key = attempt.placement_id
    seen = normalise_value(values.get(key, ""))
    withdrawn_by_self = not draft.value and draft.typed_by_account == act.actor.id
    if seen != draft.value and not withdrawn_by_self and not act.settles:
        return rules.seen_conflict(key, seen, _typed(draft))
    if versions is not None and versions.get(key, 0) != draft.version:
        return rules.particulars_changed(key, _typed(draft))
    return None


def _typed(draft: GradeDraft) -> rules.Lock:
    """Return what, who and when of a draft."""
    return rules.Lock(draft.value, draft.typed_by_name, moment_text(draft.typed_at))


def _own_grade(act: Act, choice: Choice) -> list[Problem]:
    """Refuse whoever decides on themselves."""
    own = choice.locked.person_id == act.person.id
    return [rules.own_grade(choice.placement_id)] if own else []
