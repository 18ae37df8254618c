"""A graded autumn in January."""

import pytest
from pytest_django import Settings

from provning.archive.models import Delivery
from tests.support.kept import kept
from tests.web.shelf import AFTER_TERM, WebShelf
from tests.web.stage import Stage, build_graded_stage

Prepared = tuple[WebShelf, Delivery]


def build_printed() -> WebShelf:
    """Build the town, and print and sign its catalogue."""
    shelf = WebShelf(build_graded_stage())
    shelf.print()
    return shelf


def build_prepared() -> Prepared:
    """Build the same, and prepare its delivery."""
    shelf = build_printed()
    return shelf, shelf.prepare()


printed_shelf = kept(build_printed)
prepared_shelf = kept(build_prepared)


@pytest.fixture
def shelf(graded_stage: Stage, settings: Settings) -> WebShelf:
    """Return the town in January, with one grade decided in the autumn's group."""
    settings.TODAY = AFTER_TERM.isoformat()
    return WebShelf(graded_stage)


@pytest.fixture
def printed(printed_shelf: WebShelf, settings: Settings) -> WebShelf:
    """Return the same when the catalogue is printed and signed."""
    settings.TODAY = AFTER_TERM.isoformat()
    return printed_shelf


@pytest.fixture
def prepared(prepared_shelf: Prepared, settings: Settings) -> Prepared:
    """Return the same when the delivery is prepared too."""
    settings.TODAY = AFTER_TERM.isoformat()
    return prepared_shelf
