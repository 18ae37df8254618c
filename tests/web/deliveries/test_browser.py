"""Leveranser in a real browser: by keyboard alone, in both themes, narrow and wide."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from provning.kernel.actors import Scope, ScopeKind
from tests.builders import account
from tests.web.browser import faults_in_every_look, give_session
from tests.web.shelf import WebShelf

pytestmark = pytest.mark.django_db(transaction=True)


def test_both_sides_work_by_keyboard_alone_and_without_faults(
    shelf: WebShelf, screen: Page, live_server: LiveServer
) -> None:
    shelf.print()
    town = shelf.stage.town
    account("ada", "internal_provider", Scope(ScopeKind.PROVIDER, town.own))
    account("vera", "adult_education_centre", Scope(ScopeKind.ORGANISER, town.organiser))
    give_session(screen, live_server.url, "ada")
    screen.goto(f"{live_server.url}/leveranser/period/?unit={town.centrum}&period=2026")
    assert faults(screen) == []
    press(screen, "Förbered leverans")
    expect(screen.get_by_text("Leveransen är förberedd.")).to_be_visible()
    assert faults(screen) == []
    press(screen, "Registrera som skickad")
    expect(screen.get_by_text("Leveransen är skickad.")).to_be_visible()
    address = screen.url
    screen.context.clear_cookies()
    give_session(screen, live_server.url, "vera")
    screen.goto(address)
    press(screen, "Återsänd till anordnaren")
    expect(screen.get_by_role("link", name="Fyll i vad som saknas.")).to_be_visible()
    assert faults(screen) == []
    screen.get_by_label("Anmärkning (valfritt)").focus()
    screen.keyboard.type("Hela")
    press(screen, "Registrera som mottagen")
    expect(screen.get_by_text("Leveransen är mottagen.")).to_be_visible()
    screen.goto(f"{live_server.url}/leveranser/")
    assert faults(screen) == []
    screen.goto(f"{live_server.url}/arkiv/paket/")
    screen.locator(".context summary").click()
    screen.get_by_label("Enhet").last.select_option(label="Komvux Centrum")
    screen.get_by_label("Period").last.select_option("HT26")
    screen.locator(".context").get_by_role("button", name="Byt").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("E-arkivpaket HT 2026")
    press(screen, "Gör paket")
    expect(screen.get_by_text("1 paket finns nu.")).to_be_visible()
    assert faults(screen) == []


def press(page: Page, name: str) -> None:
    """Press a button by the keyboard."""
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def faults(page: Page) -> list[str]:
    """Return what breaks the accessibility rules, and any width that scrolls sideways."""
    return faults_in_every_look(page, narrow=False)
