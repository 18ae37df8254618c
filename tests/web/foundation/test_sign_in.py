"""Signing in and out: neutral about accounts, safe about where to go next, new key each time."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from provning.accounts.models import User
from provning.audit.models import AuditEvent
from provning.organisation.models import SchoolUnit
from tests.builders import recorded
from tests.web.conftest import PASSWORD

NEUTRAL = "Användarnamnet eller lösenordet stämmer inte."

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena(account: Callable[..., User], unit: SchoolUnit) -> User:
    """Return the account konto1."""
    return account("internal_provider", unit.id)


def test_whoever_is_not_signed_in_is_asked_to_and_told_where_they_were_going() -> None:
    answer = Client().get("/?vecka=48")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/logga-in/?next=%2F%3Fvecka%3D48"


def test_signing_in_leads_to_the_overview_with_the_name_in_the_header(lena: User) -> None:
    client = Client()
    answer = client.post("/logga-in/", {"username": "Konto1 ", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert lena.name in answer.content.decode()


@pytest.mark.usefixtures("lena")
@pytest.mark.parametrize(
    ("username", "password"),
    [("konto1", "fel"), ("finns-inte", PASSWORD), ("konto1", PASSWORD.upper())],
)
def test_a_failed_sign_in_never_says_whether_the_account_exists(
    username: str, password: str
) -> None:
    answer = Client().post("/logga-in/", {"username": username, "password": password})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(NEUTRAL) == 2
    assert f'value="{username}"' in page
    assert password not in page


@pytest.mark.usefixtures("lena")
def test_a_closed_account_meets_the_same_words() -> None:
    User.objects.update(is_active=False)
    answer = Client().post("/logga-in/", {"username": "konto1", "password": PASSWORD})
    assert NEUTRAL in answer.content.decode()


def test_sign_ins_stand_in_the_trail_without_what_was_typed(lena: User) -> None:
    client = Client()
    with recorded() as events:
        client.post("/logga-in/", {"username": "19121212-1212", "password": "fel"})
        client.post("/logga-in/", {"username": "Konto1", "password": "19121212-1212"})
        client.post("/logga-in/", {"username": "konto1", "password": PASSWORD})
    assert events == ["sign_in_failed", "sign_in_failed", "signed_in"]
    told = [(each.actor_name, each.after) for each in AuditEvent.objects.order_by("number")][-3:]
    assert told == [
        ("Inloggningen", '{"username":"ett okänt användarnamn"}'),
        ("Inloggningen", '{"username":"konto1"}'),
        (lena.name, '{"username":"konto1"}'),
    ]


@pytest.mark.usefixtures("lena")
def test_a_try_that_was_not_looked_at_is_not_in_the_trail() -> None:
    client = Client()
    with recorded() as events:
        client.post("/logga-in/", {"username": "konto1", "password": ""})
        for _try in range(11):
            client.post("/logga-in/", {"username": "konto1", "password": "fel"})
    assert events == ["sign_in_failed"] * 10


@pytest.mark.usefixtures("lena")
@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/enhet-och-period/", "/enhet-och-period/"),
        ("//ond.example/", "/"),
        ("https://ond.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\ond.example", "/"),
        ("overview", "/"),
        ("a b", "/"),
        ("", "/"),
    ],
)
def test_next_leads_only_to_addresses_of_ours(wanted: str, reached: str) -> None:
    typed = {"username": "konto1", "password": PASSWORD, "next": wanted}
    assert Client().post("/logga-in/", typed).headers["Location"] == reached


@pytest.mark.usefixtures("lena")
def test_the_session_has_a_new_key_after_sign_in() -> None:
    client = Client()
    session = client.session
    session["seen"] = True
    session.save()
    client.cookies["provning_session"] = before = str(session.session_key)
    client.post("/logga-in/", {"username": "konto1", "password": PASSWORD})
    assert client.cookies["provning_session"].value not in {"", before}


def test_whoever_is_signed_in_is_sent_on_from_the_sign_in_page(lena: User) -> None:
    client = Client()
    client.force_login(lena)
    assert client.get("/logga-in/?next=/x/").headers["Location"] == "/x/"


def test_signing_out_is_a_post_and_ends_the_session(lena: User) -> None:
    client = Client()
    client.force_login(lena)
    assert client.get("/logga-ut/").status_code == 405
    assert client.post("/logga-ut/").headers["Location"] == "/logga-in/?utloggad=1"
    assert client.get("/").status_code == 302


@pytest.mark.usefixtures("lena")
def test_a_real_installation_shows_no_accounts() -> None:
    assert "konto1" not in Client().get("/logga-in/").content.decode()


@pytest.mark.usefixtures("lena")
def test_the_demo_shows_its_accounts(settings: Settings) -> None:
    settings.DEMO = True
    page = Client().get("/logga-in/").content.decode()
    assert "<code>konto1</code> Lena Sandström" in page
    assert "prova-provning-2026" in page
