"""The world of the matrix, built once for all tests of this folder, and taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from provning.operations.actions import beat
from tests.web.matrix.visits import Visits
from tests.web.matrix.world import Matrix, build_matrix


@pytest.fixture(scope="package")
def matrix(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Matrix]:
    """Build the world."""
    with django_db_blocker.unblock(), transaction.atomic():
        # The program is ready when somebody takes the jobs, however long the tests take.
        now = datetime.now(UTC)
        beat(worker="matrix", started_at=now, now=now + timedelta(days=1))
        yield build_matrix()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def visits(matrix: Matrix) -> Visits:
    """Return its pages."""
    return Visits(matrix)
