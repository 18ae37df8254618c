"""Signatures: who may register and see them, and what the database itself refuses."""

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from provning.audit.guards import GUARDS, Guard, install_guards, remember
from provning.catalogues.actions import (
    build_catalogue,
    register_signature,
    store_document,
    withdraw_signature,
)
from provning.catalogues.models import CatalogueSignature, CatalogueSigner, GradeCatalogue
from provning.catalogues.queries import is_fully_signed, signature_rows
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
)
from tests.catalogues.electronic import signs_by
from tests.catalogues.signing import (
    NEXT_DAY,
    Printed,
    build,
    by_rektor,
    by_teacher,
    sign,
)
from tests.catalogues.world import Graded, grade, graded_group
from tests.grading import world
from tests.grading.world import AFTER_TERM, HT26, TODAY

pytestmark = pytest.mark.django_db


def test_a_teacher_registers_and_sees_their_own_signature_alone(printed_for_two: Printed) -> None:
    graded, made = printed_for_two

    with pytest.raises(NotAllowedError):
        sign(graded, made, by_rektor(graded), actor=graded.teacher)
    (own,) = sign(graded, made, actor=graded.teacher)

    rows = signature_rows(graded.teacher, made.pk)
    assert [(row.signer_name, row.signed) for row in rows] == [("Karin Wallgren", True)]
    withdraw_signature(actor=graded.teacher, signature_id=own.pk, reason="Fel", today=NEXT_DAY)


def test_an_electronic_signature_is_given_by_the_signer_alone(graded: Graded) -> None:
    signs_by(graded, "electronic")
    made = build(graded)
    document = store_document(b"%PDF-1.7 signed", "application/pdf")

    def give(actor: Actor) -> CatalogueSignature:
        return register_signature(
            actor=actor,
            catalogue_id=made.pk,
            signing=by_teacher(graded),
            today=NEXT_DAY,
            method="electronic",
            document=document,
        )

    with pytest.raises(NotAllowedError):
        give(graded.maker)
    given = give(graded.teacher)
    (row,) = signature_rows(graded.maker, made.pk)
    assert row.signature is not None
    assert (row.signature.id, row.signature.method) == (given.pk, "electronic")
    assert row.signature.document_sha256 == document.sha256


def test_nobody_else_reaches_it(printed: Printed) -> None:
    graded, made = printed
    (signed,) = sign(graded, made)
    colleague = world.teacher(graded.town.unit, "Bo")
    outsiders = [
        world.administrator(graded.town.other_unit),
        world.grading_teacher(colleague, graded.town.unit),
        world.grading_teacher(graded.teacher_person, graded.town.other_unit),
        world.provider_staff(graded.town.other_unit),
    ]

    for outsider in outsiders:
        with pytest.raises(NotFoundError):
            signature_rows(outsider, made.pk)
        with pytest.raises(NotFoundError):
            sign(graded, made, actor=outsider)
        with pytest.raises(NotFoundError):
            withdraw_signature(actor=outsider, signature_id=signed.pk, reason="x", today=NEXT_DAY)
    viewer = world.centre(graded.town.organiser)
    assert len(signature_rows(viewer, made.pk)) == 1
    with pytest.raises(NotAllowedError):
        sign(graded, made, by_teacher(graded, NEXT_DAY), actor=viewer)
    with pytest.raises(NotAllowedError):
        withdraw_signature(actor=viewer, signature_id=signed.pk, reason="x", today=NEXT_DAY)


def test_the_protected_part_is_signed_by_its_teacher_and_by_who_may_see_it() -> None:
    graded = graded_group([world.person(), world.person("Siv", "Hemlig", protected=True)])
    _, protected = build_catalogue(
        actor=graded.maker, unit_id=graded.town.unit.pk, term=HT26, today=AFTER_TERM
    )

    with pytest.raises(NotFoundError):
        signature_rows(graded.maker, protected.pk)
    with pytest.raises(NotFoundError):
        sign(graded, protected)
    assert len(signature_rows(graded.teacher, protected.pk)) == 1
    sign(graded, protected, actor=graded.rektor)
    assert is_fully_signed(protected.pk)


def test_two_who_register_at_once_leave_one_signature(printed: Printed) -> None:
    graded, made = printed
    refusal = Guard("test_full", "catalogues_cataloguesignature", "INSERT", "no more today")
    remember([refusal])
    install_guards(connection)
    try:
        with pytest.raises(ConflictError) as caught:
            sign(graded, made)
    finally:
        del GUARDS[refusal.name]

    assert [each.code for each in caught.value.problems] == ["signature-meanwhile"]
    assert not CatalogueSignature.objects.exists()


def stored(graded: Graded, made: GradeCatalogue, **changes: object) -> CatalogueSignature:
    """Store a signature past every rule of the program."""
    facts = {
        "catalogue": made,
        "signer": graded.teacher_person,
        "signer_name": "Karin Wallgren",
        "role": "LÄRARE",
        "method": "paper",
        "signed_on": AFTER_TERM,
        "registered_by_account": "x",
        "registered_by_name": "x",
        "registered_at": made.made_at,
        **changes,
    }
    with transaction.atomic():
        return CatalogueSignature.objects.create(**facts)


def test_the_database_itself_refuses_what_must_not_be(graded: Graded) -> None:
    preliminary, first = build(graded, TODAY), build(graded)
    standing = stored(graded, first)
    grade(graded, [world.person()])
    second = build(graded)
    colleague = world.teacher(graded.town.unit, "Bo")

    for made, changes in (
        (preliminary, {}),
        (first, {"signer": colleague}),
        (second, {"signer": colleague}),
        (second, {"role": "REKTOR"}),
        (second, {"role": "REKTOR", "signer": colleague, "in_place_of": colleague, "reason": "x"}),
        (second, {"role": "LÄRARE", "in_place_of": graded.teacher_person, "reason": "x"}),
        (second, {"reason": "x"}),
        (second, {"method": "electronic"}),
        (first, {"withdraws": standing}),
    ):
        with pytest.raises(IntegrityError):
            stored(graded, made, **changes)
    stored(graded, second)
    with pytest.raises(IntegrityError):
        stored(graded, second)
    stored(graded, first, withdraws=standing, reason="Fel")
    with pytest.raises(IntegrityError):
        stored(graded, first, withdraws=standing, reason="Fel igen")


def test_signatures_and_signers_are_neither_changed_nor_removed(graded: Graded) -> None:
    sign(graded, build(graded))

    for rows in (CatalogueSignature.objects, CatalogueSigner.objects):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.all()._raw_delete("default")  # noqa: SLF001 (past Django's own checks)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(role="REKTOR")


@pytest.mark.parametrize("size", [1, 30])
def test_query_counts(size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    graded = graded_group([world.person() for _ in range(size)])
    made = build(graded)
    sign(graded, made)

    with django_assert_num_queries(3):
        signature_rows(graded.maker, made.pk)
    with django_assert_num_queries(3):
        is_fully_signed(made.pk)
