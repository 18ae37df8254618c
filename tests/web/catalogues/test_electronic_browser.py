"""Electronic underskrift in a real browser: by keyboard alone, and without faults."""

from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from provning.catalogues.models import GradeCatalogue
from provning.kernel.actors import Scope, ScopeKind
from provning.people.actions import link_account
from tests import builders
from tests.builders import PASSWORD, PROGRAM
from tests.web.browser import faults_in_every_look, give_session
from tests.web.catalogues.signing import address, run_jobs, to_sign
from tests.web.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(stage: Stage) -> GradeCatalogue:
    """Return the autumn's catalogue, which the teacher is to sign electronically."""
    return to_sign(stage)


def work(made: GradeCatalogue) -> None:
    """Let a worker of its own do the jobs, as the program's worker does."""
    worker = Thread(target=run_jobs, args=[made])
    worker.start()
    worker.join()


def check(page: Page) -> None:
    """Find no fault in either theme, narrow or wide."""
    assert faults_in_every_look(page) == []


def test_a_teacher_signs_by_keyboard_alone(
    stage: Stage, made: GradeCatalogue, screen: Page, live_server: LiveServer
) -> None:
    scope = Scope(ScopeKind.OWN_GROUPS, stage.town.centrum)
    user = builders.account("karin", "grading_teacher", scope)
    link_account(actor=PROGRAM, person_id=stage.teacher.id, user_id=user.id)
    give_session(screen, live_server.url, "karin")
    screen.goto(live_server.url)

    screen.get_by_role("link", name="Underteckna", exact=True).focus()
    screen.keyboard.press("Enter")
    screen.wait_for_url(f"{live_server.url}{address(made)}")
    check(screen)
    screen.get_by_label("Ditt lösenord").focus()
    screen.keyboard.type(PASSWORD)
    screen.keyboard.press("Enter")
    expect(screen.get_by_text("Din underskrift: väntar")).to_be_visible()
    work(made)

    # The page looks by itself whether the job has ended.
    expect(screen.get_by_text("Underskrifterna är giltiga")).to_be_visible()
    check(screen)
