"""Rättelse and ändring in a real browser: by keyboard, without script, without faults."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.builders import PASSWORD
from tests.web.browser import faults_in_every_look
from tests.web.corrections.conftest import SAID, SLIP, Case, address_of
from tests.web.grades.hands import Hands
from tests.web.profiles import Profiles

pytestmark = pytest.mark.django_db(transaction=True)
Sit = Callable[..., Hands]


@pytest.fixture
def sit(profiles: Profiles, live_server: LiveServer) -> Iterator[Sit]:
    """Return a maker of persons in Chromium: `sit(client)`."""
    address = live_server.url
    seated: list[Hands] = []
    with ExitStack() as opened:

        def down(client: Client, *, scripts: bool = True) -> Hands:
            context = opened.enter_context(profiles.one(address, scripts=scripts))
            seated.append(Hands(context, address, client, scripts=scripts))
            return seated[-1]

        yield down
    assert [fault for each in seated for fault in each.faults] == []


def fill(page: Page, value: str) -> None:
    """Fill a rättelse in by keyboard alone."""
    keys = page.keyboard
    page.get_by_role("radio", name="D", exact=True).focus()
    for _step in range("DCBA".index(value)):
        keys.press("ArrowUp")
    page.get_by_role("radio", name="Ja, eleven har fått yttra sig").focus()
    keys.press("Space")
    keys.press("Tab")
    keys.type(SAID)
    keys.press("Tab")
    keys.type(SLIP)
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Tab")
    keys.press("Enter")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_grade_is_corrected_by_keyboard_alone(decided: Case, sit: Sit, *, scripts: bool) -> None:
    page = sit(decided.desk.principal(), scripts=scripts).open(f"{decided.address}ratta/").page
    fill(page, "C")
    expect(page.get_by_text("Betyget är rättat.")).to_be_visible()
    assert (decided.last.value, decided.last.hearing_note, decided.last.reason) == ("C", SAID, SLIP)


def test_no_page_has_faults_in_any_theme_or_width(decided: Case, sit: Sit) -> None:
    desk = decided.desk
    rektor = sit(desk.principal())
    page = rektor.open(f"{decided.address}ratta/").page
    fill(page, "C")
    expect(page.get_by_text("Betyget är rättat.")).to_be_visible()
    last = address_of(decided.last.pk)
    faults: dict[str, object] = {}
    for path in (
        decided.address,
        last,
        f"{last}ratta/",
        f"{last}andra/",
        desk.sheet,
        f"/elever/{decided.first.placement.person_id}/",
        f"/elever/{decided.first.placement.person_id}/historik/",
    ):
        rektor.open(path)
        look(page, path, faults)
    rektor.open(f"{last}andra/")
    page.get_by_role("button", name="Ändra betyget").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page, "refused", faults)
    assert {page: fault for page, fault in faults.items() if fault} == {}


def look(page: Page, name: str, faults: dict[str, object]) -> None:
    """Note what is wrong with the page, narrow and wide, light and dark."""
    faults[name] = faults_in_every_look(page, narrow=False)
