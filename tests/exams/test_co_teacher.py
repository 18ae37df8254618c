"""Two who decide together: who may be the second, and what happens to the first."""

import pytest
from django.db import IntegrityError, transaction

from provning.audit.queries import history_of
from provning.exams.actions import connect_co_teacher, connect_grading_teacher, copy_groups
from provning.exams.models import ExamGroup
from provning.exams.queries import group_for, groups_for
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from tests.builders import recorded
from tests.exams.world import HT26, TODAY, World


def connect(
    world: World,
    group: ExamGroup,
    teacher: str,
    *,
    actor: Actor | None = None,
    version: int | None = None,
) -> ExamGroup:
    return connect_co_teacher(
        actor=actor or world.admin,
        group_id=group.id,
        teacher_id=world.teachers[teacher] if teacher else None,
        expected_version=version or group.version,
        today=TODAY,
    )


def connect_first(world: World, group: ExamGroup, teacher: str) -> ExamGroup:
    return connect_grading_teacher(
        actor=world.admin,
        group_id=group.id,
        teacher_id=world.teachers[teacher] if teacher else None,
        expected_version=group.version,
        today=TODAY,
    )


def codes(error: pytest.ExceptionInfo[ProblemsFoundError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in error.value.problems]


def test_a_second_teacher_is_connected_and_taken_away_again(world: World) -> None:
    group = world.group(teacher="Karin")
    with recorded() as events:
        group = connect(world, group, "Tomas")
        row = group_for(world.admin, group.id)
        assert (row.co_teacher_name, row.teacher_ids) == (
            "Tomas Wallgren",
            frozenset({world.teachers["Karin"], world.teachers["Tomas"]}),
        )
        connect(world, group, "Tomas")
        group = connect(world, group, "")
    assert events == ["co_grading_teacher_connected", "co_grading_teacher_disconnected"]
    assert (group.co_grading_teacher_id, group.version) == (None, 3)
    said = history_of("person", world.teachers["Tomas"])[1]
    assert (said.name, said.after["teacher"], said.after["co_teacher"]) == (
        "co_grading_teacher_connected",
        "Karin Wallgren",
        "Tomas Wallgren",
    )


def test_the_second_sees_the_group_as_their_own_until_taken_away(world: World) -> None:
    group, tomas = world.group(teacher="Karin"), world.teacher("Tomas", world.centrum)
    assert groups_for(tomas, unit_id=None, term=HT26) == []
    group = connect(world, group, "Tomas")
    assert [row.name for row in groups_for(tomas, unit_id=None, term=HT26)] == [group.name]
    assert [row.name for row in groups_for(world.admin, unit_id=None, term=HT26, text="tomas")] == [
        group.name
    ]
    connect(world, group, "")
    assert groups_for(tomas, unit_id=None, term=HT26) == []


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("", "Tomas", "group-co-teacher-alone"),
        ("Karin", "Karin", "group-co-teacher-same"),
        ("Karin", "Eva", "group-teacher-no-duty"),
    ],
)
def test_who_cannot_be_the_second(world: World, first: str, second: str, code: str) -> None:
    group = world.group(teacher=first)
    with pytest.raises(ProblemsFoundError) as error:
        connect(world, group, second)
    assert codes(error) == [(code, "co_grading_teacher")]
    group.refresh_from_db()
    assert group.co_grading_teacher_id is None


@pytest.mark.parametrize("first", ["Tomas", ""])
def test_the_second_is_taken_away_before_they_become_the_first_or_nobody_is(
    world: World, first: str
) -> None:
    group = connect(world, world.group(teacher="Karin"), "Tomas")
    with pytest.raises(ProblemsFoundError) as error:
        connect_first(world, group, first)
    assert codes(error) == [("group-co-teacher-left", "grading_teacher")]
    group.refresh_from_db()
    assert group.grading_teacher_id == world.teachers["Karin"]


def test_who_was_first_is_told_to_who_comes_second(world: World) -> None:
    group = world.group(teacher="Karin")
    connect(world, group, "Tomas")
    with pytest.raises(ConflictError) as error:
        connect(world, group, "Tomas", version=1)
    assert error.value.problems[0].params["what"] == (
        "Tomas Wallgren beslutar betygen i PRÖ:KC26HTMAT03B tillsammans med Karin Wallgren"
    )


def test_a_teacher_chooses_no_second_and_a_stranger_does_not_see_the_group(world: World) -> None:
    group = world.group(teacher="Karin")
    with pytest.raises(NotAllowedError):
        connect(world, group, "Tomas", actor=world.karin)
    with pytest.raises(NotFoundError):
        connect(world, group, "Tomas", actor=world.other_admin)


def test_the_database_itself_refuses_the_same_person_twice_or_a_second_alone(world: World) -> None:
    group = world.group(teacher="Karin")
    for fields in (
        {"co_grading_teacher": world.teachers["Karin"]},
        {"grading_teacher": None, "co_grading_teacher": world.teachers["Tomas"]},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExamGroup.objects.filter(pk=group.pk).update(**fields)


def test_both_follow_the_group_into_the_next_term(world: World) -> None:
    group = connect(world, world.group(teacher="Karin"), "Tomas")
    (copy,) = copy_groups(
        actor=world.admin,
        unit_id=world.centrum,
        from_term=HT26,
        group_ids=[group.id],
        today=TODAY,
    )
    assert (copy.grading_teacher_id, copy.co_grading_teacher_id) == (
        world.teachers["Karin"],
        world.teachers["Tomas"],
    )
