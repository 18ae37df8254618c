"""The municipality in which the routine is carried out, with accounts for everybody."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from provning.kernel.actors import Scope, ScopeKind
from tests import builders
from tests.builders import PASSWORD, Town
from tests.web.routine.keyboard import Keyboard

COURSES = ("MATMAT03b", "MATO1B00X", "ENGENG06", "PSKPSY01")

Enter = Callable[[str], Keyboard]


@dataclass
class Place:
    """The town before anything has been planned: who is known, and who is not."""

    town: Town
    known_number: str
    unknown_number: str


@pytest.fixture
def place(transactional_db: None) -> Place:
    """Return the town with two teachers, two students and one whom nobody has registered."""
    town = builders.build_town()
    builders.load_courses(*COURSES)
    known, unknown = next(town.numbers), next(town.numbers)
    town.teacher("Karin", username="karin")
    town.teacher("Tomas", username="tomas")
    town.person("Alva", "Bergqvist", number=known)
    town.person("Per", "Öst")
    builders.account("lena", "internal_provider_manager", Scope(ScopeKind.PROVIDER, town.own))
    centre = Scope(ScopeKind.ORGANISER, town.organiser)
    builders.account("birgitta", "adult_education_centre", centre)
    return Place(town, known, unknown)


@pytest.fixture
def enter(browser: Browser, live_server: LiveServer) -> Iterator[Enter]:
    """Return a way in: somebody's own browser, signed in by keyboard."""
    opened: list[BrowserContext] = []

    def sign_in(username: str) -> Keyboard:
        context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(live_server.url)
        hands = Keyboard(page)
        hands.type("Användarnamn", username)
        # A password field has no role: it is the next stop after the name.
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        hands.press("Logga in")
        return hands

    yield sign_in
    for context in opened:
        context.close()
