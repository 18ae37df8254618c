"""A graded autumn in January."""

import pytest
from pytest_django import Settings

from tests.web.shelf import AFTER_TERM, WebShelf
from tests.web.stage import build_stage


@pytest.fixture
def shelf(db: None, settings: Settings) -> WebShelf:
    """Return the town in January, with one grade decided in the autumn's group."""
    stage = build_stage()
    stage.decide(stage.place(stage.town.person("Alva", "Bergqvist")), "B")
    settings.TODAY = AFTER_TERM.isoformat()
    return WebShelf(stage)
