"""What stops a delivery: everything that is missing, for whom, and what a reason sets aside."""

from uuid import UUID, uuid4

import pytest

from provning.archive.actions import (
    prepare_delivery,
)
from provning.archive.models import Delivery
from provning.archive.queries import preparation_for
from provning.audit.models import AuditEvent
from provning.catalogues.actions import register_signature
from provning.catalogues.rows import Signing
from provning.kernel.actors import Actor
from provning.people.models import Person
from tests.archive.words import codes, steps
from tests.archive.world import RECEIVED, SENT, YEAR, Shelf, shelf
from tests.catalogues.world import person_of
from tests.grading import world
from tests.grading.world import AFTER_TERM

pytestmark = pytest.mark.django_db


def missing(stage: Shelf, *, actor: Actor | None = None) -> list[str]:
    """Return the codes of what is missing in the year's delivery."""
    found = preparation_for(
        actor or stage.sender, unit_id=stage.unit_id, period=YEAR, today=AFTER_TERM
    )
    return [each.code for each in found.missing]


def test_case_84_an_unsigned_catalogue_is_not_sent(plain: Shelf) -> None:
    plain.print(sign=False)
    delivery = plain.prepare()

    assert missing(plain) == ["delivery-unsigned"]
    assert codes(lambda: plain.send(delivery)) == ["delivery-unsigned"]
    assert codes(lambda: plain.send(delivery, reason="Kommer sedan")) == ["delivery-unsigned"]
    assert steps(delivery) == [(1, "prepared")]


def test_case_84_a_partly_signed_catalogue_names_whose_signature_is_missing(plain: Shelf) -> None:
    plain.graded.town.organiser.policies.create(
        key="catalogue_principal", value="all", valid_from=world.SINCE
    )
    rektor = Person.objects.get(pk=person_of(plain.sender))
    rektor.duties.create(unit=plain.graded.town.unit, role="Rektor", start_date=world.SINCE)
    (catalogue,) = plain.print(sign=False)
    teacher_signs(plain, catalogue.pk)

    found = preparation_for(plain.sender, unit_id=plain.unit_id, period=YEAR, today=AFTER_TERM)

    assert [each.text for each in found.missing] == [
        "BK-12345678-HT26-1 är inte undertecknad av Rut Rektor. Låt dem underteckna katalogen."
    ]


def test_custom_may_let_signatures_be_missing_with_a_written_reason(plain: Shelf) -> None:
    plain.custom("delivery_exceptions", "ungraded_unsigned")
    plain.print(sign=False)
    delivery = plain.prepare()

    assert codes(lambda: plain.send(delivery)) == ["delivery-unsigned", "delivery-reason-missing"]
    plain.send(delivery, reason="Läraren är utomlands till mars")

    sent = delivery.steps.get(kind="sent")
    assert sent.override_reason == "Läraren är utomlands till mars"
    assert sent.exceptions.startswith("BK-12345678-HT26-1 är inte undertecknad")
    event = AuditEvent.objects.get(name="delivery_sent")
    assert event.reason == "Läraren är utomlands till mars"


def test_grades_that_are_not_set_may_wait_with_a_written_reason(plain: Shelf) -> None:
    world.place(plain.graded.group, world.person("Ingen", "Obedömd"))
    plain.print()
    delivery = plain.prepare()

    assert codes(lambda: plain.send(delivery)) == ["delivery-ungraded", "delivery-reason-missing"]
    plain.send(delivery, reason="Omprövning i februari")
    assert steps(delivery) == [(1, "prepared"), (2, "sent")]


def test_where_custom_allows_nothing_no_reason_helps(plain: Shelf) -> None:
    plain.custom("delivery_exceptions", "none")
    world.place(plain.graded.group, world.person("Ingen", "Obedömd"))
    plain.print()
    delivery = plain.prepare()

    assert codes(lambda: plain.send(delivery, reason="Sedan")) == ["delivery-ungraded"]


def test_an_outcome_without_grade_is_not_missing(plain: Shelf) -> None:
    world.place(plain.graded.group, outcome="absent")
    plain.print()

    assert missing(plain) == []


def test_case_86_nothing_decided_is_nothing_to_deliver() -> None:
    town = world.municipality()
    sender = world.principal(town.unit)

    def attempt() -> None:
        prepare_delivery(
            actor=sender, unit_id=town.unit.pk, period=YEAR, submission=uuid4(), today=AFTER_TERM
        )

    assert codes(attempt) == ["delivery-nothing-new"]
    assert Delivery.objects.count() == 0


def test_a_preliminary_catalogue_is_not_delivered(plain: Shelf) -> None:
    before = AFTER_TERM.replace(year=2026, month=12)
    plain.print(before, sign=False)

    found = preparation_for(plain.sender, unit_id=plain.unit_id, period=YEAR, today=before)

    assert [each.code for each in found.missing] == [
        "delivery-period-running",
        "delivery-unprinted",
    ]
    assert [each.code for each in found.hindered] == ["delivery-nothing-new"]


def test_a_decision_that_is_not_printed_stops_it_whatever_the_reason(printed: Shelf) -> None:
    delivery = printed.prepare()
    printed.grade(world.person("Cia", "Dahl"))

    assert codes(lambda: printed.send(delivery, reason="Sedan")) == ["delivery-unprinted"]


def test_a_list_that_is_older_than_the_catalogue_is_not_sent(printed: Shelf) -> None:
    delivery = printed.prepare()
    printed.grade(world.person("Cia", "Dahl"))
    printed.print()

    assert codes(lambda: printed.send(delivery)) == ["delivery-list-outdated"]
    assert printed.prepare().pk == delivery.pk
    printed.send(delivery)
    assert steps(delivery) == [(1, "prepared"), (2, "prepared"), (3, "sent")]


def test_what_is_missing_in_the_protected_part_is_told_without_saying_what() -> None:
    stage = shelf([world.person("Ada", "Åkesson"), world.person("Siv", "Hemlig", protected=True)])
    ordinary, _protected = stage.print(sign=False)
    stage.sign(ordinary)

    assert missing(stage) == ["delivery-unsigned"]
    staff = world.provider_staff(stage.graded.town.unit)
    assert missing(stage, actor=staff) == ["delivery-part-hidden"]


def test_a_person_who_is_protected_since_the_print_stops_the_ordinary_part() -> None:
    person = world.person("Siv", "Hemlig")
    stage = shelf([world.person("Ada", "Åkesson"), person])
    stage.print()
    delivery = stage.prepare()
    Person.objects.filter(pk=person.pk).update(protection="Sekretessmarkering", case_number="SK-1")

    assert codes(lambda: stage.send(delivery, reason="Sedan")) == [
        "delivery-names-protected",
        "delivery-unprinted",
    ]


def test_while_one_is_under_way_no_other_is_prepared(printed: Shelf) -> None:
    delivery = printed.prepare()
    printed.send(delivery)
    printed.grade(world.person("Cia", "Dahl"))
    printed.print(SENT)

    assert codes(lambda: printed.prepare(SENT)) == ["delivery-under-way"]
    printed.receive(delivery)
    assert printed.prepare(RECEIVED).number == 2


def teacher_signs(stage: Shelf, catalogue_id: UUID) -> None:
    """Let the teacher alone sign a version."""
    register_signature(
        actor=stage.graded.teacher,
        catalogue_id=catalogue_id,
        signing=Signing(stage.graded.teacher_person.pk, "LÄRARE", AFTER_TERM),
        today=AFTER_TERM,
    )
