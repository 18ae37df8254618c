"""What waits where two decide together: the teacher whose answer is missing, or rektor."""

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.exams.models import ExamGroup, Placement
from provning.grading.models import GradeOpinion
from provning.grading.queries import joint_waiting
from provning.kernel.actors import Actor
from provning.people.models import Person
from tests.grading import world
from tests.grading.world import TODAY

pytestmark = pytest.mark.django_db


def pair(town: world.Municipality, number: int = 1) -> ExamGroup:
    """Store a group that Bo and Karin decide together."""
    bo, karin = world.teacher(town.unit, "Bo"), world.teacher(town.unit, "Karin")
    return world.group(town.unit, bo, together_with=karin, number=number)


def answered(placement: Placement, **values: str) -> None:
    """Store what the teachers have answered, by the name of their post."""
    group = placement.group
    teachers = {"first": group.grading_teacher, "second": group.co_grading_teacher}
    for post, value in values.items():
        teacher = teachers[post]
        assert teacher is not None
        given_at = f"{TODAY}T10:00:00Z"
        GradeOpinion.objects.create(
            placement=placement, person=teacher, value=value, given_at=given_at
        )


def waits(actor: Actor) -> list[tuple[int, int]]:
    """Return how many grades wait for the actor's answer, and for the actor as rektor."""
    return [(row.asked, row.disputed) for row in joint_waiting(actor)]


def signed_in(person: Person | None, group: ExamGroup) -> Actor:
    """Return a teacher's own account."""
    assert person is not None
    return world.grading_teacher(person, group.unit)


def test_the_one_whose_answer_is_missing_is_asked_and_nobody_else() -> None:
    group = pair(world.municipality())
    answered(world.place(group), first="B")
    answered(world.place(group), first="C", second="C")
    world.place(group)
    assert waits(signed_in(group.co_grading_teacher, group)) == [(1, 0)]
    assert waits(signed_in(group.grading_teacher, group)) == []
    assert waits(world.principal(group.unit)) == []
    assert waits(world.administrator(group.unit)) == []


def test_rektor_is_asked_where_they_disagree_at_an_own_unit() -> None:
    town = world.municipality()
    group = pair(town)
    answered(world.place(group), first="B", second="C")
    assert waits(world.principal(town.unit)) == [(0, 1)]
    assert waits(world.principal(town.other_unit)) == []
    assert waits(signed_in(group.grading_teacher, group)) == []


def test_what_was_taken_back_and_who_no_longer_decides_count_no_more() -> None:
    group = pair(world.municipality())
    answered(world.place(group, outcome="withdrawn"), first="B", second="C")
    answered(world.place(group), first="B", second="C")
    group.co_grading_teacher = world.teacher(group.unit, "Leila")
    group.save()
    assert waits(world.principal(group.unit)) == []
    assert waits(signed_in(group.co_grading_teacher, group)) == [(1, 0)]


@pytest.mark.parametrize("size", [1, 30])
def test_two_queries(size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    town = world.municipality()
    for number in range(1, size + 1):
        answered(world.place(pair(town, number)), first="B", second="C")
    rektor = world.principal(town.unit)
    with django_assert_num_queries(2):
        assert len(joint_waiting(rektor)) == size
