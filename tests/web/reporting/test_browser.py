"""Underlag in a real browser: by keyboard alone, in both themes, narrow and wide."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from provning.kernel.actors import Scope, ScopeKind
from tests.builders import account
from tests.reporting.world import examinee_number
from tests.web.browser import faults_in_every_look, give_session
from tests.web.reporting.test_reporting import run_jobs
from tests.web.stage import build_stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_draft_is_made_and_handed_over_by_keyboard_alone_and_without_faults(
    screen: Page, live_server: LiveServer
) -> None:
    stage = build_stage()
    stage.decide(stage.place(stage.town.person("Alva", "Berg", number=examinee_number())), "B")
    stage.place(stage.town.person("Cia", "Sen", number=examinee_number()))
    account("vera", "adult_education_centre", Scope(ScopeKind.ORGANISER, stage.town.organiser))
    give_session(screen, live_server.url, "vera")
    screen.goto(f"{live_server.url}/underlag/?target=uhr&term=HT26")
    assert faults(screen) == []
    press(screen, "Gör underlag")
    expect(screen.get_by_text("Underlaget görs")).to_be_visible()
    assert faults(screen) == []
    run_jobs()
    expect(screen.get_by_role("heading", level=1)).to_have_text("UHR-9999-HT26-1")
    assert faults(screen) == []
    press(screen, "Registrera som lämnad")
    expect(screen.get_by_text("Det står nu att underlaget är lämnat.")).to_be_visible()
    for address in ("lamnade/", "koder/?target=scb", "statistik/?term=HT26"):
        screen.goto(f"{live_server.url}/underlag/{address}")
        assert faults(screen) == []


def press(page: Page, name: str) -> None:
    """Press a button by the keyboard."""
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def faults(page: Page) -> list[str]:
    """Return what breaks the accessibility rules, and any width that scrolls sideways."""
    return faults_in_every_look(page, narrow=False)
