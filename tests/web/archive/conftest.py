"""A graded autumn in January, and the system administrator two years later."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from provning.kernel.actors import Scope, ScopeKind
from tests import builders
from tests.web.shelf import AFTER_TERM, WebShelf
from tests.web.stage import Stage

TODAY = date(2029, 6, 1)


@pytest.fixture
def shelf(graded_stage: Stage, settings: Settings) -> WebShelf:
    """Return the town in January, with one grade decided in the autumn's group."""
    settings.TODAY = AFTER_TERM.isoformat()
    return WebShelf(graded_stage)


@pytest.fixture
def admin(shelf: WebShelf, settings: Settings) -> Client:
    """Return the system administrator, two years later."""
    settings.TODAY = TODAY.isoformat()
    user = builders.account("system", "system_administrator", Scope(ScopeKind.EVERYTHING))
    client = Client()
    client.force_login(user)
    return client
