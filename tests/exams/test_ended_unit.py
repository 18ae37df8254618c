"""A unit that ends: groups hinder it, and none goes on after it."""

from datetime import timedelta

import pytest

from provning.exams.actions import change_exam_group
from provning.kernel.problems import ProblemsFoundError
from provning.organisation.above import effects_of, standing_in
from provning.organisation.actions import end_provider, end_unit
from provning.organisation.policies_data import PolicyKey
from tests.exams.world import PROGRAM, TODAY, World


def test_a_unit_does_not_end_while_a_group_goes_on(world: World) -> None:
    group = world.group()
    for day in (group.end_date - timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(ProblemsFoundError) as refusal:
            end_unit(actor=PROGRAM, unit_id=world.centrum, last_day=day, today=TODAY)
        assert refusal.value.problems[-1].text.startswith("1 prövningsgrupp pågår efter den dagen.")
    assert [each.code for each in refusal.value.problems] == [
        "last-day-in-the-past",
        "something-stands",
    ]
    end_unit(actor=PROGRAM, unit_id=world.centrum, last_day=group.end_date, today=TODAY)


def test_a_provider_does_not_end_while_a_group_goes_on_in_one_of_its_units(world: World) -> None:
    group, day = world.group(), TODAY - timedelta(days=1)
    with pytest.raises(ProblemsFoundError) as refusal:
        end_provider(actor=PROGRAM, provider_id=world.provider, last_day=day, today=TODAY)
    assert [each.code for each in refusal.value.problems] == [
        "last-day-in-the-past",
        "something-stands",
    ]
    last = group.end_date
    end_provider(actor=PROGRAM, provider_id=world.provider, last_day=last, today=TODAY)


def test_a_group_does_not_go_on_after_its_unit(world: World) -> None:
    group = world.group()
    end_unit(actor=PROGRAM, unit_id=world.centrum, last_day=group.end_date, today=TODAY)
    with pytest.raises(ProblemsFoundError) as changed:
        change_exam_group(
            actor=PROGRAM,
            group_id=group.id,
            expected_version=group.version,
            start_date=group.start_date,
            end_date=group.end_date + timedelta(days=1),
            override_reason="Sent prov",
            today=TODAY,
        )
    end_unit(actor=PROGRAM, unit_id=world.hamnen, last_day=TODAY, today=TODAY)
    with pytest.raises(ProblemsFoundError) as made:
        world.group(unit=world.hamnen)
    found = [[each.code for each in refusal.value.problems] for refusal in (changed, made)]
    assert found == [["group-after-unit"]] * 2


def test_a_policy_of_names_counts_the_groups_that_keep_theirs(world: World) -> None:
    world.group()
    world.group("MATO1B00X")
    town, key = world.town, PolicyKey.GY25_NAMING
    effects = effects_of(town.organiser, key, "last_part", TODAY, TODAY)
    assert [each.count for each in effects] == [1]
    standing = standing_in([world.centrum], TODAY, TODAY)
    assert [(each.count, each.hinders) for each in standing] == [(2, True)]
