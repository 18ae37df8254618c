"""Everything about a person ends with the deliveries that hold their decisions."""

import json
from pathlib import Path
from uuid import uuid5

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.archive.models import Delivery, DeliveryList
from provning.archive.queries import with_deliveries
from provning.cli.main import main
from provning.extracts.queries import compile_person
from provning.extracts.rows import HeldDelivery
from provning.kernel.actors import Actor
from provning.people.models import Person
from tests.archive.world import RECEIVED, SENT, Shelf, shelf
from tests.grading import world
from tests.grading.world import AFTER_TERM
from tests.support.kept import kept
from tests.support.pdf_text import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db: None) -> Person:  # noqa: ARG001 (the fixture opens the database)
    """Return whom everything is about."""
    return world.person("Ada", "Åkesson")


Stored = tuple[Shelf, Person, Delivery]


def build_stored() -> Stored:
    """Return the shelf, a person, and the delivery that holds their grade alone, received."""
    ada = world.person("Ada", "Åkesson")
    stage = shelf([ada])
    return stage, ada, stage.delivered()


stored = kept(build_stored)


def told(actor: Actor, person: Person) -> tuple[HeldDelivery, ...]:
    return with_deliveries(actor, compile_person(actor, person.pk)).deliveries


def test_the_delivery_its_list_and_the_receipt_are_told(stored: Stored) -> None:
    stage, ada, delivery = stored

    assert told(stage.sender, ada) == (
        HeldDelivery(
            id=delivery.pk,
            document_id=delivery.document_id,
            unit_name="Komvux Centrum",
            period="2026",
            catalogues=("BK-12345678-HT26-1",),
            lists=(DeliveryList.objects.get().stored_id,),
            state="received",
            state_label="mottagen",
            sent_on=SENT,
            receipt_on=RECEIVED,
            receipt_by="Vera Centrum",
            remarks="",
        ),
    )


def test_what_is_only_prepared_has_no_receipt_and_others_deliveries_are_not_told(
    ada: Person,
) -> None:
    stage = shelf([ada])
    stage.print()
    stage.prepare()
    late = world.person("Bo", "Berg")
    stage.grade(late)
    stage.print(AFTER_TERM, sign=False)

    (held,) = told(stage.sender, ada)
    assert (held.state, held.sent_on, held.receipt_on, held.receipt_by) == (
        "prepared",
        None,
        None,
        "",
    )
    # Bo stands in the second version alone, which lies in no delivery.
    assert told(stage.sender, late) == ()


def test_a_protected_persons_delivery_is_told_only_to_who_may_see_them() -> None:
    siv = world.person("Siv", "Hemlig", protected=True)
    stage = shelf([world.person(), siv])
    stage.delivered()

    lists = {each.part: each.stored_id for each in DeliveryList.objects.all()}
    (held,) = told(stage.sender, siv)
    assert (held.lists, len(held.catalogues)) == ((lists["protected"],), 1)
    assert told(world.administrator(stage.graded.town.unit), siv) == ()


def test_who_reads_catalogues_but_no_deliveries_is_told_of_none(stored: Stored) -> None:
    stage, ada, _delivery = stored
    reader = world.administrator(stage.graded.town.unit)

    found = with_deliveries(reader, compile_person(reader, ada.pk))

    assert ([each.document_id for each in found.catalogues], found.deliveries) == (
        ["BK-12345678-HT26-1"],
        (),
    )


def test_the_command_writes_them_too(stored: Stored, tmp_path: Path) -> None:
    _stage, ada, delivery = stored
    as_json, as_pdf = tmp_path / "ada.json", tmp_path / "ada.pdf"

    for out in (as_json, as_pdf):
        assert main(["person", "--id", str(ada.pk), "--out", str(out)]) == 0

    (written,) = json.loads(as_json.read_text("utf-8"))["deliveries"]
    assert (written["document_id"], written["receipt_on"], written["lists"]) == (
        delivery.document_id,
        RECEIVED.isoformat(),
        [DeliveryList.objects.get().stored_id],
    )
    text = text_of(as_pdf.read_bytes())
    assert f"Skickad {SENT}, mottagen {RECEIVED} av Vera Centrum" in text
    assert delivery.document_id in text


@pytest.mark.parametrize("size", [1, 30])
def test_it_is_read_in_the_same_queries_for_any_number_of_deliveries(
    stored: Stored, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stage, ada, delivery = stored
    deliver_again(delivery, size)
    found = compile_person(stage.sender, ada.pk)

    with django_assert_num_queries(4):
        assert len(with_deliveries(stage.sender, found).deliveries) == size


def deliver_again(first: Delivery, size: int) -> None:
    """Store as many deliveries as are asked for: copies of the first with other numbers."""
    for number in range(2, size + 1):
        steps = list(first.steps.prefetch_related("items", "lists"))
        copy = type(first).objects.create(
            unit=first.unit,
            year=first.year,
            season=first.season,
            number=number,
            document_id=f"{first.document_id}-{number}",
            made_at=first.made_at,
            made_by_name=first.made_by_name,
        )
        for step in steps:
            items = list(step.items.all())
            step.pk, step.delivery = None, copy
            step.submission = uuid5(copy.pk, str(step.number))
            step.save()
            for item in items:
                item.pk, item.step = None, step
                item.save()
