"""The groups in a real browser: by keyboard alone, in both themes, narrow and wide."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from provning.exams.models import ExamGroup, Placement
from provning.kernel.actors import Scope, ScopeKind
from provning.people.models import PersonNumber
from tests.builders import account
from tests.exams.world import World
from tests.web.browser import (
    accessibility_faults,
    at_widths,
    faults_in_every_look,
    give_session,
    scrolls_sideways,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed_in(world: World, screen: Page, live_server: LiveServer) -> Page:
    """Return a browser in which the administrator has signed in."""
    account("ada", "internal_provider", Scope(ScopeKind.PROVIDER, world.provider))
    give_session(screen, live_server.url, "ada")
    return screen


def test_a_group_is_made_by_keyboard_alone(signed_in: Page, live_server: LiveServer) -> None:
    signed_in.goto(f"{live_server.url}/grupper/")
    signed_in.get_by_role("link", name="Lägg till", exact=True).focus()
    signed_in.keyboard.press("Enter")
    signed_in.get_by_role("combobox", name="Kurs").focus()
    signed_in.keyboard.type("matematik 3")
    expect(signed_in.get_by_role("option", name=re.compile("Matematik 3b"))).to_be_visible()
    signed_in.keyboard.press("ArrowDown")
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator("#name-build .vh")).to_have_text("PRÖ:KC26HTMAT03B")
    expect(signed_in.locator("#group-facts")).to_contain_text("100 p")
    signed_in.get_by_role("combobox", name="Kurs").focus()
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_role("heading", level=1)).to_have_text("PRÖ:KC26HTMAT03B")
    assert ExamGroup.objects.get().name == "PRÖ:KC26HTMAT03B"


def test_another_period_is_followed_while_the_form_is_filled_in(
    signed_in: Page, live_server: LiveServer
) -> None:
    signed_in.goto(f"{live_server.url}/grupper/lagg-till/")
    signed_in.get_by_label("Period").last.select_option("VT27")
    expect(signed_in.get_by_label("Från och med")).to_have_value("2027-01-11")
    expect(signed_in.locator("#name-build")).to_contain_text("27")


def test_persons_are_placed_by_keyboard_alone(
    world: World, signed_in: Page, live_server: LiveServer
) -> None:
    group, person = world.group(teacher="Karin"), world.person("Åsa", "Öst")
    number = PersonNumber.objects.get(person_id=person).number
    signed_in.goto(f"{live_server.url}/grupper/{group.id}/placera/")
    signed_in.get_by_label("Personnummer (valfritt)").focus()
    signed_in.keyboard.type(number)
    signed_in.get_by_label("Sök inskriven elev på namn").focus()
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_role("rowheader", name=re.compile("Öst, Åsa"))).to_be_visible()
    signed_in.get_by_label("Prövningsdatum för alla").fill("2026-11-12")
    signed_in.get_by_role("button", name="Placera 1 elev").focus()
    signed_in.keyboard.press("Enter")
    expect(signed_in.get_by_text("1 elev är placerad i PRÖ:KC26HTMAT03B.")).to_be_visible()
    assert Placement.objects.get().person_id == person


def test_no_page_has_faults_in_any_theme_or_width(
    world: World, signed_in: Page, live_server: LiveServer
) -> None:
    group = world.group(teacher="Karin")
    world.group("ENGENG05")
    hidden = world.person("Dolda", "Ek", protection="Sekretessmarkering")
    placement = world.place(group, world.person("Åsa", "Öst"), hidden)[0]
    faults: dict[str, object] = {}
    for path in (
        "",
        "kurser/sok?q=psy",
        "grupper/",
        "grupper/lagg-till/?course=PSY",
        "grupper/kopiera/",
        f"grupper/{group.id}/",
        f"grupper/{group.id}/uppgifter/",
        f"grupper/{group.id}/historik/",
        f"grupper/{group.id}/larare/",
        f"grupper/{group.id}/datum/",
        f"grupper/{group.id}/placera/",
        f"grupper/placering/{placement.id}/datum/",
        f"grupper/placering/{placement.id}/ta-tillbaka/",
    ):
        signed_in.goto(f"{live_server.url}/{path}")
        faults[path] = faults_in_every_look(signed_in, narrow=False)
    assert {page: fault for page, fault in faults.items() if fault} == {}


def test_a_refused_placing_has_no_faults_either(
    world: World, signed_in: Page, live_server: LiveServer
) -> None:
    stranger = PersonNumber.objects.get(person_id=world.stranger()).number
    person = PersonNumber.objects.get(person_id=world.person("Åsa", "Öst")).number
    signed_in.goto(f"{live_server.url}/grupper/{world.group().id}/placera/")
    signed_in.get_by_label("Personnummer (valfritt)").fill(f"123\n{stranger}\n{person}")
    signed_in.get_by_role("button", name="Placera").click()
    expect(signed_in.locator(".error-summary")).to_be_focused()
    for width in at_widths(signed_in):
        assert not scrolls_sideways(signed_in), width
    assert accessibility_faults(signed_in) == []


def test_what_is_half_typed_stays_when_the_language_changes(
    signed_in: Page, live_server: LiveServer
) -> None:
    signed_in.goto(f"{live_server.url}/grupper/lagg-till/")
    signed_in.get_by_label("Period").last.select_option("VT27")
    signed_in.get_by_label("Från och med").fill("2027-02-01")

    signed_in.locator("[data-language-form] [lang=en]").first.evaluate("button => button.click()")

    expect(signed_in.locator("html")).to_have_attribute("lang", "en")
    expect(signed_in.locator("main [name=start_date]")).to_have_value("2027-02-01")
    expect(signed_in.locator("main [name=term]")).to_have_value("VT27")
    assert signed_in.evaluate("sessionStorage.getItem('kept')") is None
