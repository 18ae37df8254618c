"""A unit with decided grades, to make catalogues of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from provning.exams.models import ExamGroup
from provning.grading.actions import decide_grades
from provning.grading.models import GradeDecision, JointDecider
from provning.kernel.actors import Actor
from provning.people.models import Person
from tests.grading import world
from tests.grading.world import TODAY


@dataclass(frozen=True, slots=True)
class Graded:
    """A town whose own unit has one graded group; `maker` may have its catalogues made."""

    town: world.Municipality
    group: ExamGroup
    teacher_person: Person
    teacher: Actor
    maker: Actor
    rektor: Actor


def graded_group(examinees: Sequence[Person]) -> Graded:
    """Store the unit and decide a grade for each examinee."""
    town = world.municipality()
    who = world.teacher(town.unit)
    group = world.group(town.unit, who)
    made = Graded(
        town,
        group,
        who,
        world.grading_teacher(who, town.unit),
        world.administrator(town.unit),
        world.principal(town.unit),
    )
    grade(made, examinees)
    return made


def grade(graded: Graded, examinees: Sequence[Person], value: str = "B") -> None:
    """Place the persons in the unit's group and decide their grades."""
    if not examinees:
        return
    placements = [world.place(graded.group, each) for each in examinees]
    decide_grades(
        actor=graded.teacher,
        group_id=graded.group.pk,
        values={each.pk: value for each in placements},
        submission=uuid4(),
        today=TODAY,
    )


def correct(graded: Graded, old: GradeDecision, value: str) -> GradeDecision:
    """Store rektor's rättelse of a decision as it lies in the tables."""
    return _later(
        old,
        value,
        "Rättelse",
        graded.rektor,
        decider_role="REKTOR",
        reason="Fel",
        hearing="heard",
        hearing_note="Håller med.",
    )


def amend(graded: Graded, old: GradeDecision, value: str) -> GradeDecision:
    """Store the teacher's ändring of a decision as it lies in the tables."""
    return _later(old, value, "Ändring", graded.teacher, decider_role="LÄRARE", reason="Nytt")


def join(decision: GradeDecision, who: Person) -> None:
    """Store that somebody decided together with the decider."""
    name = f"{who.given_name} {who.family_name}"
    JointDecider.objects.create(decision=decision, person=who, name=name)


def person_of(actor: Actor) -> UUID:
    """Return the person behind an actor who is one."""
    assert actor.person_id is not None
    return actor.person_id


def _later(old: GradeDecision, value: str, kind: str, by: Actor, **facts: str) -> GradeDecision:
    return GradeDecision.objects.create(
        placement=old.placement,
        value=value,
        scale_id=old.scale_id,
        course_code=old.course_code,
        course_name=old.course_name,
        points=old.points,
        decided_by_id=person_of(by),
        decided_by_name=by.name,
        registered_by_account=by.id,
        registered_by_name=by.name,
        decided_at=datetime.now(UTC),
        submission=uuid4(),
        supersedes=old,
        correction_type=kind,
        **facts,
    )
