"""A unit with decided grades, to make catalogues of."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from provning.exams.models import ExamGroup
from provning.grading.actions import decide_grades
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
    placements = [world.place(graded.group, each) for each in examinees]
    decide_grades(
        actor=graded.teacher,
        group_id=graded.group.pk,
        values={each.pk: value for each in placements},
        submission=uuid4(),
        today=TODAY,
    )
