"""A teacher whose identity is protected: the case number stands where groups are planned."""

from uuid import UUID

from provning.audit.queries import history_of
from provning.exams.queries import group_for, groups_for
from provning.exams.queries.facts import group_fact
from provning.people.actions import set_protection
from provning.people.queries import teacher_on, teachers_for_unit
from tests.exams.world import HT26, PROGRAM, TODAY, World

HIDDEN = "Skyddad identitet (SI-000001)"


def protect(person_id: UUID) -> None:
    set_protection(
        actor=PROGRAM,
        person_id=person_id,
        protection="Skyddad folkbokföring",
        expected_version=1,
        today=TODAY,
    )


def test_no_list_of_groups_names_a_protected_teacher_or_is_found_by_the_name(
    world: World,
) -> None:
    world.group(teacher="Karin")
    protect(world.teachers["Karin"])
    for reader in (world.admin, world.centre, world.town.principal):
        [row] = groups_for(reader, unit_id=None, term=HT26)
        assert (row.teacher_name, group_for(reader, row.id).teacher_name) == (HIDDEN, HIDDEN)
        found = [
            groups_for(reader, unit_id=None, term=HT26, text=text) for text in ("Karin", HIDDEN)
        ]
        assert found == [[], [row]]


def test_who_chooses_a_teacher_finds_the_protected_one_last_by_case_number(world: World) -> None:
    protect(world.teachers["Karin"])
    offered = teachers_for_unit(world.centrum, TODAY)
    assert offered[-1].name == HIDDEN
    assert [row.name for row in offered if "Karin" in row.name] == []
    chosen = teacher_on(world.teachers["Karin"], world.centrum, TODAY)
    assert chosen == offered[-1]


def test_a_group_made_afterwards_tells_the_trail_the_case_number_alone(world: World) -> None:
    protect(world.teachers["Karin"])
    group = world.group(teacher="Karin")
    told = " ".join(str(row.after) for row in history_of("exam_group", group.id))
    assert (HIDDEN in told, "Karin" in told, group_fact(group).teacher_name) == (
        True,
        False,
        HIDDEN,
    )
