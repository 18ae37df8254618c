"""The manual's eight steps, from an empty term to the catalogue, by keyboard alone."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from pytest_django import Settings

from tests.builders import PASSWORD
from tests.web.catalogues.conftest import run_jobs
from tests.web.routine.conftest import Enter, Place
from tests.web.routine.keyboard import Keyboard

pytestmark = pytest.mark.django_db(transaction=True)
EXAM = date(2026, 12, 9)
DAY_AFTER, AFTER_TERM = "2026-12-10", "2027-01-04"
FIRST, SECOND = "PRÖ:KC26HTMAT03B", "PRÖ:KC26HTMAT03B2"


def test_the_routine_is_carried_out_by_keyboard_alone(
    place: Place, enter: Enter, settings: Settings, tmp_path: Path
) -> None:
    """Each step of the manual, by the one who does it, from sign-in to sign-out."""
    lena = enter("lena")
    create_two_groups(lena)
    connect_second_teacher(lena)
    find_and_place(lena, place.known_number, "Bergqvist, Alva", FIRST)
    find_and_place(lena, "öst", "Öst, Per", SECOND)
    request_unknown(lena, place.unknown_number)
    register_requested(enter("birgitta"))
    read_the_answer(lena)
    nothing_to_type_before_the_exam(enter("karin"))
    settings.TODAY = DAY_AFTER
    grade_the_sheet(enter("karin"))
    grade_one_student(enter("tomas"))
    read_the_study_plan(lena, place.known_number)
    settings.TODAY = AFTER_TERM
    text = write_and_fetch_the_catalogue(lena, tmp_path)
    assert all(name in text for name in ("Bergqvist", "Öst", "Nyberg", "PRÖVNING"))


def expect_said(hands: Keyboard, said: str) -> None:
    """Expect the message of what was done, which a screen reader reads out."""
    expect(hands.page.get_by_role("status").filter(has_text=said)).to_be_visible()


def create_two_groups(hands: Keyboard) -> None:
    """Create both teachers' groups in one go (Manual s. 1-2): Spara och lägg till ny."""
    hands.follow("Prövningsgrupper")
    hands.follow("Lägg till")
    hands.search_option("Kurs", "matmat03b")
    expect(hands.page.locator("#name-build")).to_contain_text("Namnet är ledigt")
    hands.pick("Betygssättande lärare (valfritt)", "Karin")
    hands.press("Spara och lägg till ny")
    expect_said(hands, f"{FIRST} är skapad")
    hands.search_option("Kurs", "Matematik 3b")
    expect(hands.page.locator("#name-build")).to_contain_text("Namnet är ledigt")
    hands.press("Spara")
    expect_said(hands, f"{SECOND} är skapad")
    expect(hands.page.locator("main")).to_contain_text("Gruppen är inte klar")


def connect_second_teacher(hands: Keyboard) -> None:
    """Connect the teacher of the group that has none (Manual s. 3)."""
    hands.follow("Koppla betygssättande lärare")
    hands.mark(re.compile("Tomas"))
    hands.press("Spara")
    expect(hands.page.locator("main")).not_to_contain_text("Gruppen är inte klar")


def find_and_place(hands: Keyboard, search: str, name: str, group: str) -> None:
    """Find a student by number or name, and place them from the study plan (Manual s. 2-3)."""
    hands.search(search)
    if not search[:1].isdecimal():  # a number leads straight to the study plan
        hands.follow(f"Studieplan {name}")
    hands.follow("Lägg till")
    hands.pick("Prövningsgrupp", f"{group} ·")
    hands.type_day("Prövningsdatum", EXAM)
    hands.press("Spara")
    row = hands.page.get_by_role("row", name=group)
    expect(row).to_contain_text("2026-12-09")


def request_unknown(hands: Keyboard, number: str) -> None:
    """Ask Vuxenutbildningscentrum for somebody who has never been enrolled (Manual s. 2)."""
    hands.search(number)
    hands.follow("Skicka begäran till Vuxenutbildningscentrum")
    hands.type("Förnamn", "Signe")
    hands.type(re.compile("Efternamn"), "Nyberg")
    hands.pick("Prövningsgrupp", f"{FIRST} ·")
    hands.type_day("Prövningsdatum", EXAM)
    hands.press("Skicka begäran")
    expect(hands.page.locator("main")).to_contain_text("Skickad")


def register_requested(hands: Keyboard) -> None:
    """Register and place the requested person as the adminkontakt."""
    hands.follow("Begäran")
    hands.follow(re.compile("Nyberg"))
    hands.press("Registrera och placera")
    expect_said(hands, "placera")
    hands.sign_out()


def read_the_answer(hands: Keyboard) -> None:
    """See, where the request was made, that it is done and where the person now stands."""
    hands.follow("Begäran")
    hands.follow(re.compile("Nyberg"))
    expect(hands.page.locator("main")).to_contain_text("Registrerad och placerad")


def nothing_to_type_before_the_exam(hands: Keyboard) -> None:
    """Open the grade sheet before the exam date: there is nothing to type."""
    hands.follow("Betyg")
    hands.follow(FIRST)
    expect(hands.page.locator("main")).to_contain_text("Kan sättas från 2026-12-09")
    assert hands.page.get_by_role("textbox", name=re.compile("^Betyg för")).count() == 0
    hands.sign_out()


def grade_the_sheet(hands: Keyboard) -> None:
    """Type the grades with Enter between them, review with Ctrl+Enter and decide (Manual s. 3)."""
    hands.follow("Betyg")
    hands.follow(FIRST)
    hands.type("Betyg för Bergqvist, Alva", "b")
    hands.page.keyboard.press("Enter")
    hands.page.keyboard.type("E")
    with hands.page.expect_navigation():
        hands.page.keyboard.press("Control+Enter")
    hands.type_password("Ditt lösenord", PASSWORD)
    hands.press("Besluta och lås 2 betyg")
    expect_said(hands, "2 betyg beslutade och låsta.")
    hands.sign_out()


def grade_one_student(hands: Keyboard) -> None:
    """Register one grade på elevnivå (Manual s. 3) and decide it."""
    hands.follow("Betyg")
    hands.follow(SECOND)
    hands.unfold("Gå till en elev")
    hands.follow(re.compile("^Öst, Per"))
    hands.mark("C")
    hands.press("Granska och besluta")
    hands.type_password("Ditt lösenord", PASSWORD)
    hands.press("Besluta och lås 1 betyg")
    expect_said(hands, "1 betyg beslutat och låst.")
    hands.sign_out()


def read_the_study_plan(hands: Keyboard, number: str) -> None:
    """Read the row of the manual's last screen (Manual s. 4)."""
    hands.search(number)
    row = hands.page.get_by_role("row", name=FIRST)
    for text in ("Matematik 3b", "100", "2026-12-09", "Prövning", "B", "Karin Wallgren"):
        expect(row).to_contain_text(text)


def write_and_fetch_the_catalogue(hands: Keyboard, folder: Path) -> str:
    """Write the autumn's catalogue in January, wait for the job, and fetch it (Manual s. 4)."""
    hands.follow("Betygskataloger")
    hands.press("Skriv betygskatalog")
    expect(hands.page.locator("[data-progress]")).to_contain_text("väntar")
    run_jobs(date.fromisoformat(AFTER_TERM))
    # The page shows itself anew when the job has ended.
    expect(hands.page.locator("[data-progress]")).to_have_count(0)
    hands.follow(re.compile("^BK-"))
    link = hands.tab_to("link", "Hämta katalogen (PDF)")
    with hands.page.expect_download() as fetched:
        link.press("Enter")
    hands.sign_out()
    path = folder / "catalogue.pdf"
    fetched.value.save_as(path)
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)
