"""Electronic signatures: given by the signer alone, one after another, and none is ever lost."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from provning.audit.models import AuditEvent
from provning.audit.queries import verify_chain
from provning.catalogues.actions import electronic, withdraw_signature
from provning.catalogues.models import CatalogueSignature, SignedDocument, SigningOrder
from provning.catalogues.queries import (
    catalogue_content,
    catalogue_document,
    check_report,
    document_to_sign,
    electronic_row,
    is_fully_signed,
)
from provning.catalogues.rules import signed_meanwhile
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from provning.signing.ports import SigningError
from tests.catalogues import signing
from tests.catalogues.electronic import (
    Signable,
    ask,
    check,
    decided_by_another,
    file_of,
    parts,
    refused,
    run,
    sign,
    sign_all,
    signs_by,
    to_sign,
)
from tests.catalogues.world import Graded, grade, graded_group
from tests.grading import world
from tests.grading.test_concurrency import at_once


@pytest.mark.django_db(transaction=True)
def test_a_worker_signs_what_was_asked_for_seals_and_checks_it(signable: Signable) -> None:
    graded, made = signable
    ask(graded.teacher, made)
    ask(graded.rektor, made, "REKTOR")

    call_command("db_worker", batch=True, interval=0, verbosity=0)

    assert is_fully_signed(made.pk)
    assert [each.sealed for each in SignedDocument.objects.order_by("stored__size")] == [
        False, False, True,
    ]  # fmt: skip
    names = list(AuditEvent.objects.order_by("number").values_list("name", flat=True))
    assert sorted(names[-9:]) == [
        "catalogue_electronic_signing_finished",
        "catalogue_electronic_signing_finished",
        "catalogue_electronic_signing_ordered",
        "catalogue_electronic_signing_ordered",
        "catalogue_sealed",
        "catalogue_signatures_checked",
        "catalogue_signatures_checked",
        "catalogue_signed",
        "catalogue_signed",
    ]
    assert verify_chain().fault == ""


@pytest.mark.django_db
def test_the_signature_is_registered_with_its_file(signed: Signable) -> None:
    _graded, made = signed
    signature = CatalogueSignature.objects.get()
    assert (signature.signer_name, signature.role, signature.method, signature.signed_on) == (
        "Karin Wallgren",
        "LÄRARE",
        "electronic",
        signing.NEXT_DAY,
    )
    assert signature.document is not None
    assert bytes(signature.document.content) == file_of(made)
    assert file_of(made).startswith(bytes(made.stored.content))


@pytest.mark.django_db
def test_each_file_holds_every_signature_so_far(signable: Signable) -> None:
    graded, made = signable

    sign_all(graded, made)

    _found, report = check(made)
    assert [(each.name, each.reason) for each in report.signers] == [
        ("Karin Wallgren", f"Betygskatalog {made.document_id}, betygssättande lärare"),
        ("Rut Rektor", f"Betygskatalog {made.document_id}, rektor"),
    ]


@pytest.mark.django_db
def test_a_form_sent_twice_is_one_signature(signable: Signable) -> None:
    graded, made = signable
    submission = uuid4()

    orders = {
        ask(graded.teacher, made, submission=submission).pk,
        ask(graded.teacher, made, submission=submission).pk,
        ask(graded.teacher, made).pk,
    }

    assert len(orders) == DBTaskResult.objects.count() == 1
    order = SigningOrder.objects.get()
    run(order)
    assert run(order) is None
    assert ask(graded.teacher, made, submission=submission).pk == order.pk
    assert CatalogueSignature.objects.count() == SignedDocument.objects.count() == 1


@pytest.mark.django_db
def test_a_form_is_not_used_for_another_signature(signable: Signable) -> None:
    graded, made = signable
    submission = uuid4()
    ask(graded.teacher, made, submission=submission)

    with pytest.raises(ProblemsFoundError) as caught:
        ask(graded.rektor, made, "REKTOR", submission=submission)

    assert [each.code for each in caught.value.problems] == ["signing-form-used"]


@pytest.mark.django_db
def test_who_has_signed_does_not_sign_again(signed: Signable) -> None:
    graded, made = signed

    with pytest.raises(ProblemsFoundError) as caught:
        ask(graded.teacher, made)

    assert [each.code for each in caught.value.problems] == ["signature-taken"]


@pytest.mark.django_db
def test_where_paper_is_used_nothing_is_signed_electronically(graded: Graded) -> None:
    made = signing.build(graded)
    assert refused(graded.teacher, made) == ["signing-paper-only"]

    signs_by(graded, "paper")
    assert refused(graded.teacher, made) == ["signing-paper-only"]


@pytest.mark.django_db
def test_where_all_is_electronic_no_paper_is_registered() -> None:
    graded, made = to_sign(mode="electronic")

    assert signing.refused(graded, made) == [("signing-electronic-only", "")]
    sign_all(graded, made)
    assert is_fully_signed(made.pk)


@pytest.mark.django_db
def test_with_paper_as_copy_each_signs_their_own_way(signable: Signable) -> None:
    graded, made = signable

    signing.sign(graded, made)
    sign(graded.rektor, made, "REKTOR")

    assert is_fully_signed(made.pk)
    assert list(
        CatalogueSignature.objects.order_by("registered_at").values_list("method", flat=True)
    ) == ["paper", "electronic"]


@pytest.mark.django_db
def test_what_is_not_to_be_signed_is_not(signable: Signable) -> None:
    graded, made = signable
    preliminary = signing.build(graded, world.TODAY)
    assert refused(graded.rektor, preliminary, "REKTOR") == ["signature-preliminary"]
    assert refused(graded.teacher, made, "REKTOR") == ["signature-not-signer"]

    grade(graded, [world.person()])
    signing.build(graded)
    assert refused(graded.teacher, made) == ["signature-outdated"]


@pytest.mark.django_db
def test_only_the_signer_signs(signable: Signable) -> None:
    graded, made = signable
    stranger = world.grading_teacher(world.teacher(graded.town.unit, "Kim"), graded.town.unit)
    outsider = world.principal(graded.town.other_unit)

    with pytest.raises(NotAllowedError):
        ask(graded.maker, made)
    for who in (stranger, outsider):
        with pytest.raises(NotFoundError):
            ask(who, made)
    assert not SigningOrder.objects.exists()


@pytest.mark.django_db
def test_rektor_signs_in_the_place_of_a_teacher_who_cannot(signable: Signable) -> None:
    graded, made = signable
    teacher = graded.teacher_person.pk
    assert refused(graded.rektor, made, "REKTOR", in_place_of=teacher) == [
        "signature-not-principal",
        "signature-in-place-reason",
    ]

    signing.duty_of_rektor(graded)
    run(ask(graded.rektor, made, "REKTOR", in_place_of=teacher, reason="Slutade i december"))
    sign(graded.rektor, made, "REKTOR")

    assert is_fully_signed(made.pk)
    found, report = check(made)
    assert found.valid
    assert [each.name for each in report.signers] == ["Rut Rektor", "Rut Rektor"]


@pytest.mark.django_db
def test_rektor_who_decided_nothing_signs_in_a_teachers_place() -> None:
    graded = graded_group([world.person("Siv", "Hemlig", protected=True)])
    signs_by(graded, "electronic")
    signing.duty_of_rektor(graded)
    (apart,) = parts(graded)
    teacher = graded.teacher_person.pk

    run(ask(graded.rektor, apart, "REKTOR", in_place_of=teacher, reason="Slutade"))

    assert is_fully_signed(apart.pk)


@pytest.mark.django_db
def test_nobody_signs_what_they_cannot_read() -> None:
    protected = world.person("Siv", "Hemlig", protected=True)
    graded = graded_group([world.person(), protected])
    signs_by(graded, "electronic")
    decided_by_another(graded, world.person("Tor", "Hemlig", protected=True))
    ordinary, apart = parts(graded)

    with pytest.raises(NotFoundError):
        ask(graded.teacher, apart)
    sign(graded.teacher, ordinary)


@pytest.mark.django_db
def test_who_decided_everything_in_the_protected_part_signs_it() -> None:
    graded = graded_group([world.person("Siv", "Hemlig", protected=True)])
    signs_by(graded, "electronic")
    (apart,) = parts(graded)
    opened = replace(graded.teacher, opened=frozenset({apart.pk}))
    rows = [
        electronic_row(who, apart.pk, signing.NEXT_DAY)
        for who in (replace(opened, opened=frozenset()), opened)
    ]
    read = [[one.last_name for each in row.sheets for one in each.rows] for row in rows]
    assert (read, [row.closed for row in rows]) == ([[], ["Hemlig"]], [True, False])

    sign(graded.teacher, apart)

    assert is_fully_signed(apart.pk)


@pytest.mark.django_db
def test_an_electronic_signature_is_not_taken_back(signed: Signable) -> None:
    graded, _made = signed
    signature = CatalogueSignature.objects.get()

    with pytest.raises(ProblemsFoundError) as caught:
        withdraw_signature(
            actor=graded.teacher,
            signature_id=signature.pk,
            reason="Fel",
            today=signing.NEXT_DAY,
        )

    assert [each.code for each in caught.value.problems] == ["signature-electronic-stays"]


@pytest.mark.django_db
def test_what_changed_before_the_job_came_is_told(signable: Signable) -> None:
    graded, made = signable
    order = ask(graded.teacher, made)
    grade(graded, [world.person()])
    signing.build(graded)

    finished = run(order)

    assert finished is not None
    assert (finished.status, CatalogueSignature.objects.count()) == ("failed", 0)
    assert finished.message.startswith("Det finns en nyare version av katalogen.")
    assert not SignedDocument.objects.exists()


@pytest.mark.django_db
def test_a_service_that_fails_leaves_nothing_and_can_be_asked_again(signable: Signable) -> None:
    graded, made = signable
    order = ask(graded.teacher, made)
    keys = settings.SIGNING_DIR / "keys"
    sign(graded.rektor, made, "REKTOR")
    (keys / "root.key").chmod(0o644)
    try:
        with pytest.raises(SigningError):
            run(order)
    finally:
        (keys / "root.key").chmod(0o600)

    order.refresh_from_db()
    assert (order.status, order.message[:36]) == ("failed", "Underskriften kunde inte göras. Unde")
    assert CatalogueSignature.objects.count() == 1
    sign(graded.teacher, made)


@pytest.mark.django_db
def test_who_is_overtaken_every_time_is_told_that_nothing_is_signed(
    signable: Signable, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded, made = signable
    order = ask(graded.teacher, made)
    monkeypatch.setattr(electronic, "ATTEMPTS", 0)

    finished = run(order)

    assert finished is not None
    assert (finished.status, finished.message) == ("failed", signed_meanwhile().text)
    assert not CatalogueSignature.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_with_the_same_form_have_one_order(signable: Signable) -> None:
    graded, made = signable
    submission = uuid4()

    answers = at_once(
        lambda: ask(graded.teacher, made, submission=submission),
        lambda: ask(graded.teacher, made, submission=submission),
    )

    assert len({each.pk for each in answers}) == 1  # type: ignore[attr-defined] # Two orders.
    assert SigningOrder.objects.count() == DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_both_stand_in_the_file(signable: Signable) -> None:
    graded, made = signable
    first, second = ask(graded.teacher, made), ask(graded.rektor, made, "REKTOR")

    answers = at_once(lambda: run(first), lambda: run(second))

    assert [each.status for each in answers] == ["done", "done"]  # type: ignore[attr-defined] # As above.
    assert is_fully_signed(made.pk)
    found, report = check(made)
    assert found.valid
    assert {each.name for each in report.signers} == {"Karin Wallgren", "Rut Rektor"}


@pytest.mark.django_db
def test_who_signs_a_part_reads_their_own_sheets_and_no_file() -> None:
    graded = graded_group([world.person("Ada", "Egen")])
    signs_by(graded, "electronic_with_paper")
    other = decided_by_another(graded, world.person("Bo", "Annan"))
    made = signing.build(graded)

    row = electronic_row(graded.teacher, made.pk, signing.NEXT_DAY)
    assert (row.readable, [each.role for each in row.choices]) == (False, ["LÄRARE"])
    assert [(each.group_name, [one.last_name for one in each.rows]) for each in row.sheets] == [
        (graded.group.name, ["Egen"])
    ]
    (theirs,) = electronic_row(other, made.pk, signing.NEXT_DAY).sheets
    assert [one.last_name for one in theirs.rows] == ["Annan"]
    sign(graded.teacher, made)
    check(made)
    for read in (document_to_sign, catalogue_document, catalogue_content):
        with pytest.raises(NotFoundError):
            read(graded.teacher, made.pk)
        assert read(graded.rektor, made.pk).content
    # How the signing goes is the signer's too, and names no examinee.
    assert check_report(graded.teacher, made.pk).content.count(b"Annan") == 0


@pytest.mark.django_db
def test_who_signs_everything_in_a_version_reads_it_whole() -> None:
    graded = graded_group([world.person("Ada", "Egen")])
    signs_by(graded, "electronic_with_paper")
    made = signing.build(graded)

    assert electronic_row(graded.teacher, made.pk, signing.NEXT_DAY).readable
    for read in (document_to_sign, catalogue_document, catalogue_content):
        assert read(graded.teacher, made.pk) == read(graded.rektor, made.pk)
