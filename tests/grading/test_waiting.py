"""What waits: exams that have passed without a grade, and the last day that is in time."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from provning.grading.actions import decide_grades
from provning.grading.queries import ungraded_after_exam
from provning.grading.rules import last_day_in_time
from provning.kernel.actors import Actor
from provning.organisation.models import Policy
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
