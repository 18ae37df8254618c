"""What correcting and amending have in common: the decision is held, and a new one supersedes it.

Locks are taken from the top, groups and then the placement, so that who comes second waits, reads
anew and is told who was first.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from operator import attrgetter
from uuid import UUID

from provning.audit.conflicts import moment_text, refused_as
from provning.courses.queries import course_by_id
from provning.courses.rows import CourseRow
from provning.exams.models import ExamGroup, Placement
from provning.exams.queries import group_of
from provning.exams.rows import GroupRow
from provning.grading import rules
from provning.grading.actions.locks import lock_group
from provning.grading.chains import Chain
from provning.grading.models import GradeDecision, JointDecider
from provning.grading.policies import decides_for_organiser
from provning.grading.queries.chains import chains_of, decision_chain
from provning.grading.rows import DecisionRow, Particulars
from provning.grading.rules.superseding import Overtaken, overtaken, overtaken_meanwhile
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import ConflictError, NotFoundError, Problem, refuse_if
from provning.organisation.models import Provider
from provning.organisation.queries import unit_for
from provning.people.models import Person
from provning.people.names import spoken_name

Role = GradeDecision.DeciderRole
Kind = GradeDecision.CorrectionType


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

    `joint` are those who decide along, by person.
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
    seen = next(row for row in decision_chain(actor, decision_id) if row.id == decision_id)
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


def refuse_if_overtaken(held: Held, problems: Iterable[Problem]) -> None:
    """Raise `ConflictError` when the decision has been superseded, else what else is wrong."""
    successor = held.old.successor
    if successor is None:
        refuse_if(problems)
        return
    by = Overtaken(
        act=successor.correction_type,
        who=successor.decided_by_name,
        when=moment_text(successor.decided_at),
        value=held.chain[-1].value,
        exam_date=held.chain[-1].exam_date,
    )
    raise ConflictError([overtaken(by), *problems])


def principal_problems(actor: Actor, group: GroupRow, days: Collection[date]) -> list[Problem]:
    """Say why this rektor does not act on the exam dates: it may be the huvudman's office."""
    unit = unit_for(actor, group.unit_id, Permission.DECIDE_GRADES)
    return [
        *rules.office_problems(
            contracted=unit.provider_kind == Provider.Kind.EXTERNAL,
            grading_right=all(unit.grading_right_on(day) for day in days),
            for_organiser=decides_for_organiser(actor, group),
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


def supersede(held: Held, act: Act, placement: Placement, course: CourseRow) -> GradeDecision:
    """Store the decision that takes the held one's place, with those who decided along.

    Course and points stay as they were written on the day, unless the course is another. Raises
    `ConflictError` when the database says that somebody was first.
    """
    old, scale = held.old, course.scale_on(placement.exam_date)
    same_course = course.id == old.course_id
    with refused_as(overtaken_meanwhile()):
        decision = GradeDecision.objects.create(
            placement=placement,
            value=act.value,
            scale_id=scale.id if scale else "",
            course_code=old.course_code if same_course else course.code,
            course_name=old.course_name if same_course else course.name,
            points=old.points if same_course else course.points,
            decided_by=act.person,
            decided_by_name=act.decider_name,
            decider_role=act.role,
            registered_by_account=act.actor.id,
            registered_by_name=act.actor.name,
            decided_at=datetime.now(UTC),
            submission=act.submission,
            supersedes_id=old.id,
            correction_type=act.kind,
            ground=act.ground,
            reason=act.reason,
            hearing=act.hearing,
            hearing_note=act.hearing_note,
            **dataclasses.asdict(act.particulars),
        )
        JointDecider.objects.bulk_create(
            JointDecider(decision=decision, person_id=person_id, name=name)
            for person_id, name in act.joint.items()
        )
    return decision


def subjects_of(held: Held, decision: GradeDecision) -> list[tuple[str, object]]:
    """Return everything that an event about both decisions speaks of."""
    placements = (held.placement, decision.placement)
    return [
        ("person", held.old.person_id),
        *(("grade", each.id) for each in placements),
        *(("placement", each.id) for each in placements),
        *(("exam_group", each.group_id) for each in placements),
    ]


def facts_before(held: Held) -> dict[str, object]:
    """Return what the trail keeps of the decision that is superseded."""
    old = held.old
    return {
        "decision": old.id,
        "value": old.value,
        "exam_date": old.exam_date,
        "course": old.course_code,
        "group": old.group_name,
        "particulars": dataclasses.asdict(old.particulars),
    }


def facts_after(held: Held, act: Act, decision: GradeDecision) -> dict[str, object]:
    """Return what the trail keeps of the new decision; the value can be checked in the table."""
    old = held.old
    return {
        "decision": decision.id,
        "value": decision.value,
        "exam_date": decision.placement.exam_date,
        "course": decision.course_code,
        "group": decision.placement.group.name,
        "particulars": dataclasses.asdict(act.particulars),
        "old_value": old.value,
        "old_course": old.course_code,
        "old_date": old.exam_date,
        "decided_by": act.decider_name,
        "decided_with": list(act.joint.values()),
        "decider_role": act.role,
        "ground": act.ground,
        "hearing": act.hearing,
    }
