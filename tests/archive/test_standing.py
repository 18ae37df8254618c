"""How periods stand with their deliveries: what is due, for whom, and how late."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.archive.actions import return_delivery
from provning.archive.queries import DeliveryState, StandingRow, deliveries_to_see, standings
from provning.grading.actions import decide_grades
from provning.kernel.actors import Permission
from provning.organisation.models import SchoolUnit
from provning.people.models import Duty
from tests.archive.world import RECEIVED, SENT, Shelf
from tests.grading import world
from tests.grading.world import AFTER_TERM

pytestmark = pytest.mark.django_db
LAST_DAY = date(2027, 3, 1)  # sixty days after the end of the year
QUERIES = 8


def mine(stage: Shelf, today: date) -> list[StandingRow]:
    return standings(stage.sender, Permission.SEND_DELIVERIES, today)


def facts(rows: list[StandingRow]) -> list[tuple[str, DeliveryState, date, bool]]:
    return [(row.period.code, row.state, row.due, row.late) for row in rows]


def test_a_year_is_to_be_sent_from_its_end_and_late_after_the_days_of_custom(plain: Shelf) -> None:

    assert facts(mine(plain, date(2026, 12, 31))) == []
    assert facts(mine(plain, date(2027, 1, 1))) == [
        ("2026", DeliveryState.MISSING, LAST_DAY, False)
    ]
    assert facts(mine(plain, LAST_DAY)) == [("2026", DeliveryState.MISSING, LAST_DAY, False)]
    late = LAST_DAY + timedelta(days=1)
    assert facts(mine(plain, late)) == [("2026", DeliveryState.MISSING, LAST_DAY, True)]


def test_custom_says_how_often_and_how_soon(plain: Shelf) -> None:
    plain.custom("delivery_period", "term")
    plain.custom("deliver_within_days", 10)

    assert facts(mine(plain, AFTER_TERM)) == [
        ("HT26", DeliveryState.MISSING, date(2027, 1, 10), False)
    ]


def test_what_is_sent_waits_for_the_receiver(printed: Shelf) -> None:
    delivery = printed.prepare()
    assert [row.state for row in mine(printed, AFTER_TERM)] == [DeliveryState.PREPARED]
    printed.send(delivery)

    due = SENT + timedelta(days=21)
    assert facts(mine(printed, due)) == [("2026", DeliveryState.SENT, due, False)]
    assert facts(mine(printed, due + timedelta(days=1))) == [
        ("2026", DeliveryState.SENT, due, True)
    ]
    seen = standings(printed.receiver, Permission.RECEIVE_DELIVERIES, SENT)
    assert [(row.unit_name, row.state, row.document_id) for row in seen] == [
        ("Komvux Centrum", DeliveryState.SENT, "LEV-12345678-2026-1")
    ]


def test_what_is_returned_is_the_providers_again(printed: Shelf) -> None:
    delivery = printed.prepare()
    printed.send(delivery)
    return_delivery(
        actor=printed.receiver,
        delivery_id=delivery.pk,
        expected_step=2,
        submission=uuid4(),
        remarks="Sidan 2 saknas",
        today=RECEIVED,
    )

    assert facts(mine(printed, RECEIVED)) == [("2026", DeliveryState.RETURNED, LAST_DAY, False)]


def test_what_is_received_is_done_until_something_is_decided(delivered: Shelf) -> None:
    assert [row.state for row in mine(delivered, LAST_DAY + timedelta(days=300))] == [
        DeliveryState.RECEIVED
    ]
    assert [row.late for row in mine(delivered, LAST_DAY + timedelta(days=300))] == [False]

    delivered.grade(world.person("Cia", "Dahl"))

    (row,) = mine(delivered, RECEIVED)
    assert (row.state, row.supplementary, row.delivery_id) == (DeliveryState.MISSING, True, None)


def test_case_94_others_see_nothing_of_it(plain: Shelf) -> None:
    town = plain.graded.town

    assert deliveries_to_see(world.provider_staff(town.other_unit), AFTER_TERM) == []
    assert deliveries_to_see(plain.graded.teacher, AFTER_TERM) == []
    assert deliveries_to_see(world.centre(world.municipality().organiser), AFTER_TERM) == []
    assert [row.unit_name for row in deliveries_to_see(plain.receiver, AFTER_TERM)] == [
        "Komvux Centrum"
    ]


@pytest.mark.parametrize("size", [1, 30])
def test_any_number_of_units_asks_the_database_as_often(
    size: int, django_assert_num_queries: DjangoAssertNumQueries, delivered: Shelf
) -> None:
    for number in range(1, size):
        unit = SchoolUnit.objects.create(
            provider=delivered.graded.town.unit.provider, name=f"Komvux {number:02}"
        )
        group = world.group(unit, delivered.graded.teacher_person)
        teacher = world.grading_teacher(delivered.graded.teacher_person, unit)
        Duty.objects.create(
            person=delivered.graded.teacher_person,
            unit=unit,
            role="Lärare",
            registered_teacher=True,
            start_date=world.SINCE,
        )
        decide_grades(
            actor=teacher,
            group_id=group.pk,
            values={world.place(group).pk: "B"},
            submission=uuid4(),
            today=world.TODAY,
        )

    with django_assert_num_queries(QUERIES):
        rows = deliveries_to_see(delivered.receiver, AFTER_TERM)

    assert len(rows) == size
