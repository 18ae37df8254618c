"""A delivery's way: prepared, sent, received or returned, and what stops it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from provning.archive.actions import (
    prepare_delivery,
    receive_delivery,
    return_delivery,
    send_delivery,
)
from provning.archive.models import Delivery, DeliveryItem, DeliveryList, DeliveryStep
from provning.archive.queries import delivery_for, list_document, preparation_for
from provning.archive.rules.periods import Period
from provning.audit.models import AuditEvent
from provning.audit.queries import history_of, verify_chain
from provning.catalogues.actions import register_signature
from provning.catalogues.rows import Signing
from provning.exams.models import ExamGroup
from provning.grading.actions import decide_grades
from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.people.models import Person
from tests.archive.world import RECEIVED, SENT, YEAR, Shelf, corrected, shelf
from tests.catalogues.signing import person_of
from tests.grading import world
from tests.grading.world import AFTER_TERM

pytestmark = pytest.mark.django_db


def codes(act: Callable[[], object]) -> list[str]:
    """Return the codes of the problems that an act is refused with."""
    with pytest.raises(ProblemsFoundError) as caught:
        act()
    return [each.code for each in caught.value.problems]


def missing(stage: Shelf, *, actor: Actor | None = None) -> list[str]:
    """Return the codes of what is missing in the year's delivery."""
    found = preparation_for(
        actor or stage.sender, unit_id=stage.unit_id, period=YEAR, today=AFTER_TERM
    )
    return [each.code for each in found.missing]


def steps(delivery: Delivery) -> list[tuple[int, str]]:
    return list(delivery.steps.order_by("number").values_list("number", "kind"))


def test_a_signed_catalogue_goes_all_the_way() -> None:
    stage = shelf()
    delivery = stage.delivered()

    assert delivery.document_id == "LEV-12345678-2026-1"
    assert steps(delivery) == [(1, "prepared"), (2, "sent"), (3, "received")]
    row = delivery_for(stage.receiver, delivery.pk)
    assert [paper.document_id for paper in row.papers] == ["BK-12345678-HT26-1"]
    assert (row.last.day, row.last.by, row.due) == (RECEIVED, "Vera Centrum", None)
    assert [each.name for each in history_of("delivery", delivery.pk)] == [
        "delivery_received",
        "delivery_sent",
        "delivery_prepared",
    ]
    assert verify_chain().fault == ""


def test_case_84_an_unsigned_catalogue_is_not_sent() -> None:
    stage = shelf()
    stage.print(sign=False)
    delivery = stage.prepare()

    assert missing(stage) == ["delivery-unsigned"]
    assert codes(lambda: stage.send(delivery)) == ["delivery-unsigned"]
    assert codes(lambda: stage.send(delivery, reason="Kommer sedan")) == ["delivery-unsigned"]
    assert steps(delivery) == [(1, "prepared")]


def test_case_84_a_partly_signed_catalogue_names_whose_signature_is_missing() -> None:
    stage = shelf()
    stage.graded.town.organiser.policies.create(
        key="catalogue_principal", value="all", valid_from=world.SINCE
    )
    rektor = Person.objects.get(pk=person_of(stage.sender))
    rektor.duties.create(unit=stage.graded.town.unit, role="Rektor", start_date=world.SINCE)
    (catalogue,) = stage.print(sign=False)
    teacher_signs(stage, catalogue.pk)

    found = preparation_for(stage.sender, unit_id=stage.unit_id, period=YEAR, today=AFTER_TERM)

    assert [each.text for each in found.missing] == [
        "BK-12345678-HT26-1 är inte undertecknad av Rut Rektor. Låt dem underteckna katalogen."
    ]


def test_custom_may_let_signatures_be_missing_with_a_written_reason() -> None:
    stage = shelf()
    stage.custom("delivery_exceptions", "ungraded_unsigned")
    stage.print(sign=False)
    delivery = stage.prepare()

    assert codes(lambda: stage.send(delivery)) == ["delivery-unsigned", "delivery-reason-missing"]
    stage.send(delivery, reason="Läraren är utomlands till mars")

    sent = delivery.steps.get(kind="sent")
    assert sent.override_reason == "Läraren är utomlands till mars"
    assert sent.exceptions.startswith("BK-12345678-HT26-1 är inte undertecknad")
    event = AuditEvent.objects.get(name="delivery_sent")
    assert event.reason == "Läraren är utomlands till mars"


def test_grades_that_are_not_set_may_wait_with_a_written_reason() -> None:
    stage = shelf()
    world.place(stage.graded.group, world.person("Ingen", "Obedömd"))
    stage.print()
    delivery = stage.prepare()

    assert codes(lambda: stage.send(delivery)) == ["delivery-ungraded", "delivery-reason-missing"]
    stage.send(delivery, reason="Omprövning i februari")
    assert steps(delivery) == [(1, "prepared"), (2, "sent")]


def test_where_custom_allows_nothing_no_reason_helps() -> None:
    stage = shelf()
    stage.custom("delivery_exceptions", "none")
    world.place(stage.graded.group, world.person("Ingen", "Obedömd"))
    stage.print()
    delivery = stage.prepare()

    assert codes(lambda: stage.send(delivery, reason="Sedan")) == ["delivery-ungraded"]


def test_an_outcome_without_grade_is_not_missing() -> None:
    stage = shelf()
    world.place(stage.graded.group, outcome="absent")
    stage.print()

    assert missing(stage) == []


def test_case_86_nothing_decided_is_nothing_to_deliver() -> None:
    town = world.municipality()
    sender = world.principal(town.unit)

    def attempt() -> None:
        prepare_delivery(
            actor=sender, unit_id=town.unit.pk, period=YEAR, submission=uuid4(), today=AFTER_TERM
        )

    assert codes(attempt) == ["delivery-nothing-new"]
    assert Delivery.objects.count() == 0


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


def test_a_preliminary_catalogue_is_not_delivered() -> None:
    stage = shelf()
    before = AFTER_TERM.replace(year=2026, month=12)
    stage.print(before, sign=False)

    found = preparation_for(stage.sender, unit_id=stage.unit_id, period=YEAR, today=before)

    assert [each.code for each in found.missing] == [
        "delivery-period-running",
        "delivery-unprinted",
    ]
    assert [each.code for each in found.hindered] == ["delivery-nothing-new"]


def test_a_decision_that_is_not_printed_stops_it_whatever_the_reason() -> None:
    stage = shelf()
    stage.print()
    delivery = stage.prepare()
    stage.grade(world.person("Cia", "Dahl"))

    assert codes(lambda: stage.send(delivery, reason="Sedan")) == ["delivery-unprinted"]


def test_a_list_that_is_older_than_the_catalogue_is_not_sent() -> None:
    stage = shelf()
    stage.print()
    delivery = stage.prepare()
    stage.grade(world.person("Cia", "Dahl"))
    stage.print()

    assert codes(lambda: stage.send(delivery)) == ["delivery-list-outdated"]
    assert stage.prepare().pk == delivery.pk
    stage.send(delivery)
    assert steps(delivery) == [(1, "prepared"), (2, "prepared"), (3, "sent")]


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
    assert list_document(stage.sender, lists["protected"].pk).content.startswith(b"%PDF")


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


def test_a_late_grade_makes_a_supplementary_delivery_with_only_what_is_new() -> None:
    stage = shelf()
    first = stage.delivered()
    late = world.person("Cia", "Dahl")
    stage.grade(late, value="E")
    stage.print(RECEIVED)

    second = stage.prepare(RECEIVED)

    assert (second.number, second.document_id) == (2, "LEV-12345678-2026-2")
    assert second.pk != first.pk
    (made,) = DeliveryList.objects.filter(step__delivery=second)
    assert made.rows == 1
    assert (shown_number(late) in made.content, "Åkesson" in made.content) == (
        True,
        False,
    )
    assert '"supplementary":true' in made.content


def test_case_83_a_correction_after_the_delivery_is_listed_and_nothing_else() -> None:
    stage = shelf()
    stage.delivered()
    old = GradeDecision.objects.get(placement__person__family_name="Berg")
    corrected(old, "A")
    stage.print(RECEIVED)

    second = stage.prepare(RECEIVED)

    (made,) = DeliveryList.objects.filter(step__delivery=second)
    assert ("Berg" in made.content, "Åkesson" in made.content) == (True, False)


def test_while_one_is_under_way_no_other_is_prepared() -> None:
    stage = shelf()
    stage.print()
    delivery = stage.prepare()
    stage.send(delivery)
    stage.grade(world.person("Cia", "Dahl"))
    stage.print(SENT)

    assert codes(lambda: stage.prepare(SENT)) == ["delivery-under-way"]
    stage.receive(delivery)
    assert stage.prepare(RECEIVED).number == 2


def test_a_returned_delivery_is_prepared_anew_and_keeps_its_number() -> None:
    stage = shelf()
    stage.print()
    delivery = stage.prepare()
    stage.send(delivery)
    return_delivery(
        actor=stage.receiver,
        delivery_id=delivery.pk,
        expected_step=2,
        submission=uuid4(),
        remarks="Sidan 2 är inte originalet",
        today=RECEIVED,
    )

    again = stage.prepare(RECEIVED)
    stage.send(again, RECEIVED)

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


def test_to_return_needs_words_and_to_receive_a_day_that_can_be() -> None:
    stage = shelf()
    stage.print()
    delivery = stage.prepare()
    stage.send(delivery)

    def returned() -> None:
        return_delivery(
            actor=stage.receiver,
            delivery_id=delivery.pk,
            expected_step=2,
            submission=uuid4(),
            remarks="  ",
            today=RECEIVED,
        )

    def received(days: int) -> None:
        receive_delivery(
            actor=stage.receiver,
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


def test_a_second_click_takes_no_second_step() -> None:
    stage = shelf()
    stage.print()
    forms = [uuid4() for _form in range(3)]

    for _click in range(2):
        delivery = prepare_delivery(
            actor=stage.sender,
            unit_id=stage.unit_id,
            period=YEAR,
            submission=forms[0],
            today=AFTER_TERM,
        )
    for _click in range(2):
        send_delivery(
            actor=stage.sender,
            delivery_id=delivery.pk,
            expected_step=1,
            submission=forms[1],
            today=SENT,
        )
    for _click in range(2):
        receive_delivery(
            actor=stage.receiver,
            delivery_id=delivery.pk,
            expected_step=2,
            submission=forms[2],
            day=RECEIVED,
            today=RECEIVED,
        )

    assert steps(delivery) == [(1, "prepared"), (2, "sent"), (3, "received")]
    assert AuditEvent.objects.filter(name__startswith="delivery_").count() == 3


def test_a_form_is_not_used_for_another_step() -> None:
    stage = shelf()
    stage.print()
    delivery = stage.prepare()
    used = delivery.steps.get().submission

    def attempt() -> None:
        send_delivery(
            actor=stage.sender,
            delivery_id=delivery.pk,
            expected_step=1,
            submission=used,
            today=SENT,
        )

    assert codes(attempt) == ["delivery-form-used"]


def test_who_saw_an_older_state_is_told_who_was_first() -> None:
    stage = shelf()
    stage.print()
    delivery = stage.prepare()
    stage.send(delivery)

    with pytest.raises(ConflictError) as caught:
        send_delivery(
            actor=world.provider_staff(stage.graded.town.unit),
            delivery_id=delivery.pk,
            expected_step=1,
            submission=uuid4(),
            today=SENT,
        )

    (problem,) = caught.value.problems
    assert problem.code == "changed-meanwhile"
    assert problem.text.startswith("Rut Rektor ändrade uppgifterna")
    assert "LEV-12345678-2026-1 skickades" in problem.text


def test_a_received_delivery_takes_no_further_step() -> None:
    stage = shelf()
    delivery = stage.delivered()

    def attempt() -> None:
        return_delivery(
            actor=stage.receiver,
            delivery_id=delivery.pk,
            expected_step=3,
            submission=uuid4(),
            remarks="Ändå inte",
            today=RECEIVED,
        )

    assert codes(attempt) == ["delivery-step-order"]


def test_case_94_each_side_does_its_own_and_nobody_else_anything() -> None:
    stage = shelf()
    stage.print()
    delivery = stage.prepare()

    def send(actor: Actor) -> None:
        send_delivery(
            actor=actor,
            delivery_id=delivery.pk,
            expected_step=1,
            submission=uuid4(),
            today=SENT,
        )

    with pytest.raises(NotAllowedError):
        send(stage.receiver)
    with pytest.raises(NotAllowedError):
        stage.prepare(actor=stage.receiver)
    for outsider in (
        world.provider_staff(stage.graded.town.other_unit),
        stage.graded.teacher,
        world.centre(world.municipality().organiser),
    ):
        with pytest.raises(NotFoundError):
            send(outsider)
        with pytest.raises(NotFoundError):
            delivery_for(outsider, delivery.pk)
    stage.send(delivery)
    with pytest.raises(NotAllowedError):
        receive_delivery(
            actor=stage.sender,
            delivery_id=delivery.pk,
            expected_step=2,
            submission=uuid4(),
            day=SENT,
            today=SENT,
        )
    assert [kind for _number, kind in steps(delivery)] == ["prepared", "sent"]


def test_where_custom_delivers_by_term_the_term_is_the_period() -> None:
    stage = shelf()
    stage.custom("delivery_period", "term")
    stage.print()

    made = prepare_delivery(
        actor=stage.sender,
        unit_id=stage.unit_id,
        period=Period.parse("HT26"),
        submission=uuid4(),
        today=AFTER_TERM,
    )

    assert (made.document_id, made.season) == ("LEV-12345678-HT26-1", "HT")


def test_what_is_stored_is_neither_changed_nor_removed() -> None:
    stage = shelf()
    stage.delivered()

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


def shown_number(person: Person) -> str:
    """Return a person's number as it is printed."""
    number = person.numbers.get().number
    return f"{number[:8]}-{number[8:]}"


def teacher_signs(stage: Shelf, catalogue_id: UUID) -> None:
    """Let the teacher alone sign a version."""
    register_signature(
        actor=stage.graded.teacher,
        catalogue_id=catalogue_id,
        signing=Signing(stage.graded.teacher_person.pk, "LÄRARE", AFTER_TERM),
        today=AFTER_TERM,
    )


def decide(stage: Shelf, group: ExamGroup, who: Person) -> None:
    """Let the teacher decide a grade in another group."""
    decide_grades(
        actor=stage.graded.teacher,
        group_id=group.pk,
        values={world.place(group, who).pk: "C"},
        submission=uuid4(),
        today=world.TODAY,
    )
