"""The municipality in which the routine is carried out, with accounts for everybody."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from pytest_django.live_server_helper import LiveServer

from provning.kernel.actors import Scope, ScopeKind
from tests import builders
from tests.builders import PASSWORD, Town
from tests.web.profiles import Profiles
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
def enter(profiles: Profiles, live_server: LiveServer) -> Iterator[Enter]:
    """Return a way in: a browser that nobody uses or has signed out of, signed in by keyboard."""
    seats: list[Keyboard] = []

    def seat() -> Keyboard:
        page = opened.enter_context(profiles.one(live_server.url)).new_page()
        page.set_default_timeout(10_000)
        seats.append(Keyboard(page))
        return seats[-1]

    def sign_in(username: str) -> Keyboard:
        hands = next((each for each in seats if each.left), None) or seat()
        hands.left = False
        hands.page.goto(live_server.url)
        hands.type("Användarnamn", username)
        # A password field has no role: it is the next stop after the name.
        hands.page.keyboard.press("Tab")
        hands.page.keyboard.type(PASSWORD)
        hands.press("Logga in")
        return hands

    with ExitStack() as opened:
        yield sign_in
