"""The administrator's screens of API clients: made, shown once, re-keyed, stopped."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from provning.audit.models import AuditEvent
from provning.clients.actions import begin_call
from provning.clients.models import ApiClient, ClientSecret
from provning.clients.queries import client_by_secret
from provning.kernel.actors import Scope, ScopeKind
from provning.organisation.models import SchoolUnit
from tests.builders import PASSWORD, account, recorded
from tests.clients.making import NOW, make_client, row_of
from tests.support.second_step import add_app, code_of

pytestmark = pytest.mark.django_db
LIST, NEW = "/klienter/", "/klienter/ny/"
LIST_QUERIES = 8


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(account("ada", "system_administrator", Scope(ScopeKind.EVERYTHING)))
    return client


def form(unit: SchoolUnit, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Skolplattformen",
        "reach": [f"unit:{unit.pk}"],
        "data_classes": ["groups", "grades"],
        "protected_persons": "marked",
        "calls_per_minute": "60",
        "expires_on": "2027-06-30",
        "submission": str(uuid4()),
        **changes,
    }


def shown_anew(admin: Client, url: str, sent: dict[str, Any]) -> dict[str, Any]:
    """Send a form, show anew who one is, and return what waited for the button that sends it."""
    assert admin.post(url, sent).headers["Location"] == "/bekrafta/"
    page = admin.post("/bekrafta/har/", {"password": PASSWORD}).content.decode()
    return waiting_at(url, page)


def waiting_at(url: str, page: str) -> dict[str, Any]:
    """Return the hidden fields that a page would send to the address, with all their values."""
    _before, _action, after = page.partition(f'action="{url}"')
    found: dict[str, Any] = {}
    hidden = r'<input type="hidden" name="(\w+)" value="([^"]*)"'
    for name, value in re.findall(hidden, after.partition("</form>")[0]):
        found.setdefault(name, []).append(value)
    return found


def secret_on(page: str) -> str:
    found = re.search(r"client_secret</dt><dd>([\w-]+)", page)
    return found[1] if found else ""


def test_a_client_is_made_and_its_secret_is_shown_once(admin: Client, unit: SchoolUnit) -> None:
    sent = shown_anew(admin, NEW, form(unit))
    page = admin.post(NEW, sent).content.decode()
    made = ApiClient.objects.get()
    assert client_by_secret(str(made.pk), secret_on(page), NOW) is not None
    again = admin.post(NEW, sent).content.decode()
    detail = admin.get(f"{LIST}{made.pk}/").content.decode()
    assert [secret_on(again), secret_on(detail), secret_on(page) in again + detail] == [
        "",
        "",
        False,
    ]
    assert (ApiClient.objects.count(), ClientSecret.objects.count()) == (1, 1)


def test_what_is_wrong_is_told_and_what_was_typed_stays(admin: Client, unit: SchoolUnit) -> None:
    sent = form(unit, expires_on="2020-01-01", data_classes=[])
    answer = admin.post(NEW, sent)
    page = answer.content.decode()
    assert (answer.status_code, ApiClient.objects.count()) == (422, 0)
    assert 'value="Skolplattformen"' in page
    assert "Vilka uppgifter" in page


def test_a_day_that_has_been_is_refused_at_its_field(admin: Client, unit: SchoolUnit) -> None:
    answer = admin.post(NEW, shown_anew(admin, NEW, form(unit, expires_on="2020-01-01")))
    assert answer.status_code == 422
    assert "Sista dagen 2020-01-01 har redan varit." in answer.content.decode()


def test_a_new_key_is_shown_once_and_the_old_one_holds_as_long_as_was_said(
    admin: Client,
) -> None:
    made = make_client()
    url = f"{LIST}{made.client_id}/ny-nyckel/"
    sent = shown_anew(admin, url, {"overlap_hours": "0", "submission": str(uuid4())})
    page = admin.post(url, sent).content.decode()
    assert client_by_secret(str(made.client_id), secret_on(page), NOW) is not None
    assert secret_on(admin.post(url, sent).content.decode()) == ""
    assert ClientSecret.objects.filter(valid_until=None).count() == 1


def test_a_password_alone_makes_no_client_and_no_key(
    admin: Client, unit: SchoolUnit, settings: Settings
) -> None:
    settings.ASSURANCE = "strong"
    made = make_client()
    url = f"{LIST}{made.client_id}/"
    sent = {"overlap_hours": "0", "submission": str(uuid4())}
    with recorded() as events:
        answers = [admin.post(NEW, form(unit)), admin.post(f"{url}ny-nyckel/", sent)]
        confirm = admin.get("/bekrafta/").content.decode()
    assert ([each.headers["Location"] for each in answers], events) == (["/bekrafta/"] * 2, [])
    assert (ApiClient.objects.count(), ClientSecret.objects.count()) == (1, 1)
    assert "Du saknar ett andra steg" in confirm
    told = ["Din inloggning är för svag" in admin.get(each).content.decode() for each in (NEW, url)]
    assert told == [True, True]
    # What takes a way in away protects, and waits for nothing.
    assert admin.post(f"{url}sparra/").headers["Location"] == url
    assert row_of(made).revoked_at is not None


def test_what_was_typed_waits_for_the_second_step_and_the_secret_is_shown_once(
    admin: Client, unit: SchoolUnit, settings: Settings
) -> None:
    settings.ASSURANCE = "strong"
    typed = form(unit)
    admin.post(NEW, typed)
    secret = add_app(admin)
    answer = admin.post("/bekrafta/har/", {"one_time_code": code_of(secret)})
    kept = waiting_at(NEW, answer.content.decode())
    listed = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    assert {name: kept[name] for name in typed} == listed
    pages = [admin.post(NEW, kept).content.decode() for _twice in range(2)]
    [made] = ApiClient.objects.all()
    assert client_by_secret(str(made.pk), secret_on(pages[0]), NOW) is not None
    assert [secret_on(pages[1]), secret_on(pages[0]) in pages[1]] == ["", False]
    url = f"{LIST}{made.pk}/ny-nyckel/"
    # Strong by now, and yet each key asks anew.
    again = admin.post(url, {"overlap_hours": "0", "submission": str(uuid4())})
    assert again.headers["Location"] == "/bekrafta/"
    assert ClientSecret.objects.count() == 1


def test_an_overlap_that_is_too_long_is_refused_on_the_clients_page(admin: Client) -> None:
    made = make_client()
    sent = {"overlap_hours": "1000", "submission": str(uuid4())}
    answer = admin.post(f"{LIST}{made.client_id}/ny-nyckel/", sent)
    assert (answer.status_code, ClientSecret.objects.count()) == (422, 1)


def test_a_client_is_stopped_and_its_page_says_so(admin: Client) -> None:
    made = make_client("Gamla systemet")
    page = admin.post(f"{LIST}{made.client_id}/sparra/", follow=True).content.decode()
    assert row_of(made).revoked_at is not None
    assert "Gamla systemet är spärrad." in page
    assert "Skapa ny nyckel" not in page
    assert AuditEvent.objects.filter(name="api_client_revoked").count() == 1


def test_the_page_shows_the_latest_calls(admin: Client) -> None:
    made = make_client()
    begin_call(
        client=row_of(made),
        address="192.0.2.1",
        method="GET",
        path="/api/ss12000/v2.0/grades",
        filters="student",
        now=NOW,
    )
    page = admin.get(f"{LIST}{made.client_id}/").content.decode()
    assert "GET /api/ss12000/v2.0/grades" in page
    assert "192.0.2.1" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_much_however_long_it_is(
    admin: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_client(f"Klient {number}")
    admin.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        page = admin.get(LIST).content.decode()
    assert page.count('<a href="/klienter/') >= min(count, 25)


def test_the_way_in_is_in_the_administrators_menu_alone(
    admin: Client, signed_in: Callable[..., Client], unit: SchoolUnit
) -> None:
    principal = signed_in("principal", unit.pk)
    menus = [each.get("/").content.decode() for each in (admin, principal)]
    assert ["API-klienter" in menu for menu in menus] == [True, False]
