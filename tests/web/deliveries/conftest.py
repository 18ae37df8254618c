"""A graded autumn in January."""

import pytest
from pytest_django import Settings

from tests.web.shelf import AFTER_TERM, WebShelf
from tests.web.stage import Stage


@pytest.fixture
def shelf(graded_stage: Stage, settings: Settings) -> WebShelf:
    """Return the town in January, with one grade decided in the autumn's group."""
    settings.TODAY = AFTER_TERM.isoformat()
    return WebShelf(graded_stage)
