"""Grade entry when something fails: the network, the sign-in, or no script at all."""

import json

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Route, expect

from tests.builders import PASSWORD
from tests.web.grades.conftest import Desk, Sit, drafts, placed, typed

pytestmark = pytest.mark.django_db(transaction=True)
PARKED = "sessionStorage.getItem(document.querySelector('[data-parked]').dataset.parked)"


def test_without_a_network_the_row_says_so_and_is_saved_when_it_is_back(
    desk: Desk, sit: Sit
) -> None:
    hands = sit(desk.teacher())
    hands.network(there=False)
    hands.field(0).focus()
    hands.type_down("AB")
    expect(hands.state(0)).to_have_text("Inte sparat, försöker igen")
    expect(hands.state(1)).to_have_text("Inte sparat, försöker igen")
    assert hands.values() == ["A", "B", ""]
    assert drafts() == {}
    hands.network(there=True)
    hands.tally("2 av 3 sparade")
    assert drafts() == placed(desk, "A", "B", "-")


def test_a_server_that_fails_is_asked_again(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher())
    tries: list[str] = []

    def fail_once(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) == 1:
            route.fulfill(status=500, body="fel")
        else:
            route.continue_()

    hands.page.route("**/rader/", fail_once)
    hands.field(0).focus()
    hands.type_down("A")
    expect(hands.state(0)).to_have_text("Inte sparat, försöker igen")
    hands.tally("1 av 3 sparade")
    assert len(tries) == 2
    assert drafts() == placed(desk, "A", "-", "-")


def test_a_session_that_has_run_out_keeps_what_was_typed_until_one_is_back(
    desk: Desk, sit: Sit
) -> None:
    teacher = desk.teacher()
    hands = sit(teacher)
    hands.field(0).focus()
    hands.type_down("A")
    hands.tally("1 av 3 sparade")
    Session.objects.all().delete()
    hands.type_down("BC")
    expect(hands.state(1)).to_contain_text("Inte sparat: du har loggats ut")
    expect(hands.state(2)).to_contain_text("Inte sparat: du har loggats ut")
    kept = json.loads(hands.page.evaluate(PARKED))
    ids = [str(each.id) for each in desk.placements]
    assert kept == {ids[1]: ["B", ""], ids[2]: ["C", ""]}
    # Somebody else types meanwhile.
    lena = desk.administrator()
    lena.post(desk.sheet, typed(lena.get(desk.sheet).content.decode(), _2="F"))
    hands.state(1).get_by_role("link", name="Logga in igen").click()
    hands.page.get_by_label("Användarnamn").fill(desk.username("Karin Wallgren"))
    hands.page.get_by_label("Lösenord").fill(PASSWORD)
    hands.page.get_by_role("button", name="Logga in").click()
    expect(hands.page.get_by_text("2 betyg som inte hann sparas är ifyllda igen.")).to_be_visible()
    assert hands.page.url.endswith(desk.sheet)
    assert hands.values() == ["A", "B", "C"]
    assert drafts() == placed(desk, "A", "-", "F")
    hands.page.get_by_role("button", name="Spara utkast").click()
    expect(hands.state(1)).to_contain_text("Utkast sparat")
    expect(hands.state(2)).to_contain_text("Lena Sandström skrev F")
    hands.state(2).get_by_role("button", name="Behåll F").click()
    hands.tally("3 av 3 sparade")
    assert drafts() == placed(desk, "A", "B", "F")
    assert hands.page.evaluate(PARKED) is None


def test_enter_before_the_script_has_come_sends_nothing_while_the_next_is_typed(
    desk: Desk, sit: Sit
) -> None:
    hands = sit(desk.teacher())
    held: list[Route] = []
    hands.page.route("**/js/main.js", lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks it)
    hands.page.reload(wait_until="commit")
    hands.field(0).focus()
    hands.page.keyboard.type("A")
    hands.page.keyboard.press("Enter")
    for route in held:
        route.continue_()
    hands.page.wait_for_selector("html[data-started]", state="attached")
    hands.page.keyboard.press("Enter")
    hands.tally("1 av 3 sparade")
    assert drafts() == placed(desk, "A", "-", "-")


def test_the_sheet_works_without_script(desk: Desk, sit: Sit) -> None:
    hands = sit(desk.teacher(), scripts=False)
    expect(hands.page.get_by_text("Enter nästa elev")).to_be_hidden()
    hands.field(0).fill("a")
    hands.field(2).fill("F")
    hands.page.keyboard.press("Enter")
    expect(hands.page.get_by_text("2 betyg sparade som utkast.")).to_be_visible()
    assert drafts() == placed(desk, "A", "-", "F")
    hands.page.get_by_role("button", name="Ångra").click()
    expect(hands.page.get_by_text("Ångrat: 2 betyg som förut.")).to_be_visible()
    assert drafts() == placed(desk, "", "-", "")
    hands.page.get_by_role("link", name="Klistra in en kolumn").click()
    hands.page.get_by_label("Kopierad kolumn").fill("B\nC\nD")
    hands.page.get_by_role("button", name="Visa vad som ändras").click()
    assert drafts() == placed(desk, "", "-", "")
    hands.page.get_by_role("button", name="Spara 3 betyg").click()
    expect(hands.page.get_by_text("3 betyg sparade som utkast.")).to_be_visible()
    assert drafts() == placed(desk, "B", "C", "D")


def test_without_script_too_what_was_typed_survives_a_session_that_ran_out(
    desk: Desk, sit: Sit
) -> None:
    hands = sit(desk.teacher(), scripts=False)
    hands.field(0).fill("A")
    hands.field(1).fill("B")
    Session.objects.all().delete()
    hands.page.get_by_role("button", name="Spara utkast").click()
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Du har loggats ut")
    hands.page.get_by_label("Användarnamn").fill(desk.username("Karin Wallgren"))
    hands.page.get_by_label("Lösenord").fill(PASSWORD)
    hands.page.get_by_role("button", name="Logga in").click()
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Skicka det du skrev")
    assert drafts() == {}
    hands.page.get_by_role("button", name="Skicka igen").click()
    expect(hands.page.get_by_text("2 betyg sparade som utkast.")).to_be_visible()
    assert drafts() == placed(desk, "A", "B", "-")
