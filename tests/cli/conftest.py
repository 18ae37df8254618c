"""One rehearsal for all tests that read what it leaves."""

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.cli.running import Here, Rehearsed, provning


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """Run the rehearsal once."""
    directory = tmp_path_factory.mktemp("rehearsal")
    return directory, provning("rehearse", "--out", str(directory), directory=directory)


@pytest.fixture
def here(django_db_blocker: DjangoDbBlocker) -> Here:
    """Return what runs commands in this process, on files of their own."""
    if connection.vendor != "sqlite":
        pytest.skip("the database is no file")
    return Here(django_db_blocker)
