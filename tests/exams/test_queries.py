"""Reading groups and placements: only what the actor may see, masked, ordered, in few queries."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.exams.actions import withdraw_placement
from provning.exams.models import ExamGroup
from provning.exams.queries import (
    copy_preview,
    group_for,
    groups_for,
    groups_without_teacher,
    placement_for,
    placements_in,
    preview_group,
    study_plan,
)
from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind
from provning.kernel.problems import NotFoundError
from provning.people.actions import enrol
from tests.exams.world import HT26, PROGRAM, TODAY, VT27, World

DAY = date(2026, 11, 3)


def names(actor: Actor, **asked: object) -> list[str]:
    asking = {"unit_id": None, "term": HT26, **asked}
    return [row.name for row in groups_for(actor, **asking)]  # type: ignore[arg-type]  # asked by name


@pytest.fixture
def full(world: World) -> World:
    """Return a world where every unit has groups: Karin's, Tomas' and somebody else's."""
    world.group(teacher="Karin")
    world.group(teacher="Tomas")
    world.group("ENGENG05")
    world.group(unit=world.hamnen)
    world.group(unit=world.kompaniet, teacher="Eva")
    return world


def test_a_provider_sees_its_own_groups_and_no_others(full: World) -> None:
    assert names(full.admin) == [
        "PRÖ:KC26HTENG05",
        "PRÖ:KC26HTMAT03B",
        "PRÖ:KC26HTMAT03B2",
        "PRÖ:KH26HTMAT03B",
    ]
    assert names(full.other_admin) == ["PRÖ:KK26HTMAT03B"]


def test_a_teacher_sees_the_groups_that_are_theirs_to_grade(full: World) -> None:
    assert names(full.karin) == ["PRÖ:KC26HTMAT03B"]


def test_a_teacher_without_a_person_behind_the_account_sees_nothing(full: World) -> None:
    nobody = full.teacher("Nobody", full.centrum)
    assert names(nobody) == []


def test_own_groups_in_one_unit_give_nothing_in_another(full: World) -> None:
    elsewhere = full.teacher("Karin", full.hamnen)
    assert names(elsewhere) == []


def test_somebody_who_may_everything_and_teaches_too_still_sees_everything(full: World) -> None:
    own = Grant(
        "grading_teacher",
        Scope(ScopeKind.OWN_GROUPS, full.centrum),
        frozenset({Permission.VIEW_GROUPS}),
    )
    both = Actor("1", "Båda", "", (*PROGRAM.grants, own), full.teachers["Karin"])
    assert len(names(both)) == 5


def test_the_principal_sees_the_unit_and_the_centre_the_municipality(full: World) -> None:
    assert len(names(full.principal)) == 3
    assert len(names(full.centre)) == 5


def test_one_group_out_of_scope_is_as_if_it_did_not_exist(full: World) -> None:
    theirs = ExamGroup.objects.get(unit=full.kompaniet)
    for group_id in (theirs.id, uuid4()):
        with pytest.raises(NotFoundError):
            group_for(full.admin, group_id, Permission.VIEW_GROUPS)
    assert group_for(full.other_admin, theirs.id).name == "PRÖ:KK26HTMAT03B"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "engelska"}, ["PRÖ:KC26HTENG05"]),
        ({"text": "mat03b wallgren karin"}, ["PRÖ:KC26HTMAT03B"]),
        ({"text": "pro:kc26ht"}, []),
        ({"text": "PRÖ:KH"}, ["PRÖ:KH26HTMAT03B"]),
        ({"state": "no-teacher"}, ["PRÖ:KC26HTENG05", "PRÖ:KH26HTMAT03B"]),
        ({"state": "ready"}, ["PRÖ:KC26HTMAT03B", "PRÖ:KC26HTMAT03B2"]),
        ({"term": VT27}, []),
    ],
)
def test_groups_are_found_by_word_state_and_term(
    full: World, asked: dict[str, object], found: list[str]
) -> None:
    assert names(full.admin, **asked) == found


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("name", "PRÖ:KC26HTENG05"),
        ("course", "PRÖ:KC26HTENG05"),
        ("teacher", "PRÖ:KC26HTMAT03B"),
        ("placed", "PRÖ:KH26HTMAT03B"),
        ("unheard-of", "PRÖ:KC26HTENG05"),
    ],
)
def test_groups_are_ordered_as_asked(full: World, order: str, first: str) -> None:
    full.place(ExamGroup.objects.get(unit=full.hamnen), full.person())
    assert names(full.admin, order=order)[0] == first


def test_a_group_row_says_what_the_list_shows(full: World) -> None:
    group = ExamGroup.objects.get(unit=full.hamnen)
    first, _ = full.place(group, full.person(), full.person())
    withdraw_placement(
        actor=PROGRAM, placement_id=first.id, expected_version=1, reason="Fel person"
    )
    row = group_for(full.admin, group.id)
    assert (row.placed, row.decided, row.ready, row.teacher_name) == (1, 0, False, "")
    assert (row.course_code, row.points, row.term, row.provider_name) == (
        "MATMAT03b",
        100,
        HT26,
        "Vuxenutbildning Sjöstad",
    )


def test_what_waits_for_a_teacher_waits_only_for_who_may_connect_one(full: World) -> None:
    old = full.group(term=HT26.previous())
    filled = full.group("ENGENG05", term=HT26.previous())
    full.place(filled, full.person())
    waiting = [row.id for row in groups_without_teacher(full.admin, TODAY)]
    assert waiting[0] == filled.id
    assert len(waiting) == 3
    assert old.id not in waiting
    assert groups_without_teacher(full.principal, TODAY) == []
    assert groups_without_teacher(full.other_admin, TODAY) == []


def test_placements_stand_in_swedish_order_and_protected_persons_last(world: World) -> None:
    group = world.group()
    world.place(
        group,
        world.person("Åsa", "Öberg"),
        world.person("Adam", "Aron", protection="Sekretessmarkering"),
        world.person("Bo", "Zetterberg"),
        world.person("Eva", "Åberg"),
    )
    assert [row.person.label for row in placements_in(world.admin, group.id)] == [
        "Zetterberg, Bo",
        "Åberg, Eva",
        "Öberg, Åsa",
        "Skyddad identitet",
    ]


def test_a_protected_person_shows_to_who_may_see_and_is_masked_to_all_others(world: World) -> None:
    group = world.group(teacher="Karin")
    placement = world.place(group, world.person("Adam", "Aron", protection="Sekretessmarkering"))[0]
    seen = {
        name: placement_for(getattr(world, name), placement.id).person
        for name in ("admin", "karin", "principal", "centre")
    }
    assert {name: row.label for name, row in seen.items()} == {
        "admin": "Skyddad identitet",
        "karin": "Skyddad identitet",
        "principal": "Aron, Adam",
        "centre": "Aron, Adam",
    }
    assert seen["admin"].number_display == seen["admin"].case_number


def test_another_providers_placements_do_not_show(world: World) -> None:
    theirs = world.group(unit=world.kompaniet)
    person = world.person(provider=world.other_provider)
    placement = world.place(theirs, person)[0]
    assert placements_in(world.admin, theirs.id) == []
    assert study_plan(world.admin, person) == []
    with pytest.raises(NotFoundError):
        placement_for(world.admin, placement.id)


def test_a_study_plan_has_the_actors_part_of_it_newest_first(world: World) -> None:
    person = world.person()
    world.person(provider=world.other_provider)
    early, late = world.group(), world.group("ENGENG05")
    world.place(early, person, day=DAY)
    world.place(late, person, day=DAY + timedelta(days=7))
    rows = study_plan(world.admin, person)
    assert [(row.course_name, row.start_date, row.end_date) for row in rows] == [
        ("Engelska 5", DAY + timedelta(days=7), DAY + timedelta(days=7)),
        ("Matematik 3b", DAY, DAY),
    ]
    assert study_plan(world.karin, person) == []


def test_a_person_in_two_providers_shows_each_provider_its_own_row(world: World) -> None:
    person = world.person()
    enrol(actor=PROGRAM, person_id=person, provider_id=world.other_provider, start_date=TODAY)
    world.place(world.group(), person)
    world.place(world.group(unit=world.kompaniet), person)
    plans = [study_plan(actor, person) for actor in (world.admin, world.other_admin, world.centre)]
    assert [[row.group_name for row in plan] for plan in plans] == [
        ["PRÖ:KC26HTMAT03B"],
        ["PRÖ:KK26HTMAT03B"],
        ["PRÖ:KC26HTMAT03B", "PRÖ:KK26HTMAT03B"],
    ]


def test_a_withdrawn_placement_leaves_the_group_and_stays_in_the_study_plan(world: World) -> None:
    group, person = world.group(), world.person()
    placement = world.place(group, person)[0]
    withdraw_placement(
        actor=PROGRAM, placement_id=placement.id, expected_version=1, reason="Fel grupp"
    )
    assert placements_in(world.admin, group.id) == []
    row = study_plan(world.admin, person)[0]
    assert (row.valid, row.outcome_label, row.outcome_reason) == (
        False,
        "återtagen placering",
        "Fel grupp",
    )


def test_the_preview_takes_the_name_apart_and_says_who_has_a_group_already(world: World) -> None:
    world.group(teacher="Karin")
    preview = preview_group(world.admin, unit_id=world.centrum, course_id=world.course(), term=HT26)
    assert [part.text for part in preview.parts] == ["PRÖ:", "KC", "26", "HT", "MAT03B", "2"]
    assert "".join(part.text for part in preview.parts) == preview.name
    assert preview.taken_by_teachers == ((world.teachers["Karin"], "Karin Wallgren"),)
    assert (preview.start_date, preview.points, preview.problems) == (date(2026, 8, 17), 100, ())


def test_the_preview_is_closed_to_who_cannot_make_the_group(world: World) -> None:
    for actor in (world.other_admin, world.principal):
        with pytest.raises(NotFoundError):
            preview_group(actor, unit_id=world.centrum, course_id=world.course(), term=HT26)
    with pytest.raises(NotFoundError):
        preview_group(world.admin, unit_id=world.centrum, course_id=uuid4(), term=HT26)


def groups_page(world: World, _group: UUID, _person: UUID) -> object:
    return groups_for(world.admin, unit_id=world.centrum, term=HT26)


def group_page(world: World, group: UUID, _person: UUID) -> object:
    return placements_in(world.admin, group)


def study_plan_page(world: World, _group: UUID, person: UUID) -> object:
    return study_plan(world.admin, person)


def copy_page(world: World, _group: UUID, _person: UUID) -> object:
    return copy_preview(world.admin, world.centrum, HT26, TODAY)


@pytest.mark.parametrize(
    ("page", "queries"), [(groups_page, 1), (group_page, 2), (study_plan_page, 2), (copy_page, 9)]
)
@pytest.mark.parametrize("size", [1, 30])
def test_a_page_takes_the_same_queries_whatever_its_size(
    world: World,
    django_assert_num_queries: DjangoAssertNumQueries,
    page: Callable[[World, UUID, UUID], object],
    queries: int,
    size: int,
) -> None:
    groups = [world.group() for _ in range(size)]
    persons = [world.person() for _ in range(size)]
    world.place(groups[0], *persons)
    for group in groups[1:]:
        world.place(group, persons[0])
    with django_assert_num_queries(queries):
        page(world, groups[0].id, persons[0])
