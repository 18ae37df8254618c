"""A unit with decided grades after the term's end, and the browsers of those who may write."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from provning.catalogues.actions import run_catalogue_order
from provning.catalogues.models import CatalogueOrder
from provning.kernel.actors import Scope, ScopeKind
from tests import builders
from tests.web.shelf import in_autumn
from tests.web.stage import Stage

AFTER_TERM = date(2027, 1, 4)
LIST = "/betygskataloger/"
ORDER = "/betygskataloger/skriv/"


@pytest.fixture
def stage(graded_stage: Stage, settings: Settings) -> Stage:
    """Return the town in January, with one grade decided in the autumn's group."""
    settings.TODAY = AFTER_TERM.isoformat()
    return graded_stage


@pytest.fixture
def admin(stage: Stage) -> Client:
    """Return the own-run provider's administrator, who has chosen the autumn."""
    return in_autumn(stage.client())


@pytest.fixture
def principal(stage: Stage) -> Client:
    """Return the unit's principal, who may see protected persons."""
    user = builders.account("rektor", "principal", Scope(ScopeKind.UNIT, stage.town.centrum))
    client = Client()
    client.force_login(user)
    return in_autumn(client)


def order_form(unit_id: UUID, term: str = "HT26") -> dict[str, str]:
    """Return the form that orders a catalogue."""
    return {"unit": str(unit_id), "term": term, "submission": str(uuid4())}


def run_jobs(on: date = AFTER_TERM) -> None:
    """Do what the worker does: every waiting order."""
    for order in CatalogueOrder.objects.filter(status=CatalogueOrder.Status.WAITING):
        run_catalogue_order(order_id=order.id, today=on)


def write(client: Client, stage: Stage) -> str:
    """Order the unit's catalogue, let the job run, and return the page that shows it."""
    client.post(ORDER, order_form(stage.town.centrum))
    run_jobs()
    return client.get(LIST).content.decode()


def documents(html: str) -> list[str]:
    """Return the addresses of the documents on the page."""
    return re.findall(r'href="(/betygskataloger/[0-9a-f-]{36}/pdf/)"', html)
