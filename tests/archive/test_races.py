"""Two who do the same thing at once: one does it, the other is told in words."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from provning.archive.actions import build_packages
from provning.archive.models import ArchivePackage, Delivery, DeliveryStep
from provning.audit.guards import GUARDS, Guard, install_guards, remember
from provning.kernel.problems import ConflictError
from tests.archive.world import Shelf
from tests.grading.world import HT26

pytestmark = pytest.mark.django_db


@contextmanager
def full(table: str) -> Iterator[None]:
    """Let the database refuse another row, as it does to the second of two."""
    refusal = Guard("test_full", table, "INSERT", "no more today")
    remember([refusal])
    install_guards(connection)
    try:
        yield
    finally:
        del GUARDS[refusal.name]


def test_a_step_that_somebody_else_took_first_is_a_conflict_to_read(printed: Shelf) -> None:

    with full("archive_deliverystep"), pytest.raises(ConflictError) as caught:
        printed.prepare()

    assert [each.code for each in caught.value.problems] == ["delivery-step-meanwhile"]
    assert (Delivery.objects.count(), DeliveryStep.objects.count()) == (0, 0)


def test_a_package_that_somebody_else_made_first_is_a_conflict_to_read(printed: Shelf) -> None:

    with full("archive_archivepackage"), pytest.raises(ConflictError) as caught:
        build_packages(actor=printed.receiver, unit_id=printed.unit_id, term=HT26)

    assert [each.code for each in caught.value.problems] == ["package-made-meanwhile"]
    assert ArchivePackage.objects.count() == 0
