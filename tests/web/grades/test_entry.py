"""Grade entry in a real browser: by keyboard alone, saved row by row."""

import pytest
from playwright.sync_api import expect

from provning.audit.queries import verify_chain
from tests.builders import PASSWORD
from tests.web.grades.conftest import Desk, Sit, decisions, drafts, fill, placed

pytestmark = pytest.mark.django_db(transaction=True)
SCALE = "ABCDEF"
MANY = 100


def test_a_hundred_grades_take_two_hundred_keys_and_one_submit(desk: Desk, sit: Sit) -> None:
    fill(desk, MANY)
    hands = sit(desk.teacher())
    grades = [SCALE[place % len(SCALE)] for place in range(MANY)]
    hands.field(0).focus()
    hands.type_down(grades)
    hands.tally("100 av 100 sparade")
    assert hands.pressed == 2 * MANY
    assert hands.values() == grades
    hands.page.get_by_role("button", name="Granska och besluta").click()
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Granska och besluta")
    hands.page.get_by_label("Ditt lösenord").fill(PASSWORD)
    hands.page.get_by_role("button", name="Besluta och lås 100 betyg").click()
    expect(hands.page.get_by_text("100 betyg beslutade och låsta.")).to_be_visible()
    stored = decisions()
    assert [stored[each.id][0] for each in desk.placements] == grades
    assert verify_chain().fault == ""


def test_a_row_is_saved_when_it_is_left_and_says_so(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher())
    expect(hands.state(0)).to_have_text("Inget betyg ännu")
    hands.field(0).focus()
    hands.page.keyboard.press("c")
    expect(hands.state(0)).to_have_text("Osparat")
    hands.page.keyboard.press("Enter")
    expect(hands.field(1)).to_be_focused()
    expect(hands.state(0)).to_contain_text("Utkast sparat")
    hands.tally("1 av 3 sparade")
    assert drafts() == placed(desk, "C", "-", "-")
    # The version on the page has followed: the same row is saved again without a conflict.
    hands.page.keyboard.press("Shift+Enter")
    hands.page.keyboard.press("d")
    hands.page.keyboard.press("ArrowDown")
    hands.tally("1 av 3 sparade")
    expect(hands.state(0)).to_contain_text("Utkast sparat")
    assert drafts() == placed(desk, "D", "-", "-")


def test_the_last_row_is_saved_by_enter_and_keeps_focus(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher())
    hands.field(0).focus()
    hands.page.keyboard.press("End")
    hands.type_down("A")
    expect(hands.state(2)).to_contain_text("Utkast sparat")
    expect(hands.field(2)).to_be_focused()
    hands.page.keyboard.press("Home")
    expect(hands.field(0)).to_be_focused()
    assert drafts() == placed(desk, "-", "-", "A")


def test_tab_goes_from_field_to_field_and_the_persons_pages_come_after_the_buttons(
    desk: Desk, sit: Sit
) -> None:
    hands = sit(desk.teacher())
    hands.field(0).focus()
    for place in (1, 2):
        hands.page.keyboard.press("Tab")
        expect(hands.field(place)).to_be_focused()
    for button in ("Spara utkast", "Granska och besluta"):
        hands.page.keyboard.press("Tab")
        expect(hands.page.get_by_role("button", name=button)).to_be_focused()
    hands.page.keyboard.press("Tab")
    hands.page.keyboard.press("Enter")
    for link in ("Ahmadi, Nilofar", "Genomfördes inte för Ahmadi, Nilofar", "Berg, Alva"):
        hands.page.keyboard.press("Tab")
        expect(hands.page.locator(":focus")).to_contain_text(link)


def test_escape_puts_back_what_is_stored(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher())
    hands.field(0).focus()
    hands.type_down("B")
    expect(hands.state(0)).to_contain_text("Utkast sparat")
    said = hands.state(0).inner_text()
    hands.page.keyboard.press("ArrowUp")
    hands.page.keyboard.press("E")
    hands.page.keyboard.press("Escape")
    expect(hands.field(0)).to_have_value("B")
    expect(hands.state(0)).to_have_text(said)
    assert drafts() == placed(desk, "B", "-", "-")


def test_a_wrong_grade_stays_typed_says_why_and_does_not_hold_the_others(
    desk: Desk, sit: Sit
) -> None:
    hands = sit(desk.teacher())
    hands.field(0).focus()
    hands.type_down("GB")
    expect(hands.state(0).get_by_role("alert")).to_contain_text("G finns inte i skalan för kursen")
    expect(hands.field(0)).to_have_attribute("aria-invalid", "true")
    expect(hands.state(1)).to_contain_text("Utkast sparat")
    expect(hands.field(2)).to_be_focused()
    hands.tally("1 av 3 sparade, inte sparade: 1")
    # The review waits for it.
    hands.page.keyboard.press("Control+Enter")
    expect(hands.field(0)).to_be_focused()
    hands.page.keyboard.press("F")
    hands.page.keyboard.press("Control+s")
    expect(hands.state(0)).to_contain_text("Utkast sparat")
    expect(hands.field(0)).not_to_have_attribute("aria-invalid", "true")
    assert drafts() == placed(desk, "F", "B", "-")


def test_who_was_first_is_named_on_the_row_and_one_button_settles_it(desk: Desk, sit: Sit) -> None:
    karin, lena = sit(desk.teacher()), sit(desk.administrator())
    lena.field(0).focus()
    lena.type_down("BA")
    lena.tally("2 av 3 sparade")
    karin.field(0).focus()
    karin.type_down("CD")
    expect(karin.state(0)).to_contain_text("Lena Sandström skrev B")
    expect(karin.state(1)).to_contain_text("Lena Sandström skrev A")
    assert drafts() == placed(desk, "B", "A", "-")
    karin.state(0).get_by_role("button", name="Behåll B").click()
    expect(karin.state(0)).to_have_text("Föreslaget av Lena Sandström")
    expect(karin.field(0)).to_be_focused()
    karin.state(1).get_by_role("button", name="Spara D").click()
    expect(karin.state(1)).to_contain_text("Utkast sparat")
    expect(karin.field(1)).to_be_focused()
    assert karin.values() == ["B", "D", ""]
    assert drafts() == placed(desk, "B", "D", "-")
