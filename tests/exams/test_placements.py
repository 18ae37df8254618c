"""Placing persons in groups, and changing or taking back what was placed."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from provning.audit.queries import history_of
from provning.exams.actions import (
    change_exam_date,
    place_student,
    place_students,
    withdraw_placement,
)
from provning.exams.models import ExamGroup, Placement
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.people.models import Person
from tests.exams.world import TODAY, World

DAY = date(2026, 11, 3)
LATER = date(2026, 12, 1)


def place(
    world: World,
    group: ExamGroup,
    *entries: tuple[UUID, date],
    actor: Actor | None = None,
    reason: str = "",
) -> list[Placement]:
    return place_students(
        actor=actor or world.admin,
        group_id=group.id,
        entries=list(entries),
        override_reason=reason,
        today=TODAY,
    )


def refusal(error: pytest.ExceptionInfo[ProblemsFoundError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in error.value.problems]


def test_a_placement_has_what_the_manual_says(world: World) -> None:
    placement = place(world, world.group(), (world.person(), DAY))[0]
    assert (placement.exam_date, placement.status, placement.study_active) == (
        DAY,
        "Prövning",
        True,
    )


def test_several_are_placed_at_once_each_with_their_own_day(world: World) -> None:
    group, one, other = world.group(), world.person(), world.person()
    place(world, group, (one, DAY), (other, LATER))
    assert dict(group.placements.values_list("person_id", "exam_date")) == {one: DAY, other: LATER}


def test_one_row_that_is_wrong_stops_them_all_and_says_which(world: World) -> None:
    group, dead = world.group(), world.person()
    Person.objects.filter(pk=dead).update(status=Person.Status.DECEASED)
    entries = [
        (world.person(), DAY),
        (world.stranger(), DAY),
        (dead, DAY),
        (world.person(), date(2027, 1, 4)),
    ]
    with pytest.raises(ProblemsFoundError) as error:
        place(world, group, *entries)
    assert refusal(error) == [
        ("placement-never-enrolled", "row-2"),
        ("placement-deceased", "row-3"),
        ("placement-date-outside-group", "row-4"),
    ]
    assert Placement.objects.count() == 0


def test_another_providers_person_looks_like_nobody_at_all(world: World) -> None:
    group = world.group()
    elsewhere = world.person(provider=world.other_provider)
    told = []
    for person in (elsewhere, uuid4()):
        with pytest.raises(ProblemsFoundError) as error:
            place(world, group, (person, DAY))
        told.append([problem.text for problem in error.value.problems])
    assert told[0] == told[1]


def test_somebody_enrolled_with_the_provider_may_be_placed_in_its_other_unit(world: World) -> None:
    assert len(place(world, world.group(unit=world.hamnen), (world.person(), DAY))) == 1


def test_the_same_person_twice_in_a_group_is_refused(world: World) -> None:
    group, person = world.group(), world.person()
    place(world, group, (person, DAY))
    with pytest.raises(ProblemsFoundError) as same_day:
        place(world, group, (person, DAY), reason="Nytt försök")
    with pytest.raises(ProblemsFoundError) as other_day:
        place(world, group, (person, LATER))
    assert refusal(same_day) == [("placement-twice", "row-1")]
    assert refusal(other_day) == [("placement-again", "row-1")]


def test_a_new_attempt_keeps_its_reason(world: World) -> None:
    group, person = world.group(), world.person()
    place(world, group, (person, DAY))
    second = place(world, group, (person, LATER), reason="Nytt försök")[0]
    assert second.override_reason == "Nytt försök"
    [event] = history_of("placement", second.id)
    assert (event.name, event.reason) == ("students_placed", "Nytt försök")


def test_a_reason_nobody_needed_is_not_kept(world: World) -> None:
    assert place(world, world.group(), (world.person(), DAY), reason="x")[0].override_reason == ""


def test_nobody_chosen_is_told(world: World) -> None:
    with pytest.raises(ProblemsFoundError) as error:
        place(world, world.group())
    assert refusal(error) == [("placement-nobody", "")]


def test_from_the_study_plan_the_fields_are_the_forms(world: World) -> None:
    group, stranger = world.group(), world.stranger()
    with pytest.raises(ProblemsFoundError) as error:
        place_student(
            actor=world.admin,
            group_id=group.id,
            person_id=stranger,
            exam_date=date(2026, 7, 1),
            today=TODAY,
        )
    assert refusal(error) == [
        ("placement-never-enrolled", "person"),
        ("placement-date-outside-group", "exam_date"),
    ]


def test_placing_is_one_event_about_the_group_and_everybody_in_it(world: World) -> None:
    group, one, other = world.group(), world.person(), world.person()
    place(world, group, (one, DAY), (other, DAY))
    events = [history_of("person", person)[0] for person in (one, other)]
    assert events[0].number == events[1].number == history_of("exam_group", group.id)[0].number
    assert (events[0].name, events[0].after["count"]) == ("students_placed", 2)


def test_no_name_and_no_number_goes_into_the_trail(world: World) -> None:
    group, person = world.group(), world.person("Alexandra", "Hemlig")
    place(world, group, (person, DAY))
    event = history_of("exam_group", group.id)[0]
    assert event.name == "students_placed"
    assert "Alexandra" not in str(event)
    assert "Hemlig" not in str(event)


def test_another_provider_and_a_teacher_cannot_place(world: World) -> None:
    group, person = world.group(teacher="Karin"), world.person()
    with pytest.raises(NotFoundError):
        place(world, group, (person, DAY), actor=world.other_admin)
    with pytest.raises(NotAllowedError):
        place(world, group, (person, DAY), actor=world.karin)
    assert Placement.objects.count() == 0


def test_the_centre_places_for_every_provider_of_the_organiser(world: World) -> None:
    group = world.group(unit=world.kompaniet)
    person = world.person(provider=world.other_provider)
    assert len(place(world, group, (person, DAY), actor=world.centre)) == 1


def move(world: World, placement: Placement, day: date, *, actor: Actor | None = None) -> Placement:
    return change_exam_date(
        actor=actor or world.admin,
        placement_id=placement.id,
        expected_version=placement.version,
        exam_date=day,
        today=TODAY,
    )


def withdraw(
    world: World, placement: Placement, reason: str = "Fel person", *, actor: Actor | None = None
) -> Placement:
    return withdraw_placement(
        actor=actor or world.admin,
        placement_id=placement.id,
        expected_version=placement.version,
        reason=reason,
    )


def test_a_date_is_changed_and_the_trail_has_both(world: World) -> None:
    placement = place(world, world.group(), (world.person(), DAY))[0]
    moved = move(world, placement, LATER)
    assert (moved.exam_date, moved.version) == (LATER, 2)
    event = history_of("placement", placement.id)[0]
    assert (event.name, event.before["exam_date"], event.after["exam_date"]) == (
        "exam_date_changed",
        "2026-11-03",
        "2026-12-01",
    )


def test_the_same_date_again_changes_nothing(world: World) -> None:
    placement = place(world, world.group(), (world.person(), DAY))[0]
    assert move(world, placement, DAY).version == 1


def test_a_date_stays_in_the_group_and_free_for_the_person(world: World) -> None:
    group, person = world.group(), world.person()
    placement = place(world, group, (person, DAY))[0]
    place(world, group, (person, LATER), reason="Nytt försök")
    for day, code in (
        (date(2026, 12, 19), "placement-date-outside-group"),
        (LATER, "placement-twice"),
    ):
        with pytest.raises(ProblemsFoundError) as error:
            move(world, placement, day)
        assert refusal(error) == [(code, "exam_date")]


def test_who_changed_the_date_first_is_told_to_who_comes_second(world: World) -> None:
    placement = place(world, world.group(), (world.person(), DAY))[0]
    move(world, placement, LATER, actor=world.centre)
    with pytest.raises(ConflictError) as error:
        move(world, placement, date(2026, 12, 8))
    told = error.value.problems[0].params
    assert (told["who"], told["what"]) == (
        "Vuxenutbildningscentrum",
        "Prövningsdatum i PRÖ:KC26HTMAT03B ändrades till 2026-12-01",
    )


def test_a_placement_is_taken_back_with_its_reason_and_the_row_stays(world: World) -> None:
    placement = place(world, world.group(), (world.person(), DAY))[0]
    withdrawn = withdraw(world, placement)
    assert (withdrawn.outcome, withdrawn.outcome_reason) == ("withdrawn", "Fel person")
    event = history_of("placement", placement.id)[0]
    assert (event.name, event.reason) == ("placement_withdrawn", "Fel person")
    assert withdraw(world, withdrawn).version == 2


def test_taking_back_without_a_reason_is_refused(world: World) -> None:
    placement = place(world, world.group(), (world.person(), DAY))[0]
    with pytest.raises(ProblemsFoundError) as error:
        withdraw(world, placement, " ")
    assert refusal(error) == [("placement-reason-missing", "reason")]


def test_what_was_taken_back_cannot_be_moved_but_the_person_placed_anew(world: World) -> None:
    group, person = world.group(), world.person()
    withdrawn = withdraw(world, place(world, group, (person, DAY))[0])
    with pytest.raises(ProblemsFoundError) as error:
        move(world, withdrawn, LATER)
    assert refusal(error) == [("placement-withdrawn", "")]
    assert len(place(world, group, (person, DAY))) == 1


def test_another_provider_neither_moves_nor_takes_back(world: World) -> None:
    placement = place(world, world.group(teacher="Karin"), (world.person(), DAY))[0]
    for actor, error in ((world.other_admin, NotFoundError), (world.karin, NotAllowedError)):
        with pytest.raises(error):
            move(world, placement, LATER, actor=actor)
        with pytest.raises(error):
            withdraw(world, placement, actor=actor)
    placement.refresh_from_db()
    assert (placement.exam_date, placement.outcome) == (DAY, "")
