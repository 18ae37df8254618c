"""A file brought in with a real browser: chosen, matched, answered, taken in and taken back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from provning.kernel.actors import Scope, ScopeKind
from provning.people.models import Person
from tests.builders import account
from tests.imports.world import csv_file
from tests.web.browser import faults_in_every_look, give_session
from tests.web.imports.conftest import LIST, PERSONS, Counter, run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
HEADERS = ("Elevens nr", "Förnamn", "Efternamn")
# The page asks ten times a second whether the job is done, which is done at once here.
IMPATIENT = """
    const setTimeout = window.setTimeout;
    window.setTimeout = (act, wait) => setTimeout(act, wait / 10);
"""


def test_a_file_is_carried_from_its_columns_to_taken_back(
    counter: Counter, screen: Page, live_server: LiveServer, tmp_path: Path
) -> None:
    town = counter.stage.town
    account("vera", "adult_education_centre", Scope(ScopeKind.ORGANISER, town.organiser))
    file = tmp_path / "elever.csv"
    good, wrong = (next(town.numbers), "Alva", "Bergqvist"), ("2.0E+11", "Bo", "Ask")
    file.write_bytes(csv_file(HEADERS, (good, wrong)))
    give_session(screen, live_server.url, "vera")
    screen.add_init_script(IMPATIENT)
    screen.goto(f"{live_server.url}{PERSONS}")
    assert faults(screen) == []
    screen.get_by_label("Fil", exact=True).set_input_files(file)
    press(screen, "Ladda upp och granska")
    columns = screen.get_by_role("combobox", name="Elevens nr")
    expect(columns).to_be_visible()
    assert faults(screen) == []
    columns.select_option(value="identity_number")
    press(screen, "Spara och läs raderna")
    work(screen)
    expect(screen.get_by_text("1 rad är ny eller ändrar något.")).to_be_visible()
    assert faults(screen) == []
    screen.get_by_label("Hoppa över 1 rad som inte kan läsas in").check()
    press(screen, "Läs in 1 rad")
    work(screen)
    expect(screen.get_by_role("button", name="Ta tillbaka inläsningen")).to_be_visible()
    assert Person.objects.filter(given_name="Alva", family_name="Bergqvist").count() == 1
    assert faults(screen) == []
    press(screen, "Ta tillbaka inläsningen")
    work(screen)
    assert Person.objects.filter(family_name="Bergqvist").count() == 0
    screen.goto(f"{live_server.url}{LIST}")
    expect(screen.get_by_role("main").get_by_text("Återtagen")).to_be_visible()
    assert faults(screen) == []


def work(page: Page) -> None:
    """Do the job that the page waits for; the page then shows by itself what came of it."""
    expect(page.get_by_text("Filen bearbetas")).to_be_visible()
    run_jobs()
    expect(page.get_by_text("Filen bearbetas")).to_be_hidden()


def press(page: Page, name: str) -> None:
    """Press a button by the keyboard."""
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def faults(page: Page) -> list[str]:
    """Return what breaks the accessibility rules, and any width that scrolls sideways."""
    return faults_in_every_look(page, narrow=False)
