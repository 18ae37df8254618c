"""What screens are tested with: a fixed day, a unit, accounts by role, and a real browser.

Tests that use these carry `pytest.mark.django_db`.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings as project_settings
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from provning.accounts.actions import assign_role, create_user
from provning.accounts.models import User
from provning.kernel.actors import Actor, Scope, ScopeKind, system_actor
from provning.organisation.actions import (
    create_organiser,
    create_provider,
    create_unit,
    set_initials,
)
from provning.organisation.models import SchoolUnit
from tests.support.kept import KEEPER, kept
from tests.web.browser import chromium
from tests.web.profiles import Profiles
from tests.web.stage import build_graded_stage

TODAY = date(2026, 11, 23)
START = date(2020, 1, 1)
PASSWORD = "en-lang-mening-om-prov"

SignIn = Callable[..., Client]


@pytest.fixture(scope="session", autouse=True)
def _static_root() -> None:
    """Let the folder for collected files exist: its absence is a warning, and warnings fail."""
    Path(project_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _fixed_day(settings: Settings) -> None:
    """Make every day of these tests the same day."""
    settings.TODAY = TODAY.isoformat()


graded_stage = kept(build_graded_stage)


@pytest.fixture
def system() -> Actor:
    """Return an actor that may do everything."""
    return system_actor("Prövning", "test")


@pytest.fixture
def unit(system: Actor) -> SchoolUnit:
    """Return a unit of Sjöstads kommun with the initials KC."""
    organiser = create_organiser(
        actor=system,
        name="Sjöstads kommun",
        municipality_code="9999",
        municipality_name="Sjöstad",
    )
    provider = create_provider(
        actor=system, organiser_id=organiser.id, name="Komvux Centrum", kind="internal"
    )
    made = create_unit(actor=system, provider_id=provider.id, name="Komvux Centrum")
    set_initials(actor=system, unit_id=made.id, initials="KC", valid_from=START)
    return made


@pytest.fixture
def account(system: Actor) -> Callable[..., User]:
    """Return a maker of accounts: `account("grading_teacher", unit.id)`.

    The scope is the role's own kind: own groups for teachers, everything for administrators, else
    the unit.
    """

    def make(role: str = "", scope_id: UUID | None = None, *, name: str = "Lena Sandström") -> User:
        count = User.objects.count() + 1
        user = create_user(
            actor=system,
            username=f"konto{count}",
            name=name,
            password=PASSWORD,
            today=TODAY,
        )
        if role:
            kind = KINDS.get(role, ScopeKind.UNIT)
            scope = Scope(kind, None if kind is ScopeKind.EVERYTHING else scope_id)
            assign_role(actor=system, user_id=user.id, role=role, scope=scope, valid_from=START)
        return user

    return make


KINDS = {
    "grading_teacher": ScopeKind.OWN_GROUPS,
    "system_administrator": ScopeKind.EVERYTHING,
    "adult_education_centre": ScopeKind.ORGANISER,
}


@pytest.fixture
def signed_in(account: Callable[..., User]) -> SignIn:
    """Return a maker of signed-in clients: `signed_in("principal", unit.id)`."""

    def make(role: str = "", scope_id: UUID | None = None) -> Client:
        client = Client()
        client.force_login(account(role, scope_id))
        return client

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium, started once."""
    for started in chromium():
        yield started
        # Django has connections of its own while Playwright's loop runs: a world that was opened on
        # them has to be closed on them.
        KEEPER.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Profiles:
    """Return the browser's profiles, which are emptied and given to one test after another."""
    return Profiles(browser)


@pytest.fixture
def screen(profiles: Profiles, live_server: LiveServer) -> Iterator[Page]:
    """Return an empty page of an empty browser profile, in Swedish."""
    with profiles.one(live_server.url) as context:
        page = context.new_page()
        page.set_default_timeout(10_000)
        yield page
