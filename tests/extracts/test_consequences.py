"""Extracts that a rättelse or ändring makes out of date are told beside the grade."""

from datetime import date
from uuid import uuid4

import pytest

from provning.extracts.actions import reissue_extract
from provning.grading.consequences import consequences_of
from provning.grading.models import GradeDecision
from provning.grading.queries import grade_story
from provning.kernel.actors import Actor
from tests.extracts.world import Office, correct, grade, issue
from tests.grading import world

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 3)


def told(actor: Actor, decision: GradeDecision) -> list[tuple[str, bool]]:
    """Return what is told of extracts, and whether it has been seen to."""
    chain = grade_story(actor, decision.pk).chain
    return [
        (each.message.format(**each.params), each.done)
        for each in consequences_of(actor, chain, LATER)
        if each.kind == "extract"
    ]


def test_an_extract_with_the_old_grade_is_named_until_it_is_replaced(at: Office) -> None:
    """Domain 7.5 case 69: a new extract, the old one void."""
    examinee = world.person()
    old, other = grade(at, examinee, "D"), grade(at, examinee, "A", of=world.course("ENGENG05"))
    held = issue(at, examinee, [old, other])
    issue(at, examinee, [other])
    new = correct(at, old, "C")

    assert told(at.rektor, new) == [
        (
            f"Utdrag {held.document_id} från 2026-11-25 har det gamla betyget och gäller inte"
            " längre. Utfärda ett nytt.",
            False,
        )
    ]

    later = reissue_extract(actor=at.rektor, extract_id=held.pk, submission=uuid4(), today=LATER)

    assert told(at.rektor, new) == [
        (f"Utdrag {held.document_id} är ersatt av {later.document_id}.", True)
    ]


def test_another_providers_rektor_is_told_nothing(at: Office) -> None:
    examinee = world.person()
    old = grade(at, examinee, "D")
    issue(at, examinee, [old])
    new = correct(at, old, "C")
    moved_to_other = grade(at, examinee, "D", unit=at.town.other_unit)
    changed = correct(at, moved_to_other, "C")

    assert told(at.rektor, new) != []
    assert told(at.other_rektor, changed) == []


def test_a_masked_persons_extracts_are_not_told_of(at: Office) -> None:
    examinee = world.person("Siri", "Skyddad", protected=True)
    old = grade(at, examinee, "D")
    issue(at, examinee, [old])
    new = correct(at, old, "C")
    assert told(at.rektor, new) != []
    assert told(world.administrator(at.unit), new) == []
