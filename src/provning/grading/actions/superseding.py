"""What correcting and amending have in common: the decision is held, and a new one supersedes it.

Locks are taken from the top, groups and then the placement, so that who comes second waits, reads
anew and is told who was first.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Final
from uuid import UUID

from provning.audit.conflicts import moment_text
from provning.courses.queries import course_by_id
from provning.courses.rows import CourseRow
from provning.exams.models import ExamGroup, Placement
from provning.exams.queries import group_of
from provning.exams.rows import GroupRow
from provning.grading import rules
from provning.grading.actions.locks import lock_group
from provning.grading.chains import Chain
from provning.grading.models import GradeDecision
from provning.grading.policies import decides_for_organiser
from provning.grading.queries.chains import chains_of, place_of
from provning.grading.rows import DecisionRow, Particulars
from provning.grading.rules.superseding import Overtaken, overtaken
from provning.grading.states import Move, Party, after, decided_state
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    Problem,
    refuse_if,
)
from provning.organisation.models import Provider
from provning.organisation.queries import unit_for
from provning.people.models import Person
from provning.people.names import spoken_name

Role = GradeDecision.DeciderRole
Kind = GradeDecision.CorrectionType
MOVES: Final = {Kind.CORRECTION: Move.CORRECT, Kind.AMENDMENT: Move.AMEND}
PARTIES: Final = {Role.TEACHER: Party.TEACHER, Role.PRINCIPAL: Party.PRINCIPAL}
RIGHTS: Final = {
    Kind.CORRECTION: Permission.CORRECT_GRADES,
    Kind.AMENDMENT: Permission.DECIDE_GRADES,
}


@dataclass(frozen=True, slots=True)
class Held:
    """A decision that is held until the transaction ends, with its chain and its placement."""

    old: DecisionRow
    chain: Chain
    placement: Placement
    group: GroupRow

    @property
    def examinee(self) -> Person:
        """Return whom the grade is about."""
        return self.placement.person


@dataclass(frozen=True, slots=True)
class Act:
    """One act by a person in a role, and what the new decision is to say.

    `joint` are those who decide along, by person; `delegated_by` names the rektor on whose
    delegation it is done, which the reason then says.
    """

    actor: Actor
    person: Person
    role: GradeDecision.DeciderRole
    kind: GradeDecision.CorrectionType
    submission: UUID
    value: str = ""
    particulars: Particulars = field(default_factory=Particulars)
    reason: str = ""
    ground: str = ""
    delegated_by: str = ""
    hearing: str = ""
    hearing_note: str = ""
    joint: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def decider_name(self) -> str:
        """Return the decider's name as it is signed."""
        return spoken_name(self.person.given_name, self.person.family_name)


def hold(actor: Actor, decision_id: UUID, more_groups: Iterable[UUID] = ()) -> Held:
    """Hold a decision that the actor may see, and the groups that it may be moved between.

    Raises `NotFoundError` when there is none in scope.
    """
    seen = place_of(actor, decision_id)
    for group_id in sorted({seen.group_id, *more_groups}):
        lock_group(group_id)
    placements = Placement.objects.select_for_update(no_key=True, of=("self",))
    placement = placements.select_related("person", "group__unit").get(pk=seen.placement_id)
    chain = chains_of([seen.person_id], decision_id)
    old = next(row for row in chain if row.id == decision_id)
    return Held(old, chain, placement, group_of(seen.group_id))


def sent_before(held: Held, submission: UUID, act: Mapping[str, object]) -> GradeDecision | None:
    """Return what the same form decided when it came the first time, None when it is new.

    `act` are the facts of the decision that the form asks for. Raises `ProblemsFoundError` when the
    form has been used for something else.
    """
    earlier = GradeDecision.objects.filter(submission=submission).first()
    if earlier is None:
        return None
    asked = {"supersedes_id": held.old.id, **act}
    same = all(attrgetter(name)(earlier) == value for name, value in asked.items())
    refuse_if([] if same else [rules.submission_used()])
    return earlier


def refuse_unless_open(held: Held, act: Act, problems: Iterable[Problem]) -> None:
    """Ask the declared machine whether the act may be done to the decision as it stands.

    Raises `ConflictError` when it has been superseded, `NotAllowedError` when nobody does the act
    in that role, else what else is wrong.
    """
    successor = held.old.successor
    state = decided_state(superseded=successor is not None)
    if after(state, MOVES[act.kind], PARTIES[act.role]) is not None:
        refuse_if(problems)
        return
    if successor is None:
        raise NotAllowedError(RIGHTS[act.kind].value)
    by = Overtaken(
        act=successor.correction_type,
        who=successor.decided_by_name,
        when=moment_text(successor.decided_at),
        value=held.chain[-1].value,
        exam_date=held.chain[-1].exam_date,
    )
    raise ConflictError([overtaken(by), *problems])


def principal_problems(
    actor: Actor, group: GroupRow, days: Collection[date], right: Permission
) -> list[Problem]:
    """Say why this rektor does not act on the exam dates: it may be the huvudman's office."""
    unit = unit_for(actor, group.unit_id, right)
    return [
        *rules.office_problems(
            contracted=unit.provider_kind == Provider.Kind.EXTERNAL,
            grading_right=all(unit.grading_right_on(day) for day in days),
            for_organiser=decides_for_organiser(actor, group, right),
        )
    ]


def own_problems(actor: Actor, held: Held) -> list[Problem]:
    """Refuse whoever would decide on themselves."""
    own = actor.person_id == held.old.person_id
    return [rules.own_grade(held.placement.pk)] if own else []


def new_particulars(held: Held, asked: Particulars | None, course: CourseRow) -> Particulars:
    """Return what is to stand beside the value: as it was, unless something else is asked for.

    In another course only what that course has use for is kept.
    """
    old = held.old.particulars
    kept = rules.kept(asked or old, course)
    same = course.id == held.old.course_id and kept == rules.kept(old, course)
    return old if same else kept


def particulars_problems(particulars: Particulars, course: CourseRow) -> list[Problem]:
    """Say what the course demands beside the grade and what there is no room for."""
    return [
        *rules.length_problems(particulars),
        *rules.missing_particulars(particulars, rules.needs_of(course)),
    ]


def examined_course(group: ExamGroup | GroupRow) -> CourseRow:
    """Return the course of a group."""
    course = course_by_id(group.course_id)
    if course is None:
        raise NotFoundError("course")
    return course
