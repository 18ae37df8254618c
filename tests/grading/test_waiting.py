"""What waits: exams that have passed without a grade, and the last day that is in time."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.grading.actions import decide_grades, save_draft
from provning.grading.queries import grades_due, ungraded_after_exam
from provning.grading.rules import last_day_in_time
from provning.kernel.actors import Actor
from provning.organisation.models import Policy
from provning.people.models import Person
from tests.grading import world
from tests.grading.conftest import Ready
from tests.grading.world import EXAM, TODAY

LAST_DAY = EXAM + timedelta(days=14)


def test_two_weeks_count_the_last_day_itself() -> None:
    assert last_day_in_time(date(2026, 12, 28), 14) == date(2027, 1, 11)


@pytest.mark.parametrize(
    ("today", "late"), [(LAST_DAY, False), (LAST_DAY + timedelta(days=1), True)]
)
def test_the_last_day_is_in_time_and_the_next_is_late(
    ready: Ready, today: date, *, late: bool
) -> None:
    (row,) = ungraded_after_exam(ready.teacher, today)

    assert (row.group.id, row.count, row.oldest) == (ready.group.pk, 3, EXAM)
    assert (row.last_day, row.late) == (LAST_DAY, late)


def test_an_exam_of_today_does_not_wait_yet(ready: Ready) -> None:
    assert ungraded_after_exam(ready.teacher, EXAM) == []
    assert len(ungraded_after_exam(ready.teacher, EXAM + timedelta(days=1))) == 1


def test_what_is_graded_withdrawn_or_not_carried_out_waits_no_more(ready: Ready) -> None:
    decide_grades(
        actor=ready.teacher,
        group_id=ready.group.pk,
        values={each.pk: "A" for each in ready.placements},
        submission=uuid4(),
        today=TODAY,
    )
    for outcome in ("withdrawn", "absent"):
        world.place(ready.group, exam_date=EXAM - timedelta(days=9), outcome=outcome)

    assert ungraded_after_exam(ready.teacher, TODAY) == []


def test_the_days_are_the_organisers_policy(ready: Ready) -> None:
    Policy.objects.create(
        organiser=ready.town.organiser,
        key="register_within_days",
        value=5,
        valid_from=date(2026, 1, 1),
    )

    (row,) = ungraded_after_exam(ready.teacher, TODAY)

    assert (row.last_day, row.late) == (EXAM + timedelta(days=5), True)


def test_each_sees_what_waits_in_their_own_scope(ready: Ready) -> None:
    town = ready.town
    colleague = world.teacher(town.unit, "Bo")
    second = world.group(town.unit, colleague, number=2)
    world.place(second, exam_date=EXAM - timedelta(days=1))
    foreign = world.group(town.other_unit, world.teacher(town.other_unit, "Eva"))
    world.place(foreign)

    def seen(actor: Actor) -> list[object]:
        return [row.group.id for row in ungraded_after_exam(actor, TODAY)]

    assert seen(ready.teacher) == [ready.group.pk]
    assert seen(ready.admin) == [second.pk, ready.group.pk]
    assert seen(world.administrator(town.other_unit)) == [foreign.pk]


def test_case_29_nothing_waits_for_the_deceased(ready: Ready) -> None:
    Person.objects.filter(pk=ready.placements[0].person_id).update(status="Avliden")

    (row,) = ungraded_after_exam(ready.teacher, TODAY)
    (due,) = grades_due(ready.teacher, TODAY)

    assert (row.count, due.count) == (2, 2)


@pytest.mark.parametrize(("after", "days"), [(0, 0), (1, 1), (-3, -3)])
def test_case_19_and_20_each_exam_date_has_its_last_day_which_is_in_time(
    ready: Ready, after: int, days: int
) -> None:
    world.place(ready.group, exam_date=EXAM + timedelta(days=2))

    rows = grades_due(ready.teacher, LAST_DAY + timedelta(days=after))

    assert [(row.exam_date, row.count, row.last_day, row.days) for row in rows] == [
        (EXAM, 3, LAST_DAY, days),
        (EXAM + timedelta(days=2), 1, LAST_DAY + timedelta(days=2), days - 2),
    ]
    assert [row.late for row in rows] == [days > 0, days > 2]


def test_what_is_typed_is_counted_for_who_may_see_it(ready: Ready) -> None:
    first, second, _ = ready.placements
    for placement, value in ((first, "A"), (second, "B"), (second, "")):
        save_draft(
            actor=ready.teacher,
            placement_id=placement.pk,
            value=value,
            expected_version=1 if value == "" else 0,
            today=TODAY,
        )
    who = {
        "teacher": ready.teacher,
        "typist": ready.admin,
        "rektor": world.principal(ready.town.unit),
        "provider": world.provider_staff(ready.town.unit),
        "centre": world.centre(ready.town.organiser),
    }
    seen = {name: [row.drafted for row in grades_due(actor, TODAY)] for name, actor in who.items()}
    assert seen == {
        "teacher": [1],
        "typist": [1],
        "rektor": [1],
        "provider": [None],
        "centre": [None],
    }


def test_the_teacher_sees_their_own_the_provider_its_own_and_the_huvudman_all(ready: Ready) -> None:
    other = ready.town.other_unit
    world.place(world.group(other, world.teacher(other, "Bo")))
    world.place(world.group(ready.town.unit, world.teacher(ready.town.unit, "Åsa"), number=2))
    elsewhere = world.municipality()
    world.place(world.group(elsewhere.unit, world.teacher(elsewhere.unit, "Eva")))

    def counted(actor: Actor) -> list[int]:
        return sorted(row.count for row in grades_due(actor, TODAY))

    assert counted(ready.teacher) == [3]
    assert counted(world.provider_staff(ready.town.unit)) == [1, 3]
    assert counted(world.provider_staff(other)) == [1]
    assert counted(world.centre(ready.town.organiser)) == [1, 1, 3]


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_is_three_queries_however_long(
    ready: Ready, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2, size + 1):
        world.place(world.group(ready.town.unit, None, number=number))

    with django_assert_num_queries(3):
        assert len(grades_due(ready.admin, TODAY)) == size
