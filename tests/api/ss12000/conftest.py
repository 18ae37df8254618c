"""The scene, built once for a module; what a test changes in it is taken back after the test."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.api.ss12000.world import Asker, Scene, asker, build_scene, settled


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Scene]:
    """Build the scene."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = build_scene()
        settled()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def machine(scene: Scene, db: None) -> Asker:
    """Return a machine that sees everything."""
    return asker()
