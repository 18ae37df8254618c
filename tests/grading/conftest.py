"""A group with a teacher and three examinees, ready to be graded."""

from dataclasses import dataclass

from provning.exams.models import ExamGroup, Placement
from provning.kernel.actors import Actor
from provning.people.models import Person
from tests.grading import world
from tests.support.kept import kept


@dataclass(frozen=True, slots=True)
class Ready:
    """What most tests of grades start from."""

    town: world.Municipality
    group: ExamGroup
    teacher_person: Person
    teacher: Actor
    admin: Actor
    placements: list[Placement]


def make_ready(size: int = 3) -> Ready:
    """Store a group of the given size with one exam date that has passed."""
    town = world.municipality()
    who = world.teacher(town.unit)
    group = world.group(town.unit, who)
    return Ready(
        town,
        group,
        who,
        world.grading_teacher(who, town.unit),
        world.administrator(town.unit),
        [world.place(group) for _ in range(size)],
    )


ready = kept(make_ready)
