"""What becomes of a signature whose worker is gone: made and told as made, or asked for again."""

from datetime import UTC, datetime, timedelta

import pytest

from provning.catalogues.actions import end_lost_signing
from provning.catalogues.models import CatalogueSignature, SignedDocument, SigningOrder
from tests.catalogues.electronic import Signable, ask, run


@pytest.mark.django_db
def test_an_order_whose_worker_was_lost_makes_room_for_a_new_one(signable: Signable) -> None:
    graded, made = signable
    lost = ask(graded.teacher, made)
    began = datetime.now(UTC) - timedelta(hours=1)
    SigningOrder.objects.filter(pk=lost.pk).update(status="running", started_at=began)

    assert ask(graded.teacher, made).pk != lost.pk

    lost.refresh_from_db()
    assert lost.message == "Arbetet avbröts innan underskriften var gjord. Underteckna igen."


@pytest.mark.django_db
def test_an_order_whose_worker_is_lost_is_done_when_its_signature_was_kept(
    signable: Signable,
) -> None:
    graded, made = signable
    orders = [ask(graded.teacher, made), ask(graded.rektor, made, "REKTOR")]
    run(orders[0])
    for order in orders:
        order.refresh_from_db()
        order.status, order.finished_at, order.message = "running", None, ""
        order.started_at = order.started_at or datetime.now(UTC)
        order.save()
        end_lost_signing(lost_id=order.pk)
        order.refresh_from_db()
    assert [(order.status, order.message) for order in orders] == [
        ("done", f"Du har undertecknat {made.document_id}."),
        ("failed", "Arbetet avbröts innan underskriften var gjord. Underteckna igen."),
    ]
    assert CatalogueSignature.objects.count() == 1


@pytest.mark.django_db
def test_a_lost_order_that_comes_after_the_new_one_adds_no_second_signature(
    signable: Signable,
) -> None:
    graded, made = signable
    late = ask(graded.teacher, made)
    began = datetime.now(UTC) - timedelta(hours=1)
    SigningOrder.objects.filter(pk=late.pk).update(status="running", started_at=began)
    run(ask(graded.teacher, made))
    SigningOrder.objects.filter(pk=late.pk).update(
        status="waiting", started_at=None, finished_at=None, message=""
    )

    finished = run(late)

    assert finished is not None
    assert finished.status == "failed"
    assert finished.message.startswith("Karin Wallgren har redan skrivit under den här versionen.")
    assert (CatalogueSignature.objects.count(), SignedDocument.objects.count()) == (1, 1)
