"""The keys of the grade sheet and how it looks: no key out of place, no faults in any state."""

import gzip

import pytest
from playwright.sync_api import Response, expect

from tests.web.browser import faults_in_every_look
from tests.web.grades.conftest import Desk, Sit, typed
from tests.web.grades.hands import Hands

pytestmark = pytest.mark.django_db(transaction=True)
LIGHT = 50_000  # bytes, compressed as a proxy sends them


def test_the_keys_are_listed_by_a_question_mark_outside_the_fields_and_can_be_turned_off(
    desk: Desk, sit: Sit
) -> None:
    hands = sit(desk.teacher())
    dialog = hands.page.get_by_role("dialog", name="Kortkommandon")
    hands.field(0).focus()
    hands.page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    hands.page.keyboard.press("Escape")
    hands.page.get_by_role("button", name="Spara utkast").focus()
    hands.page.keyboard.press("?")
    expect(dialog).to_be_visible()
    hands.page.get_by_label("Använd kortkommandon").uncheck()
    hands.page.keyboard.press("Escape")
    expect(hands.page.get_by_role("button", name="Spara utkast")).to_be_focused()
    hands.page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    hands.field(0).focus()
    hands.page.keyboard.press("ArrowDown")
    expect(hands.field(0)).to_be_focused()
    hands.page.get_by_role("button", name="Alla kortkommandon").click()
    hands.page.get_by_label("Använd kortkommandon").check()
    hands.page.get_by_role("button", name="Stäng").click()
    hands.field(0).focus()
    hands.page.keyboard.press("ArrowDown")
    expect(hands.field(1)).to_be_focused()


def test_letters_do_nothing_outside_the_fields(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher())
    hands.page.get_by_role("button", name="Spara utkast").focus()
    for letter in "abcdefghijklmnopqrstuvwxyzåäö":
        hands.page.keyboard.type(letter)
    expect(hands.page.get_by_role("button", name="Spara utkast")).to_be_focused()
    assert hands.values() == ["", "", ""]


def test_no_state_of_the_sheet_has_faults_in_any_theme_or_width(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher())
    lena = desk.administrator()
    lena.post(desk.sheet, typed(lena.get(desk.sheet).content.decode(), _1="D"))
    hands.field(0).focus()
    hands.type_down("GBA")
    expect(hands.state(1)).to_contain_text("Lena Sandström skrev D")
    expect(hands.state(2)).to_contain_text("Utkast sparat")
    faults: dict[str, object] = faults_of(hands, "rows")
    dialog = hands.paste(0, "A\nB\nX\nE")
    faults |= faults_of(hands, "preview")
    dialog.get_by_role("link", name="Avbryt").click()
    hands.page.get_by_role("button", name="Alla kortkommandon").click()
    faults |= faults_of(hands, "keys")
    hands.page.get_by_role("button", name="Stäng").click()
    hands.open(f"{desk.sheet}klistra-in/")
    hands.page.get_by_label("Kopierad kolumn").fill("A\nB\nX\nE")
    hands.page.get_by_role("button", name="Visa vad som ändras").click()
    expect(hands.page.get_by_role("button", name="Spara 2 betyg")).to_be_visible()
    faults |= faults_of(hands, "paste page")
    assert {page: fault for page, fault in faults.items() if fault} == {}


def faults_of(hands: Hands, name: str) -> dict[str, object]:
    """Return what is wrong with the page as it stands, in every look."""
    return {name: faults_in_every_look(hands.page)}


def test_a_sheet_loads_little_and_only_from_here(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher())
    asked: list[str] = []
    answered: list[Response] = []
    hands.page.on("request", lambda request: asked.append(request.url))
    hands.page.on("response", lambda response: answered.append(response))  # noqa: PLW0108 # the library marks what it is given
    hands.open(desk.sheet)
    # To read an answer while it is told of would let the page be looked at before the last of them.
    ours = [each for each in answered if each.url.startswith(f"{hands.address}/static/")]
    loaded = {each.url: len(gzip.compress(each.body())) for each in ours}
    assert [url for url in asked if not url.startswith(hands.address)] == []
    assert sum(loaded.values()) < LIGHT, loaded
    assert any(url.endswith("/entry/row.js") for url in loaded)
