"""A delivery's way: prepared, sent, received or returned, and what stops it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from provning.archive.actions import (
    prepare_delivery,
    receive_delivery,
    return_delivery,
    send_delivery,
)
from provning.archive.models import Delivery, DeliveryItem, DeliveryList, DeliveryStep
from provning.archive.queries import delivery_for, list_document
from provning.archive.rules.periods import Period
from provning.archive.rules.steps import LONGEST_TEXT
from provning.audit.models import AuditEvent
from provning.audit.queries import history_of, verify_chain
from provning.exams.models import ExamGroup
from provning.grading.actions import decide_grades
from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    NotOpenedError,
)
from provning.kernel.seen import watching
from provning.people.models import Person
from tests.archive.words import codes, shown_number, steps
from tests.archive.world import RECEIVED, SENT, YEAR, Shelf, corrected, shelf
from tests.builders import recorded
from tests.grading import world
from tests.grading.world import AFTER_TERM

pytestmark = pytest.mark.django_db


def test_a_signed_catalogue_goes_all_the_way(plain: Shelf) -> None:
    delivery = plain.delivered()

    assert delivery.document_id == "LEV-12345678-2026-1"
    assert steps(delivery) == [(1, "prepared"), (2, "sent"), (3, "received")]
    row = delivery_for(plain.receiver, delivery.pk)
    assert [paper.document_id for paper in row.papers] == ["BK-12345678-HT26-1"]
    assert (row.last.day, row.last.by, row.due) == (RECEIVED, "Vera Centrum", None)
    assert [each.name for each in history_of("delivery", delivery.pk)] == [
        "delivery_received",
        "delivery_sent",
        "delivery_prepared",
    ]
    assert verify_chain().fault == ""


def test_case_86_a_person_in_two_groups_has_a_line_for_each() -> None:
    ada = world.person("Ada", "Åkesson")
    stage = shelf([ada, world.person("Bo", "Berg")])
    english = world.course("ENGENG05", "Engelska 5")
    second = world.group(stage.graded.town.unit, stage.graded.teacher_person, of=english)
    decide(stage, second, ada)
    stage.print()

    delivery = stage.prepare()

    (made,) = DeliveryList.objects.filter(step__delivery=delivery)
    assert (made.rows, made.content.count(shown_number(ada))) == (3, 2)


def test_case_87_protected_persons_go_in_a_list_of_their_own() -> None:
    hidden = world.person("Siv", "Hemlig", protected=True)
    stage = shelf([world.person("Ada", "Åkesson"), hidden])
    stage.print()

    delivery = stage.prepare()

    lists = {each.part: each for each in DeliveryList.objects.filter(step__delivery=delivery)}
    assert ["Hemlig" in lists[part].content for part in ("ordinary", "protected")] == [False, True]
    assert shown_number(hidden) not in lists["ordinary"].content
    staff = world.provider_staff(stage.graded.town.unit)
    row = delivery_for(staff, delivery.pk)
    assert [paper.protected for paper in row.papers] == [False]
    assert ([each.protected for each in row.lists], row.hidden_part) == ([False], True)
    with pytest.raises(NotFoundError):
        list_document(staff, lists["protected"].pk)
    with watching() as unread, pytest.raises(NotOpenedError):
        list_document(replace(stage.sender, opened=frozenset()), lists["protected"].pk)
    with watching() as seen:
        document = list_document(stage.sender, lists["protected"].pk)
    assert document.content.startswith(b"%PDF")
    assert (unread.persons, seen.persons) == ({}, {hidden.pk: True})


def test_a_late_grade_makes_a_supplementary_delivery_with_only_what_is_new(plain: Shelf) -> None:
    first = plain.delivered()
    late = world.person("Cia", "Dahl")
    plain.grade(late, value="E")
    plain.print(RECEIVED)

    second = plain.prepare(RECEIVED)

    assert (second.number, second.document_id) == (2, "LEV-12345678-2026-2")
    assert second.pk != first.pk
    (made,) = DeliveryList.objects.filter(step__delivery=second)
    assert made.rows == 1
    assert (shown_number(late) in made.content, "Åkesson" in made.content) == (
        True,
        False,
    )
    assert '"supplementary":true' in made.content


def test_case_83_a_correction_after_the_delivery_is_listed_and_nothing_else(
    delivered: Shelf,
) -> None:
    old = GradeDecision.objects.get(placement__person__family_name="Berg")
    corrected(old, "A")
    delivered.print(RECEIVED)

    second = delivered.prepare(RECEIVED)

    (made,) = DeliveryList.objects.filter(step__delivery=second)
    assert ("Berg" in made.content, "Åkesson" in made.content) == (True, False)


def test_a_returned_delivery_is_prepared_anew_and_keeps_its_number(printed: Shelf) -> None:
    delivery = printed.prepare()
    printed.send(delivery)
    form = uuid4()
    with recorded() as events:
        for _click in range(2):
            return_delivery(
                actor=printed.receiver,
                delivery_id=delivery.pk,
                expected_step=2,
                submission=form,
                remarks="Sidan 2 är inte originalet",
                today=RECEIVED,
            )
    assert events == ["delivery_returned"]
    event = history_of("delivery", delivery.pk)[0]
    day = RECEIVED.isoformat()
    assert (event.after, event.reason) == (
        {"document": delivery.document_id, "step": 3, "day": day, "papers": 1},
        "",
    )
    assert history_of("unit", printed.unit_id)[0] == event

    again = printed.prepare(RECEIVED)
    printed.send(again, RECEIVED)

    assert again.pk == delivery.pk
    assert [kind for _number, kind in steps(delivery)] == [
        "prepared",
        "sent",
        "returned",
        "prepared",
        "sent",
    ]
    returned = delivery.steps.get(kind="returned")
    assert returned.remarks == "Sidan 2 är inte originalet"


def test_to_return_needs_words_and_to_receive_a_day_that_can_be(printed: Shelf) -> None:
    delivery = printed.prepare()
    printed.send(delivery)

    def returned() -> None:
        return_delivery(
            actor=printed.receiver,
            delivery_id=delivery.pk,
            expected_step=2,
            submission=uuid4(),
            remarks="  ",
            today=RECEIVED,
        )

    def received(days: int) -> None:
        receive_delivery(
            actor=printed.receiver,
            delivery_id=delivery.pk,
            expected_step=2,
            submission=uuid4(),
            day=SENT + timedelta(days=days),
            today=RECEIVED,
        )

    assert codes(returned) == ["delivery-remarks-missing"]
    assert codes(lambda: received(-1)) == ["delivery-receipt-day"]
    assert codes(lambda: received(4)) == ["delivery-receipt-day"]
    received(0)
    assert delivery.steps.get(kind="received").day == SENT


def test_a_second_click_takes_no_second_step(printed: Shelf) -> None:
    forms = [uuid4() for _form in range(3)]

    for _click in range(2):
        delivery = prepare_delivery(
            actor=printed.sender,
            unit_id=printed.unit_id,
            period=YEAR,
            submission=forms[0],
            today=AFTER_TERM,
        )
    for _click in range(2):
        send_delivery(
            actor=printed.sender,
            delivery_id=delivery.pk,
            expected_step=1,
            submission=forms[1],
            today=SENT,
        )
    for _click in range(2):
        receive_delivery(
            actor=printed.receiver,
            delivery_id=delivery.pk,
            expected_step=2,
            submission=forms[2],
            day=RECEIVED,
            today=RECEIVED,
        )

    assert steps(delivery) == [(1, "prepared"), (2, "sent"), (3, "received")]
    assert AuditEvent.objects.filter(name__startswith="delivery_").count() == 3
    away = world.centre(world.municipality().organiser)
    for actor, refusal in ((printed.receiver, NotAllowedError), (away, NotFoundError)):
        with pytest.raises(refusal):
            send_delivery(
                actor=actor,
                delivery_id=delivery.pk,
                expected_step=3,
                submission=forms[1],
                today=SENT,
            )


def test_a_form_is_not_used_for_another_step_nor_for_a_reason_too_long_to_read(
    printed: Shelf,
) -> None:
    delivery = printed.prepare()
    used = delivery.steps.get().submission

    def attempt() -> None:
        send_delivery(
            actor=printed.sender,
            delivery_id=delivery.pk,
            expected_step=1,
            submission=used,
            today=SENT,
        )

    assert codes(attempt) == ["delivery-form-used"]
    too_long = "x" * (LONGEST_TEXT + 1)
    assert codes(lambda: printed.send(delivery, reason=too_long)) == ["delivery-text-long"]


def test_who_saw_an_older_state_is_told_who_was_first(printed: Shelf) -> None:
    delivery = printed.prepare()
    printed.send(delivery)

    with pytest.raises(ConflictError) as caught:
        send_delivery(
            actor=world.provider_staff(printed.graded.town.unit),
            delivery_id=delivery.pk,
            expected_step=1,
            submission=uuid4(),
            today=SENT,
        )

    (problem,) = caught.value.problems
    assert problem.code == "changed-meanwhile"
    assert problem.text.startswith("Rut Rektor ändrade uppgifterna")
    assert "LEV-12345678-2026-1 skickades" in problem.text


def test_a_received_delivery_takes_no_further_step(plain: Shelf) -> None:
    delivery = plain.delivered()

    def attempt() -> None:
        return_delivery(
            actor=plain.receiver,
            delivery_id=delivery.pk,
            expected_step=3,
            submission=uuid4(),
            remarks="Ändå inte",
            today=RECEIVED,
        )

    assert codes(attempt) == ["delivery-step-order"]


def test_case_94_each_side_does_its_own_and_nobody_else_anything(printed: Shelf) -> None:
    delivery = printed.prepare()

    def send(actor: Actor) -> None:
        send_delivery(
            actor=actor,
            delivery_id=delivery.pk,
            expected_step=1,
            submission=uuid4(),
            today=SENT,
        )

    with pytest.raises(NotAllowedError):
        send(printed.receiver)
    with pytest.raises(NotAllowedError):
        printed.prepare(actor=printed.receiver)
    for outsider in (
        world.provider_staff(printed.graded.town.other_unit),
        printed.graded.teacher,
        world.centre(world.municipality().organiser),
    ):
        with pytest.raises(NotFoundError):
            send(outsider)
        with pytest.raises(NotFoundError):
            delivery_for(outsider, delivery.pk)
    printed.send(delivery)
    with pytest.raises(NotAllowedError):
        receive_delivery(
            actor=printed.sender,
            delivery_id=delivery.pk,
            expected_step=2,
            submission=uuid4(),
            day=SENT,
            today=SENT,
        )
    assert [kind for _number, kind in steps(delivery)] == ["prepared", "sent"]


def test_where_custom_delivers_by_term_the_term_is_the_period(plain: Shelf) -> None:
    plain.custom("delivery_period", "term")
    plain.print()

    made = prepare_delivery(
        actor=plain.sender,
        unit_id=plain.unit_id,
        period=Period.parse("HT26"),
        submission=uuid4(),
        today=AFTER_TERM,
    )

    assert (made.document_id, made.season) == ("LEV-12345678-HT26-1", "HT")


@pytest.mark.usefixtures("delivered")
def test_what_is_stored_is_neither_changed_nor_removed() -> None:
    for model, change in (
        (Delivery, {"number": 9}),
        (DeliveryStep, {"remarks": "x"}),
        (DeliveryItem, {"step_id": 1}),
        (DeliveryList, {"rows": 0}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.all()._raw_delete("default")  # noqa: SLF001 (past Django's own checks)


def decide(stage: Shelf, group: ExamGroup, who: Person) -> None:
    """Let the teacher decide a grade in another group."""
    decide_grades(
        actor=stage.graded.teacher,
        group_id=group.pk,
        values={world.place(group, who).pk: "C"},
        submission=uuid4(),
        today=world.TODAY,
    )
