"""Two people at once: numbers are given out in turn and nothing is stored twice."""

from functools import partial
from uuid import uuid4

import pytest

from provning.audit.queries import verify_chain
from provning.exams.actions import (
    change_exam_date,
    copy_groups,
    create_exam_group,
    place_students,
    withdraw_placement,
)
from provning.exams.models import ExamGroup, Placement
from provning.kernel.problems import ConflictError, ProblemsFoundError
from tests.exams.threads import at_once
from tests.exams.world import HT26, TODAY, World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:  # noqa: ARG001 (real transactions)
    """Return a municipality that every connection sees."""
    return build_world()


def kinds(answers: list[object]) -> list[str]:
    return sorted(type(answer).__name__ for answer in answers)


def test_groups_made_at_once_get_one_number_each(world: World) -> None:
    make = partial(
        create_exam_group,
        actor=world.admin,
        unit_id=world.centrum,
        course_id=world.course(),
        term=HT26,
        today=TODAY,
    )
    answers = at_once(*[make] * 5)
    assert kinds(list(answers)) == ["ExamGroup"] * 5
    assert sorted(ExamGroup.objects.values_list("number", "name")) == [
        (1, "PRÖ:KC26HTMAT03B"),
        (2, "PRÖ:KC26HTMAT03B2"),
        (3, "PRÖ:KC26HTMAT03B3"),
        (4, "PRÖ:KC26HTMAT03B4"),
        (5, "PRÖ:KC26HTMAT03B5"),
    ]
    assert verify_chain().fault == ""


def test_one_form_sent_twice_at_once_makes_one_group(world: World) -> None:
    make = partial(
        create_exam_group,
        actor=world.admin,
        unit_id=world.centrum,
        course_id=world.course(),
        term=HT26,
        submission=uuid4(),
        today=TODAY,
    )
    first, second = at_once(make, make)
    assert isinstance(first, ExamGroup)
    assert isinstance(second, ExamGroup)
    assert first.id == second.id
    assert ExamGroup.objects.count() == 1


def test_one_teacher_connected_twice_at_once_gets_one_group(world: World) -> None:
    make = partial(
        create_exam_group,
        actor=world.admin,
        unit_id=world.centrum,
        course_id=world.course(),
        term=HT26,
        grading_teacher_id=world.teachers["Karin"],
        today=TODAY,
    )
    assert kinds(list(at_once(make, make))) == ["ExamGroup", "ProblemsFoundError"]


def test_a_term_copied_twice_at_once_is_copied_once(world: World) -> None:
    groups = [world.group().id, world.group("ENGENG05").id]
    copy = partial(
        copy_groups,
        actor=world.admin,
        unit_id=world.centrum,
        from_term=HT26,
        group_ids=groups,
        today=TODAY,
    )
    answers = at_once(copy, copy)
    assert sorted(len(each) for each in answers if isinstance(each, list)) == [0, 2]
    assert ExamGroup.objects.filter(year=2027).count() == 2


def test_one_person_placed_twice_at_once_stands_once(world: World) -> None:
    group, person = world.group(), world.person()
    place = partial(
        place_students,
        actor=world.admin,
        group_id=group.id,
        entries=[(person, group.end_date)],
        today=TODAY,
    )
    answers = at_once(place, place)
    refused = [each for each in answers if isinstance(each, ProblemsFoundError)]
    assert [[problem.code for problem in each.problems] for each in refused] == [
        ["placement-twice"]
    ]
    assert Placement.objects.count() == 1


def test_one_who_moves_and_one_who_takes_back_do_not_overwrite_each_other(world: World) -> None:
    group = world.group()
    placement = world.place(group, world.person())[0]
    answers = at_once(
        partial(
            change_exam_date,
            actor=world.admin,
            placement_id=placement.id,
            expected_version=1,
            exam_date=group.start_date,
            today=TODAY,
        ),
        partial(
            withdraw_placement,
            actor=world.centre,
            placement_id=placement.id,
            expected_version=1,
            reason="Fel person",
        ),
    )
    conflicts = [each for each in answers if isinstance(each, ConflictError)]
    assert len(conflicts) == 1
    assert conflicts[0].problems[0].params["who"] in {world.admin.name, world.centre.name}
    placement.refresh_from_db()
    assert placement.version == 2
