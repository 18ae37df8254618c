"""A sign-in that runs out loses nothing that was typed, and gives nothing away."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from provning.accounts.models import User
from provning.organisation.models import SchoolUnit
from provning.web.identity.kept import Kept, read_kept
from tests.web.conftest import PASSWORD

TYPED = {"unit": "enhet", "term": "HT26", "new_password": "hemligt", "note": "Å <b>ä</b> ö"}
OURS = {"Sec-Fetch-Site": "same-origin"}

pytestmark = pytest.mark.django_db


def kept_in(page: str) -> str:
    """Return the signed text in a page."""
    found = re.search(r'name="kept" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def lena(account: Callable[..., User], unit: SchoolUnit) -> User:
    """Return the account konto1."""
    return account("internal_provider", unit.id)


@pytest.mark.usefixtures("lena")
def test_a_form_sent_after_the_sign_in_ran_out_is_kept_until_the_person_is_back() -> None:
    client = Client()
    away = client.post("/enhet-och-period/", TYPED)
    assert away.status_code == 401
    assert "Du har loggats ut" in away.content.decode()
    token = kept_in(away.content.decode())
    typed = {"username": "konto1", "password": PASSWORD, "kept": token}
    back = client.post("/logga-in/", typed).content.decode()
    assert 'action="/enhet-och-period/"' in back
    assert 'name="term" value="HT26"' in back
    assert 'value="Å &lt;b&gt;ä&lt;/b&gt; ö"' in back
    assert "Skicka igen" in back


def test_passwords_and_tokens_are_never_kept() -> None:
    away = Client().post("/enhet-och-period/", {**TYPED, "csrfmiddlewaretoken": "x"})
    kept = read_kept(kept_in(away.content.decode()))
    assert kept is not None
    assert [name for name, _value in kept.fields] == ["unit", "term", "note"]
    assert "hemligt" not in away.content.decode()


@pytest.mark.usefixtures("lena")
def test_a_wrong_password_keeps_what_was_typed_too() -> None:
    token = Kept("/enhet-och-period/", (("term", "HT26"),)).token
    answer = Client().post("/logga-in/", {"username": "konto1", "password": "x", "kept": token})
    assert kept_in(answer.content.decode()) == token


@pytest.mark.parametrize("token", ["", "x", "ej:äkta:alls"])
def test_words_that_are_not_ours_are_not_kept(token: str) -> None:
    assert read_kept(token) is None


def test_a_fragment_asked_for_after_the_sign_in_ran_out_says_so_and_no_more() -> None:
    answer = Client().get("/", headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 401
    assert answer.content.decode() == "Du har loggats ut. Logga in igen."


def test_an_old_form_of_ours_can_be_sent_again(lena: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lena)
    answer = client.post("/enhet-och-period/", {"term": "HT26"}, headers=OURS)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'name="term" value="HT26"' in page
    assert "Skicka igen" in page


@pytest.mark.parametrize("site", ["cross-site", "same-site", ""])
def test_a_form_from_elsewhere_is_never_offered_again(lena: User, site: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lena)
    headers = {"Sec-Fetch-Site": site} if site else {}
    answer = client.post("/enhet-och-period/", {"note": "ur-en-falla"}, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "ur-en-falla" not in page
    assert "Formuläret kunde inte tas emot" in page
