"""A security key in Chromium, whose own virtual one answers; and the pages in every look."""

import pytest
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from provning.accounts.models import User
from provning.accounts.queries import factors_of
from tests.builders import PASSWORD, account
from tests.web.browser import faults_in_every_look

pytestmark = pytest.mark.django_db(transaction=True)


def with_key(screen: Page) -> None:
    """Put a virtual security key into the browser's computer."""
    devtools = screen.context.new_cdp_session(screen)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(screen: Page, address: str) -> None:
    screen.goto(f"{address}/logga-in/")
    screen.get_by_label("Användarnamn").fill("lena")
    screen.get_by_label("Lösenord").fill(PASSWORD)
    screen.get_by_role("button", name="Logga in").click()


def test_a_key_is_added_and_is_the_second_step_from_then_on(
    screen: Page, live_server: LiveServer
) -> None:
    user = account("lena")
    User.objects.update(email="lena@sjostad.example")
    address = live_server.url.replace("127.0.0.1", "localhost")
    with_key(screen)
    sign_in(screen, address)
    screen.goto(f"{address}/konto/nyckel/")
    screen.get_by_label("Ditt lösenord").fill(PASSWORD)
    screen.get_by_role("button", name="Bekräfta med lösenordet").click()
    screen.get_by_label("Vad du kallar nyckeln").wait_for()
    assert faults_in_every_look(screen) == []
    screen.get_by_label("Vad du kallar nyckeln").fill("Blå nyckel")
    screen.get_by_role("button", name="Läs av nyckeln").click()
    screen.get_by_role("heading", name="Dina återställningskoder").wait_for()
    assert [(each.kind, each.name) for each in factors_of(user.pk)] == [("webauthn", "Blå nyckel")]
    [job] = DBTaskResult.objects.all()
    assert (job.task_path.rpartition(".")[2], job.args_kwargs["args"][:2]) == (
        "send_sign_in_notice",
        [str(user.pk), "step_added"],
    )
    screen.get_by_role("link", name="Jag har sparat dem").click()
    screen.get_by_role("heading", name="Ditt konto").wait_for()
    assert faults_in_every_look(screen) == []
    screen.context.clear_cookies()
    sign_in(screen, address)
    screen.get_by_role("button", name="Använd säkerhetsnyckel").wait_for()
    assert faults_in_every_look(screen) == []
    screen.get_by_role("button", name="Använd säkerhetsnyckel").click()
    screen.wait_for_url(f"{address}/")
    [factor] = factors_of(user.pk)
    assert factor.used_at is not None
