"""The foundation in a real browser: both themes, narrow and wide, and by keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from provning.accounts.models import User
from provning.organisation.models import SchoolUnit
from provning.web.showcase import SampleForm
from tests.web.browser import accessibility_faults, faults_in_every_look, sign_in
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def showcase(settings: Settings, live_server: LiveServer) -> str:
    """Return the address of the page with every component, which only developers have."""
    settings.ROOT_URLCONF = "tests.web.foundation.urls"
    return f"{live_server.url}/komponenter/"


def open_started(screen: Page, address: str) -> None:
    """Open a page, and wait until its modules have come and started."""
    screen.goto(address)
    screen.wait_for_selector("html[data-started]", state="attached")


def check(screen: Page) -> None:
    """Find no fault in either theme, narrow or wide."""
    assert faults_in_every_look(screen) == []


def test_the_sign_in_page_has_no_faults(screen: Page, live_server: LiveServer) -> None:
    screen.goto(f"{live_server.url}/logga-in/")
    check(screen)


def test_every_component_has_no_faults(screen: Page, showcase: str) -> None:
    screen.goto(showcase)
    check(screen)


def test_the_browser_loads_nothing_that_the_policy_refuses(screen: Page, showcase: str) -> None:
    said: list[str] = []
    screen.on("console", lambda message: said.append(message.text))
    screen.on("pageerror", lambda error: said.append(str(error)))
    open_started(screen, showcase)
    assert said == []


def test_the_error_summary_has_focus_and_leads_to_the_field(screen: Page, showcase: str) -> None:
    screen.goto(showcase)
    expect(screen.locator(".error-summary")).to_be_focused()
    screen.locator(".error-summary").get_by_role("link").first.press("Enter")
    expect(screen.locator("#id_course")).to_be_focused()


def test_a_course_is_chosen_by_keyboard_and_its_key_follows_until_the_text_is_changed(
    screen: Page, showcase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SampleForm.base_fields["course"].widget, "url", "/val/")
    open_started(screen, showcase)
    course, key = screen.get_by_role("combobox", name="Kurs"), screen.locator("[name=course_key]")
    course.fill("matematik")
    expect(screen.locator(".combo [role=option]")).to_have_count(3)
    expect(course).to_have_attribute("aria-expanded", "true")
    assert accessibility_faults(screen) == []
    screen.keyboard.press("ArrowDown")
    screen.keyboard.press("ArrowDown")
    expect(screen.locator(".combo [aria-selected=true]")).to_contain_text("Matematik 4")
    screen.keyboard.press("Enter")
    expect(course).to_have_value("Matematik 4")
    expect(course).to_have_attribute("aria-expanded", "false")
    expect(key).to_have_value("3")
    screen.keyboard.type("x")
    expect(key).to_have_value("")
    expect(screen.locator(".combo [role=option]")).to_have_count(1)
    expect(screen.locator(".combo [role=option]")).to_contain_text("Inget hittades")
    screen.keyboard.press("Escape")
    expect(screen.locator(".combo [role=listbox]")).to_be_hidden()


def test_all_rows_are_marked_at_once_and_counted(screen: Page, showcase: str) -> None:
    open_started(screen, showcase)
    screen.get_by_label("Markera alla på sidan").check()
    expect(screen.locator("[data-picked]")).to_have_text("3 grupper markerade.")


@pytest.fixture
def lena(account: Callable[..., User], unit: SchoolUnit) -> User:
    """Return the account konto1."""
    return account("internal_provider", unit.id)


@pytest.mark.usefixtures("lena")
def test_signing_in_and_switching_by_keyboard(screen: Page, live_server: LiveServer) -> None:
    sign_in(screen, live_server.url, "konto1", PASSWORD)
    expect(screen.get_by_role("heading", level=1)).to_have_text("Översikt")
    check(screen)
    screen.keyboard.press("Tab")
    expect(screen.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    screen.locator(".app-bar summary").press("Enter")
    with screen.expect_response("**/utseende/"):
        screen.get_by_role("button", name="Mörkt").press("Enter")
    expect(screen.locator("html")).to_have_attribute("data-theme", "dark")
    screen.reload()
    expect(screen.locator("html")).to_have_attribute("data-theme", "dark")
    screen.locator(".app-bar summary").press("Enter")
    screen.get_by_role("button", name="English").press("Enter")
    expect(screen.locator("html")).to_have_attribute("lang", "en")
    screen.locator(".app-bar summary").press("Enter")
    screen.locator("form[action='/logga-ut/'] button").press("Enter")
    expect(screen).to_have_url(re.compile("/logga-in/"))
