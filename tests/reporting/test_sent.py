"""Exports that have left: kept as they were, and named when a rättelse makes them out of date."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from provning.audit.models import AuditEvent
from provning.grading.consequences import consequences_of
from provning.grading.models import GradeDecision
from provning.grading.queries import grade_story
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError, ProblemsFoundError
from provning.reporting.actions import record_sent_export
from provning.reporting.models import SentDecision, SentExport
from provning.reporting.queries import outdated_exports, sent_export_for, sent_exports
from provning.reporting.rows import SentFacts, SentState
from tests.builders import PROGRAM, recorded
from tests.extracts.world import Office, correct, grade, office
from tests.grading import world

pytestmark = pytest.mark.django_db
SENT = date(2026, 11, 26)
AUTUMN = (date(2026, 7, 1), date(2026, 12, 31))


def facts(at: Office, name: str = "betyg-1.xml") -> SentFacts:
    """Return a Betyg XML of the autumn that was sent to Skolplattformen."""
    return SentFacts(
        organiser_id=at.town.organiser.pk,
        kind="betyg_xml",
        document_id=name,
        receiver="Skolplattformen",
        sent_on=SENT,
        covers_from=AUTUMN[0],
        covers_to=AUTUMN[1],
        sha256="ab" * 32,
    )


def send(
    sent: SentFacts,
    *decisions: GradeDecision,
    actor: Actor = PROGRAM,
    submission: UUID | None = None,
) -> SentExport:
    """Keep that the decisions were sent."""
    return record_sent_export(
        actor=actor,
        facts=sent,
        decision_ids=[each.pk for each in decisions],
        submission=submission or uuid4(),
        today=SENT,
    )


def told(actor: Actor, decision: GradeDecision) -> list[tuple[str, bool]]:
    """Return what is told of sent exports, and whether it has been seen to."""
    chain = grade_story(actor, decision.pk).chain
    return [
        (each.message.format(**each.params), each.done)
        for each in consequences_of(actor, chain, SENT)
        if each.kind == "sent_export"
    ]


def test_a_sent_export_is_kept_with_what_it_held_and_told_once() -> None:
    at = office()
    first, second = grade(at, world.person()), grade(at, world.person())

    with recorded() as names:
        kept = send(facts(at), first, second, first)

    assert names == ["export_sent"]
    assert (kept.decisions, kept.sent_on, kept.registered_by_name) == (2, SENT, "Testet")
    assert set(kept.held.values_list("decision", flat=True)) == {first.pk, second.pk}


def test_the_same_form_again_is_the_same_row() -> None:
    at, submission = office(), uuid4()
    held = grade(at, world.person())

    kept = send(facts(at), held, submission=submission)

    assert send(facts(at, "annan.xml"), held, submission=submission) == kept
    assert SentExport.objects.count() == 1
    assert AuditEvent.objects.filter(name="export_sent").count() == 1


def test_somebody_elses_form_is_refused() -> None:
    at, submission = office(), uuid4()
    send(facts(at), submission=submission)

    with pytest.raises(ProblemsFoundError) as caught:
        send(facts(at), actor=at.centre, submission=submission)

    assert [each.code for each in caught.value.problems] == ["report-form-used"]


def test_what_cannot_be_true_is_refused_at_once() -> None:
    at = office()
    wrong = replace(facts(at), receiver="  ", sent_on=date(2026, 11, 27))

    with pytest.raises(ProblemsFoundError) as caught:
        send(wrong)

    assert [each.code for each in caught.value.problems] == [
        "report-receiver-missing",
        "report-sent-future",
    ]
    assert SentExport.objects.count() == 0


def test_what_was_sent_can_not_be_changed() -> None:
    at = office()
    kept = send(facts(at), grade(at, world.person()))
    other = grade(at, world.person())

    with pytest.raises(IntegrityError), transaction.atomic():
        SentExport.objects.update(receiver="Någon annan")
    with pytest.raises(IntegrityError), transaction.atomic():
        SentDecision.objects.update(decision=other)

    kept.refresh_from_db()
    assert kept.receiver == "Skolplattformen"
    assert other.pk not in kept.held.values_list("decision", flat=True)


def test_a_correction_names_the_export_with_the_old_grade_until_a_new_one_is_sent() -> None:
    """Domain 7.5 case 69: resend after a rättelse."""
    at = office()
    old, other = grade(at, world.person(), "D"), grade(at, world.person(), "A")
    send(facts(at), old, other)
    send(replace(facts(at, "annat.xml"), receiver="Någon annan"), other)
    new = correct(at, old, "C")

    assert told(at.rektor, new) == [
        (
            "betyg-1.xml, som lämnades till Skolplattformen 2026-11-26, har det gamla betyget."
            " Gör en ny fil och lämna den.",
            False,
        )
    ]

    send(facts(at, "betyg-2.xml"), new, other)

    assert told(at.rektor, new) == [
        (
            "betyg-1.xml, som lämnades till Skolplattformen 2026-11-26, hade det gamla betyget."
            " betyg-2.xml är lämnad i stället.",
            True,
        )
    ]


def test_a_later_export_with_the_old_grade_still_in_it_renews_nothing() -> None:
    at = office()
    old = grade(at, world.person(), "D")
    send(facts(at), old)
    new = correct(at, old, "C")

    send(facts(at, "betyg-2.xml"), old)

    assert [done for _text, done in told(at.rektor, new)] == [False, False]


def test_a_later_export_of_the_same_dates_renews_although_the_grade_has_left_them() -> None:
    at = office()
    old, other = grade(at, world.person(), "D"), grade(at, world.person(), "A")
    send(facts(at), old, other)
    new = correct(at, old, "C")

    send(facts(at, "betyg-2.xml"), other)

    assert [done for _text, done in told(at.rektor, new)] == [True]


def test_a_later_export_of_other_dates_or_to_another_renews_nothing() -> None:
    at = office()
    old, other = grade(at, world.person(), "D"), grade(at, world.person(), "A")
    send(facts(at), old)
    new = correct(at, old, "C")

    spring = replace(
        facts(at, "vår.xml"), covers_from=date(2026, 1, 1), covers_to=date(2026, 6, 30)
    )
    send(spring, other)
    send(replace(facts(at, "annan.xml"), receiver="Någon annan"), new)

    assert [done for _text, done in told(at.rektor, new)] == [False]


def test_neither_another_provider_nor_who_sees_a_masked_person_is_told() -> None:
    at = office()
    elsewhere = grade(at, world.person(), "D", unit=at.town.other_unit)
    hidden = grade(at, world.person("Siri", "Skyddad", protected=True), "D")
    send(facts(at), elsewhere, hidden)
    moved, unmasked = correct(at, elsewhere, "C"), correct(at, hidden, "C")

    assert len(told(at.other_rektor, moved)) == 1
    assert len(told(at.rektor, unmasked)) == 1
    assert told(world.administrator(at.unit), unmasked) == []
    with pytest.raises(NotFoundError):
        told(at.rektor, moved)


def test_the_list_says_what_is_out_of_date_and_what_has_replaced_it() -> None:
    at = office()
    old, other = grade(at, world.person(), "D"), grade(at, world.person(), "A")
    first = send(facts(at), old, other)
    correct(at, old, "C")

    [row] = sent_exports(at.centre)
    assert (row.id, row.decisions, row.corrected, row.state) == (first.pk, 2, 1, SentState.OUTDATED)
    assert outdated_exports(at.centre) == [row]

    send(facts(at, "betyg-2.xml"), other)

    assert [(row.document_id, row.state, row.replaced_by) for row in sent_exports(at.centre)] == [
        ("betyg-2.xml", SentState.CURRENT, ""),
        ("betyg-1.xml", SentState.REPLACED, "betyg-2.xml"),
    ]
    assert outdated_exports(at.centre) == []


def test_another_organisers_exports_do_not_exist() -> None:
    at, elsewhere = office(), office()
    mine, theirs = send(facts(at)), send(facts(elsewhere))

    assert [row.id for row in sent_exports(at.centre)] == [mine.pk]
    assert sent_exports(world.administrator(at.unit)) == []
    with pytest.raises(NotFoundError):
        sent_export_for(at.centre, theirs.pk)


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_two_queries_however_long(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at = office()
    held = grade(at, world.person(), "D")
    for each in range(number):
        send(facts(at, f"betyg-{each}.xml"), held)
    correct(at, held, "C")

    with django_assert_num_queries(2):
        assert len(sent_exports(at.centre)) == number
