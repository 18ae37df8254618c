"""Deliveries that a rättelse or ändring makes out of date are told beside the grade."""

import pytest

from provning.grading.consequences import consequences_of
from provning.grading.models import GradeDecision
from provning.grading.queries import grade_story
from provning.kernel.actors import Actor
from tests.archive.world import RECEIVED, Shelf, shelf
from tests.grading.decided import correct

pytestmark = pytest.mark.django_db


def told(actor: Actor, decision: GradeDecision) -> list[tuple[str, bool]]:
    """Return what is told of deliveries, and whether it has been seen to."""
    chain = grade_story(actor, decision.pk).chain
    return [
        (each.message.format(**each.params), each.done)
        for each in consequences_of(actor, chain, RECEIVED)
        if each.kind == "delivery"
    ]


def corrected(stage: Shelf) -> GradeDecision:
    old = GradeDecision.objects.get(placement__person__family_name="Berg")
    return correct(stage.graded.rektor, old, "A")


def test_what_was_delivered_with_the_old_grade_is_named_until_the_new_one_is() -> None:
    """Domain 7.5 case 69, of the yearly delivery."""
    stage = shelf()
    first = stage.delivered()
    new = corrected(stage)

    assert told(stage.sender, new) == [
        (
            f"Leverans {first.document_id} har det gamla betyget. Den nya versionen av"
            " betygskatalogen lämnas i en kompletterande leverans.",
            False,
        )
    ]

    stage.print(RECEIVED)
    second = stage.prepare(RECEIVED)
    stage.send(second, RECEIVED)

    assert told(stage.sender, new) == [
        (f"Leverans {first.document_id} har det gamla betyget. Det nya är levererat.", True)
    ]


def test_what_is_only_prepared_is_prepared_anew(printed: Shelf) -> None:
    delivery = printed.prepare()
    new = corrected(printed)
    ((text, done),) = told(printed.sender, new)
    assert text.startswith(f"Leverans {delivery.document_id} är förberedd med det gamla betyget.")
    assert not done


def test_who_neither_sends_nor_receives_is_told_of_none(delivered: Shelf) -> None:
    new = corrected(delivered)
    assert told(delivered.graded.teacher, new) == []
