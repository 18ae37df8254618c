"""The extracts in a real browser: by keyboard alone, in both themes, narrow and wide."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from provning.extracts.models import Extract
from provning.kernel.actors import Scope, ScopeKind
from provning.organisation.models import SchoolUnit
from provning.people.models import Person
from tests import builders
from tests.web.browser import faults_in_every_look, give_session
from tests.web.extracts.conftest import run_jobs
from tests.web.stage import Stage, build_stage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage() -> Stage:
    """Return the town with a named rektor."""
    built = build_stage()
    SchoolUnit.objects.filter(pk=built.town.centrum).update(principal_name="Rut Rektor")
    return built


@pytest.fixture
def alva(stage: Stage) -> Person:
    """Return a person with one grade."""
    person = stage.town.person("Alva", "Bergqvist")
    stage.decide(stage.place(person), "B")
    return person


@pytest.fixture
def signed_in(stage: Stage, screen: Page, live_server: LiveServer) -> Page:
    """Return a browser in which rektor has signed in."""
    builders.account("rut", "principal", Scope(ScopeKind.UNIT, stage.town.centrum))
    give_session(screen, live_server.url, "rut")
    return screen


def check(screen: Page) -> None:
    """Find no fault in either theme, narrow or wide."""
    assert faults_in_every_look(screen) == []


def test_an_extract_is_issued_by_keyboard_alone(
    signed_in: Page, alva: Person, live_server: LiveServer
) -> None:
    signed_in.goto(f"{live_server.url}/utdrag/elev/{alva.id}/")
    signed_in.get_by_role("checkbox", name="Markera MATMAT03b B").focus()
    signed_in.keyboard.press("Tab")
    signed_in.keyboard.press("Space")
    signed_in.keyboard.press("Tab")
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_text("är utfärdat. Skriv ut det")).to_be_visible()
    assert Extract.objects.get().english
    check(signed_in)


def test_the_page_of_orders_has_no_faults_and_an_order_is_followed(
    signed_in: Page, alva: Person, live_server: LiveServer
) -> None:
    signed_in.goto(f"{live_server.url}/utdrag/")
    check(signed_in)
    signed_in.get_by_label("Alla som har fått betyg i perioden").focus()
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_text("0 av 1 personer är klara.")).to_be_visible()
    check(signed_in)
    run_jobs()
    expect(signed_in.get_by_role("link", name="Hämta 1 utdrag som zip")).to_be_visible()
    expect(signed_in.get_by_role("link", name=alva.family_name)).to_be_visible()
    check(signed_in)


def test_everything_about_a_person_has_no_faults(
    signed_in: Page, alva: Person, live_server: LiveServer
) -> None:
    signed_in.goto(f"{live_server.url}/elever/{alva.id}/allt/")
    expect(signed_in.get_by_role("heading", name="Betygsbeslut")).to_be_visible()
    check(signed_in)
