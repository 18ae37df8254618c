"""A changed content of a delivery list is found and named."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import connection

from provning.archive.models import Delivery, DeliveryList, DeliveryStep
from provning.archive.verification import verify_lists
from provning.audit.guards import remove_guards
from provning.catalogues.models import StoredDocument
from provning.catalogues.verification import Checked
from tests.archive.test_lists import content
from tests.grading import world
from tests.grading.world import TODAY

pytestmark = pytest.mark.django_db
NAME = "följesedeln till LEV-1"


def made_list() -> DeliveryList:
    text, now = content(rows=2).to_json(), datetime.now(UTC)
    stored = StoredDocument.objects.create(
        sha256="0" * 64, media_type="application/pdf", content=b"%PDF", size=4, stored_at=now
    )
    delivery = Delivery.objects.create(
        unit=world.municipality().unit,
        year=2026,
        number=1,
        document_id="LEV-1",
        made_at=now,
        made_by_name="Testet",
    )
    step = DeliveryStep.objects.create(
        delivery=delivery,
        number=1,
        kind=DeliveryStep.Kind.PREPARED,
        day=TODAY,
        taken_at=now,
        taken_by_account="test",
        taken_by_name="Testet",
        submission=uuid4(),
    )
    return DeliveryList.objects.create(
        step=step,
        part="ordinary",
        content=text,
        content_sha256=sha256(text.encode()).hexdigest(),
        stored=stored,
        rows=2,
        pages=1,
    )


def test_a_list_as_it_was_made_holds() -> None:
    made_list()
    assert list(verify_lists()) == [Checked(NAME)]


def test_one_changed_byte_in_the_content_is_named() -> None:
    made = made_list()
    remove_guards(connection)
    DeliveryList.objects.filter(pk=made.pk).update(content=made.content.replace("2026", "2027", 1))

    fault = "innehållet (JSON) har en annan kontrollsumma än den som är lagrad"
    assert list(verify_lists()) == [Checked(NAME, fault)]
