"""A column from a spreadsheet in a real browser, and undo."""

import pytest
from playwright.sync_api import expect

from provning.audit.models import AuditEvent
from tests.web.grades.conftest import Desk, Sit, drafts, placed, typed

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_pasted_column_is_shown_first_and_saved_when_confirmed(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher())
    hands.field(1).focus()
    hands.type_down("B")
    hands.tally("1 av 3 sparade")
    dialog = hands.paste(0, "A\r\nc\r\nÄ\r\nE\r\n")
    changed, unread = dialog.locator("table").nth(1), dialog.locator("table").nth(0)
    expect(dialog.get_by_role("heading")).to_have_text("2 betyg ändras om du sparar")
    expect(changed.locator("tbody tr")).to_have_count(2)
    expect(changed.locator("tbody tr").nth(1)).to_contain_text("Berg, Alva")
    expect(changed.locator("tbody tr").nth(1).locator("td").first).to_contain_text("B")
    expect(changed.locator("tbody tr").nth(1).locator("td").last).to_contain_text("C")
    expect(unread.locator("tbody tr").nth(0)).to_contain_text("Öst, Per")
    expect(unread.locator("tbody tr").nth(0)).to_contain_text("inget betyg i skalan A–F")
    expect(unread.locator("tbody tr").nth(1)).to_contain_text("ingen rad kvar")
    assert drafts() == placed(desk, "-", "B", "-")
    dialog.get_by_role("button", name="Spara 2 betyg").click()
    hands.tally("2 av 3 sparade")
    expect(hands.field(0)).to_be_focused()
    assert hands.values() == ["A", "C", ""]
    assert drafts() == placed(desk, "A", "C", "-")


def test_a_paste_that_is_not_confirmed_changes_nothing(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher())
    dialog = hands.paste(1, "A\nB")
    dialog.get_by_role("link", name="Avbryt").click()
    expect(hands.field(1)).to_be_focused()
    hands.page.keyboard.press("Enter")
    assert hands.values() == ["", "", ""]
    hands.paste(1, "A\nB")
    hands.page.keyboard.press("Escape")
    expect(hands.field(1)).to_be_focused()
    assert hands.values() == ["", "", ""]
    assert drafts() == {}


def test_two_columns_are_matched_by_number_in_any_order(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher())
    numbers = hands.page.locator(".entry .pnr").all_inner_texts()
    stranger = next(desk.stage.town.numbers)
    text = f"Personnummer\tBetyg\n{numbers[2]}\tA\n{stranger}\tB\n{numbers[0]}\tF"
    dialog = hands.paste(1, text)
    expect(dialog.locator("table").nth(0).locator("tbody tr")).to_have_count(1)
    expect(dialog.locator("table").nth(0)).to_contain_text("Ingen i gruppen har numret")
    dialog.get_by_role("button", name="Spara 2 betyg").click()
    hands.tally("2 av 3 sparade")
    assert drafts() == placed(desk, "F", "-", "A")


def test_a_paste_and_a_saved_row_are_undone_one_act_at_a_time(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher())
    hands.field(0).focus()
    hands.type_down("E")
    hands.tally("1 av 3 sparade")
    hands.paste(0, "A\nB\nC").get_by_role("button", name="Spara 3 betyg").click()
    hands.tally("3 av 3 sparade")
    before = AuditEvent.objects.count()
    hands.page.get_by_role("button", name="Ångra").click()
    hands.tally("1 av 3 sparade")
    assert hands.values() == ["E", "", ""]
    assert drafts() == placed(desk, "E", "", "")
    assert AuditEvent.objects.count() == before + 1
    expect(hands.field(0)).to_be_focused()
    # The page is left and comes back: what was saved can still be taken back.
    hands.open(desk.review).open(desk.sheet)
    expect(hands.page.get_by_role("button", name="Ångra Betyg för Ahmadi, Nilofar")).to_be_visible()
    hands.field(0).focus()
    hands.page.keyboard.press("Control+z")
    hands.tally("0 av 3 sparade")
    assert drafts() == placed(desk, "", "", "")
    expect(hands.page.get_by_role("button", name="Ångra")).to_be_hidden()
    assert hands.focus_is_lost is False
    assert hands.page.evaluate("sessionStorage.length") == 0


def test_after_a_reload_what_somebody_else_has_typed_is_not_offered_to_be_undone(
    desk: Desk, sit: Sit
) -> None:
    hands = sit(desk.teacher())
    hands.field(0).focus()
    hands.type_down("AB")
    hands.tally("2 av 3 sparade")
    lena = desk.administrator()
    lena.post(desk.sheet, typed(lena.get(desk.sheet).content.decode(), _1="D"))
    hands.open(desk.sheet)
    expect(hands.page.get_by_role("button", name="Ångra Betyg för Ahmadi, Nilofar")).to_be_visible()
    hands.page.get_by_role("button", name="Ångra").click()
    hands.tally("1 av 3 sparade")
    expect(hands.page.get_by_role("button", name="Ångra")).to_be_hidden()
    assert drafts() == placed(desk, "", "D", "-")


def test_undo_never_goes_over_what_somebody_else_has_typed(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher())
    hands.paste(0, "A\nB").get_by_role("button", name="Spara 2 betyg").click()
    hands.tally("2 av 3 sparade")
    lena = desk.administrator()
    lena.post(desk.sheet, typed(lena.get(desk.sheet).content.decode(), _1="D"))
    hands.page.get_by_role("button", name="Ångra").click()
    expect(hands.state(1)).to_contain_text("Lena Sandström skrev D")
    expect(hands.state(0)).to_have_text("Osparat")
    assert drafts() == placed(desk, "A", "D", "-")
