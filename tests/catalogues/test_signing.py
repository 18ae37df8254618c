"""Underskrift: who must sign, what is refused, and how a mistake is taken back."""

from datetime import timedelta

import pytest

from provning.audit.models import AuditEvent
from provning.audit.queries import history_of, verify_chain
from provning.catalogues.actions import (
    withdraw_signature,
)
from provning.catalogues.models import CatalogueSignature
from provning.catalogues.queries import fully_signed, is_fully_signed, signature_rows
from provning.catalogues.rows import Signing
from provning.kernel.problems import (
    NotFoundError,
    ProblemsFoundError,
)
from tests.catalogues.signing import (
    NEXT_DAY,
    Printed,
    build,
    by_rektor,
    by_teacher,
    decided_by_rektor,
    duty_of_rektor,
    refused,
    rektor_signs_all,
    sign,
    states,
)
from tests.catalogues.world import Graded, grade, graded_group, person_of
from tests.grading import world
from tests.grading.world import AFTER_TERM, TODAY

pytestmark = pytest.mark.django_db


def test_everybody_who_decided_must_sign_and_it_says_what_is_missing() -> None:
    graded = graded_group([world.person(), world.person()])
    decided_by_rektor(graded)
    made = build(graded)
    sign(graded, made)

    assert states(graded, made) == [
        ("Karin Wallgren", "LÄRARE", 2, True),
        ("Rut Rektor", "REKTOR", 1, False),
    ]
    (row, _) = signature_rows(graded.maker, made.pk)
    assert row.courses == ("Matematik 3b",)
    assert row.signature is not None
    assert (row.signature.signed_on, row.signature.method, row.signature.registered_by_name) == (
        AFTER_TERM,
        "paper",
        "Adam Administratör",
    )
    assert not is_fully_signed(made.pk)
    sign(graded, made, by_rektor(graded))
    assert is_fully_signed(made.pk)


def test_rektor_signs_the_whole_last_where_local_custom_asks_for_it() -> None:
    graded = graded_group([world.person(), world.person()])
    rektor_signs_all(graded)
    duty_of_rektor(graded)
    made = build(graded)

    assert states(graded, made) == [
        ("Karin Wallgren", "LÄRARE", 2, False),
        ("Rut Rektor", "REKTOR", 2, False),
    ]
    rektor = str(graded.rektor.person_id)
    assert refused(graded, made, by_rektor(graded)) == [("signature-others-first", rektor)]
    sign(graded, made, by_rektor(graded), by_teacher(graded))
    assert is_fully_signed(made.pk)


def test_custom_that_asks_for_a_rektor_needs_one_on_duty(graded: Graded) -> None:
    rektor_signs_all(graded)

    with pytest.raises(ProblemsFoundError) as caught:
        build(graded)

    assert [each.code for each in caught.value.problems] == ["catalogue-no-principal"]


def test_a_new_version_reopens_signing(printed: Printed) -> None:
    graded, first = printed
    sign(graded, first)
    grade(graded, [world.person()])
    second = build(graded)

    assert states(graded, second) == [("Karin Wallgren", "LÄRARE", 2, False)]
    assert states(graded, first) == [("Karin Wallgren", "LÄRARE", 1, True)]
    assert fully_signed([first.pk, second.pk]) == {first.pk}


def test_an_outdated_version_is_not_signed(printed: Printed) -> None:
    graded, first = printed
    grade(graded, [world.person()])
    build(graded)

    assert refused(graded, first, by_teacher(graded)) == [("signature-outdated", "")]


def test_a_preliminary_catalogue_is_not_signed(graded: Graded) -> None:
    preliminary = build(graded, TODAY)

    assert refused(graded, preliminary, by_teacher(graded)) == [("signature-preliminary", "")]
    assert signature_rows(graded.maker, preliminary.pk) == []
    assert not is_fully_signed(preliminary.pk)


def test_case_85_somebody_else_than_who_decided_does_not_sign(printed: Printed) -> None:
    graded, made = printed
    colleague = world.teacher(graded.town.unit, "Bo")

    assert refused(graded, made, Signing(colleague.pk, "LÄRARE", AFTER_TERM)) == [
        ("signature-not-signer", str(colleague.pk))
    ]
    assert refused(graded, made, Signing(graded.teacher_person.pk, "REKTOR", AFTER_TERM)) == [
        ("signature-not-signer", str(graded.teacher_person.pk))
    ]


def test_the_day_is_neither_before_the_paper_nor_in_the_future(printed: Printed) -> None:
    graded, made = printed
    who = str(graded.teacher_person.pk)

    before = by_teacher(graded, AFTER_TERM - timedelta(days=1))
    assert refused(graded, made, before) == [("signature-too-early", who)]
    after = by_teacher(graded, NEXT_DAY + timedelta(days=1))
    assert refused(graded, made, after) == [("signature-future", who)]
    sign(graded, made, by_teacher(graded, NEXT_DAY))


def test_all_are_registered_or_none(printed_for_two: Printed) -> None:
    graded, made = printed_for_two
    late = by_rektor(graded, NEXT_DAY + timedelta(days=1))

    assert refused(graded, made, by_teacher(graded), late) == [
        ("signature-future", str(graded.rektor.person_id))
    ]


def test_nobody_signs_twice_and_the_same_form_sent_again_does_nothing(printed: Printed) -> None:
    graded, made = printed
    (first,) = sign(graded, made)

    assert [each.pk for each in sign(graded, made)] == [first.pk]
    with pytest.raises(ProblemsFoundError) as caught:
        sign(graded, made, by_teacher(graded, NEXT_DAY))
    assert [each.code for each in caught.value.problems] == ["signature-taken"]
    assert CatalogueSignature.objects.count() == 1
    assert AuditEvent.objects.filter(name="catalogue_signed").count() == 1


def test_case_64_rektor_signs_for_a_teacher_who_has_left_with_the_reason(graded: Graded) -> None:
    duty_of_rektor(graded)
    made = build(graded)
    instead = Signing(
        person_of(graded.rektor),
        "REKTOR",
        AFTER_TERM,
        in_place_of=graded.teacher_person.pk,
        reason="Karin Wallgren slutade 2026-12-20.",
    )
    (stored,) = sign(graded, made, instead)
    assert [each.pk for each in sign(graded, made, instead)] == [stored.pk]

    (row,) = signature_rows(graded.maker, made.pk)
    assert (row.signer_name, row.signed) == ("Karin Wallgren", True)
    assert row.signature is not None
    assert (row.signature.signed_by_name, row.signature.in_place, row.signature.reason) == (
        "Rut Rektor",
        True,
        "Karin Wallgren slutade 2026-12-20.",
    )
    assert is_fully_signed(made.pk)


def test_in_anothers_place_signs_only_the_units_rektor_and_says_why(printed: Printed) -> None:
    graded, made = printed
    colleague = world.teacher(graded.town.unit, "Bo")
    karin = graded.teacher_person.pk

    assert refused(graded, made, Signing(colleague.pk, "REKTOR", AFTER_TERM, karin)) == [
        ("signature-not-principal", str(colleague.pk)),
        ("signature-in-place-reason", str(colleague.pk)),
    ]
    duty_of_rektor(graded)
    rektor = person_of(graded.rektor)
    assert refused(graded, made, Signing(rektor, "LÄRARE", AFTER_TERM, karin, "Sjuk")) == [
        ("signature-not-principal", str(rektor))
    ]
    assert refused(graded, made, Signing(rektor, "REKTOR", AFTER_TERM, karin, "x" * 501)) == [
        ("catalogue-reason-long", str(rektor))
    ]
    assert refused(graded, made, Signing(rektor, "REKTOR", AFTER_TERM, colleague.pk, "Sjuk")) == [
        ("signature-not-signer", str(rektor))
    ]


def test_a_mistake_is_taken_back_with_a_reason_and_both_rows_stay(printed: Printed) -> None:
    graded, made = printed
    (wrong,) = sign(graded, made)

    taken_back = withdraw_signature(
        actor=graded.maker, signature_id=wrong.pk, reason=" Fel dag. ", today=NEXT_DAY
    )

    assert (taken_back.withdraws_id, taken_back.reason) == (wrong.pk, "Fel dag.")
    assert not is_fully_signed(made.pk)
    sign(graded, made, by_teacher(graded, NEXT_DAY))
    assert is_fully_signed(made.pk)
    assert CatalogueSignature.objects.count() == 3
    assert [event.name for event in history_of("grade_catalogue", made.pk)] == [
        "catalogue_signed",
        "catalogue_signature_withdrawn",
        "catalogue_signed",
        "catalogue_made",
    ]
    assert verify_chain().fault == ""


def test_taking_back_needs_a_reason_and_is_done_once(graded: Graded) -> None:
    (wrong,) = sign(graded, build(graded))

    def take_back(reason: str) -> CatalogueSignature:
        return withdraw_signature(
            actor=graded.maker, signature_id=wrong.pk, reason=reason, today=NEXT_DAY
        )

    for reason, code in ((" ", "signature-reason-missing"), ("x" * 501, "catalogue-reason-long")):
        with pytest.raises(ProblemsFoundError) as caught:
            take_back(reason)
        assert [each.code for each in caught.value.problems] == [code]
    first = take_back("Fel dag.")
    assert take_back("Fel dag.").pk == first.pk
    with pytest.raises(ProblemsFoundError) as caught:
        take_back("Fel person.")
    assert [each.code for each in caught.value.problems] == ["signature-withdrawn"]
    with pytest.raises(NotFoundError):
        withdraw_signature(actor=graded.maker, signature_id=first.pk, reason="x", today=NEXT_DAY)
