"""After the signatures: the seal, the verification and what is kept of it."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from provning.catalogues.actions import SEALER, check_signatures, order_check
from provning.catalogues.actions.documents import store_document
from provning.catalogues.models import (
    CatalogueSignature,
    CatalogueSigner,
    SignatureCheck,
    SignedDocument,
)
from provning.catalogues.queries import (
    catalogues_to_sign,
    check_report,
    document_to_sign,
    electronic_row,
    signing_order_for,
)
from provning.catalogues.verification import verify_documents
from provning.kernel.problems import NotFoundError
from provning.signing.reports import Coverage
from tests.catalogues import signing
from tests.catalogues.electronic import (
    Signable,
    ask,
    check,
    decided_by_another,
    file_of,
    parts,
    run,
    sign,
    sign_all,
    to_sign,
)
from tests.catalogues.papers import Paper
from tests.catalogues.signing import NEXT_DAY
from tests.catalogues.world import Graded, graded_group, person_of
from tests.grading import world

pytestmark = pytest.mark.django_db


def test_it_is_sealed_when_all_have_signed_and_not_before(signed: Signable) -> None:
    graded, made = signed
    _found, report = check(made)
    assert (report.valid, report.sealed, report.signers[0].level) == (True, False, "B-T")

    sign(graded.rektor, made, "REKTOR")
    found, report = check(made)
    assert (found.valid, report.valid, report.sealed) == (True, True, True)
    assert [each.level for each in report.signers] == ["B-LTA", "B-LTA"]
    assert report.signatures[-1].coverage == Coverage.WHOLE_FILE
    assert found.document.content == file_of(made)


def test_it_is_sealed_once_however_often_it_is_checked(signable: Signable) -> None:
    graded, made = signable
    sign_all(graded, made)

    digests = {check(made)[0].document_id for _time in range(3)}

    assert len(digests) == 1
    assert SignedDocument.objects.filter(sealed=True).count() == 1
    assert SignatureCheck.objects.count() == 3


def test_a_check_is_ordered_when_the_last_is_not_just_made(signed: Signable) -> None:
    graded, made = signed
    jobs = DBTaskResult.objects.count()

    assert order_check(actor=graded.maker, catalogue_id=made.pk)
    assert DBTaskResult.objects.count() == jobs + 1
    check(made)
    assert not order_check(actor=graded.maker, catalogue_id=made.pk)
    assert DBTaskResult.objects.count() == jobs + 1
    with pytest.raises(NotFoundError):
        order_check(actor=world.principal(graded.town.other_unit), catalogue_id=made.pk)


def test_the_proof_of_what_is_stored_holds_the_signatures(
    long_paper: Paper, signable: Signable
) -> None:
    graded, made = signable
    sign_all(graded, made)
    check(made)
    name = f"underskrifterna i {made.document_id}"
    holds = [each for each in verify_documents() if each.name == name]
    assert [each.fault for each in holds] == [""]

    other = store_document(long_paper.pdf + b"\n" * 300_000, "application/pdf")
    SignedDocument.objects.create(catalogue=made, stored=other, sealed=False, made_at=made.made_at)

    broken = [each for each in verify_documents() if each.name == name]
    assert [each.fault for each in broken] == [
        "filen håller inte: not_as_printed, lacks_registered"
    ]


def test_the_last_who_signs_on_paper_has_the_file_sealed_too(signable: Signable) -> None:
    graded, made = signable
    sign(graded.rektor, made, "REKTOR")
    signing.sign(graded, made)

    found, report = check(made)

    assert (found.valid, report.sealed) == (True, True)
    assert [each.name for each in report.signers] == ["Rut Rektor"]


def test_what_is_signed_on_paper_alone_has_no_file_to_check(graded: Graded) -> None:
    made = signing.build(graded)
    signing.sign(graded, made)

    assert check_signatures(actor=SEALER, catalogue_id=made.pk) is None
    with pytest.raises(NotFoundError):
        check_report(graded.maker, made.pk)


def test_a_file_that_lacks_a_registered_signature_is_not_valid(signed: Signable) -> None:
    graded, made = signed
    # Registered past the signing service: the tables say more than the file.
    CatalogueSignature.objects.create(
        catalogue=made,
        signer_id=person_of(graded.rektor),
        signer_name="Rut Rektor",
        role="REKTOR",
        method="electronic",
        signed_on=NEXT_DAY,
        document=made.stored,
        registered_by_account="x",
        registered_by_name="x",
        registered_at=made.made_at,
    )

    found, report = check(made)

    assert (found.valid, report.valid) == (False, True)
    assert json.loads(found.report)["findings"] == ["lacks_registered"]


def test_a_signed_file_of_something_else_is_not_valid(long_paper: Paper, signed: Signable) -> None:
    _graded, made = signed
    other = store_document(long_paper.pdf + b"\n" * 300_000, "application/pdf")
    SignedDocument.objects.create(catalogue=made, stored=other, sealed=False, made_at=made.made_at)

    found, report = check(made)

    assert (found.valid, report.valid) == (False, False)
    assert json.loads(found.report)["findings"] == [
        "not_as_printed",
        "lacks_registered",
    ]


def test_the_row_says_what_to_sign_how_far_it_has_come_and_what_was_found(
    signable: Signable,
) -> None:
    graded, made = signable
    before = electronic_row(graded.teacher, made.pk, NEXT_DAY)
    assert [(each.role, each.decisions, each.courses) for each in before.choices] == [
        ("LÄRARE", 1, ("Matematik 3b",))
    ]
    assert (before.order, before.document, before.check, before.sha256) == (
        None, None, None, made.stored_id,
    )  # fmt: skip

    order = ask(graded.teacher, made)
    assert electronic_row(graded.teacher, made.pk, NEXT_DAY).under_way
    assert signing_order_for(graded.teacher, order.pk).status_label == "väntar"
    run(order)
    check(made)

    after = electronic_row(graded.teacher, made.pk, NEXT_DAY)
    assert (after.choices, after.under_way) == ((), False)
    assert after.document is not None
    assert after.check is not None
    assert after.document.sha256 == after.check.sha256 == after.sha256 != made.stored_id
    assert (after.check.valid, after.check.findings) == (True, ())
    assert [each.name for each in after.check.report.signers] == ["Karin Wallgren"]


@pytest.mark.parametrize("number", [1, 30])
def test_what_waits_for_a_signature_takes_the_same_queries_for_any_number(
    django_assert_num_queries: DjangoAssertNumQueries, number: int, signable: Signable
) -> None:
    graded, made = signable
    for version in range(1, number):
        made.pk, made.document_id, made.year = None, f"BK-{version}", 1990 + version
        made.save(force_insert=True)
        CatalogueSigner.objects.create(
            catalogue=made,
            place=1,
            person=graded.teacher_person,
            name="Karin Wallgren",
            role="LÄRARE",
            decisions=1,
            courses="Matematik 3b",
        )

    with django_assert_num_queries(5):
        waiting = catalogues_to_sign(graded.teacher, NEXT_DAY)
    assert len(waiting) == number


def test_only_the_newest_version_waits_and_only_where_it_is_signed_electronically(
    signable: Signable,
) -> None:
    graded, _made = signable
    decided_by_another(graded, world.person())
    newest = signing.build(graded)
    assert [each.catalogue_id for each in catalogues_to_sign(graded.teacher, NEXT_DAY)] == [
        newest.pk
    ]

    on_paper = graded_group([world.person()])
    signing.build(on_paper)
    assert catalogues_to_sign(on_paper.teacher, NEXT_DAY) == []
    assert catalogues_to_sign(graded.maker, NEXT_DAY) == []


def test_rektor_on_duty_may_sign_for_others(signable: Signable) -> None:
    graded, made = signable
    signing.duty_of_rektor(graded)

    choices = electronic_row(graded.rektor, made.pk, NEXT_DAY).choices

    assert [(each.role, each.in_place_of_name) for each in choices] == [
        ("REKTOR", ""),
        ("REKTOR", "Karin Wallgren"),
    ]


def test_on_paper_there_is_nothing_to_choose(graded: Graded) -> None:
    made = signing.build(graded)

    assert electronic_row(graded.teacher, made.pk, NEXT_DAY).choices == ()


def test_another_persons_order_is_nothing_of_ones_own(signable: Signable) -> None:
    graded, made = signable
    order = ask(graded.teacher, made)
    stranger = world.grading_teacher(world.teacher(graded.town.unit, "Kim"), graded.town.unit)

    for who in (stranger, world.principal(graded.town.other_unit)):
        with pytest.raises(NotFoundError):
            signing_order_for(who, order.pk)
    assert electronic_row(graded.rektor, made.pk, NEXT_DAY).order is None


def test_who_may_not_read_the_version_has_neither_file_nor_report(checked: Signable) -> None:
    graded, made = checked
    stranger = world.grading_teacher(world.teacher(graded.town.unit, "Kim"), graded.town.unit)

    for who in (stranger, world.principal(graded.town.other_unit)):
        for read in (document_to_sign, check_report):
            with pytest.raises(NotFoundError):
                read(who, made.pk)
    with pytest.raises(NotFoundError):
        document_to_sign(graded.teacher, made.pk)
    assert document_to_sign(graded.rektor, made.pk).content == file_of(made)
    assert document_to_sign(graded.maker, made.pk).file_name == (
        f"betygskatalog-{made.document_id}-undertecknad.pdf"
    )
    assert json.loads(check_report(graded.maker, made.pk).content)["report"]["valid"] is True


def test_a_teacher_reads_the_protected_part_only_when_all_of_it_is_their_own() -> None:
    protected = world.person("Siv", "Hemlig", protected=True)
    graded = graded_group([world.person(), protected])
    _ordinary, apart = parts(graded)
    assert document_to_sign(graded.teacher, apart.pk).content == bytes(apart.stored.content)

    other = decided_by_another(graded, world.person("Tor", "Hemlig", protected=True))
    _ordinary, both = parts(graded)
    for who in (graded.teacher, other, graded.maker):
        with pytest.raises(NotFoundError):
            document_to_sign(who, both.pk)
    assert document_to_sign(graded.rektor, both.pk).content == bytes(both.stored.content)


@pytest.mark.usefixtures("checked")
@pytest.mark.parametrize(
    ("table", "column"),
    [("catalogues_signeddocument", "sealed"), ("catalogues_signaturecheck", "valid")],
)
def test_files_and_checks_stay_as_they_were_made(table: str, column: str) -> None:
    for statement in (
        f"UPDATE {table} SET {column} = {column}",  # noqa: S608 # Constant names.
        f"DELETE FROM {table}",  # noqa: S608 # As above.
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_row_takes_the_same_queries_for_any_number_of_signers(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for others in (1, 3):
        graded, _made = to_sign()
        for _another in range(others):
            decided_by_another(graded, world.person())
        made = signing.build(graded)
        sign(graded.teacher, made)
        check(made)

        with django_assert_num_queries(11):
            row = electronic_row(graded.rektor, made.pk, NEXT_DAY)
        assert len(row.choices) == 1
