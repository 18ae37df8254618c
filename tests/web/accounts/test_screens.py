"""The screens of accounts: searched, opened, closed; what is sent twice happens once."""

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from provning.accounts.actions import begin_session, bind_identity
from provning.accounts.models import IdentityBinding, SignIn, User
from provning.kernel.actors import Scope, ScopeKind
from tests.builders import PASSWORD, PROGRAM, TODAY, Town, account, build_town, recorded
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
LIST = "/konton/"
LIST_QUERIES = 7
town = kept(build_town)


def client_of(username: str, role: str, scope: Scope) -> Client:
    client = Client()
    client.force_login(account(username, role, scope))
    return client


def shown_anew(client: Client, url: str, sent: dict[str, str] | None = None) -> None:
    """Send a form, show anew who one is, and send it again."""
    client.post(url, sent)
    client.post("/bekrafta/har/", {"password": PASSWORD})
    client.post(url, sent)


@pytest.fixture
def admin() -> Client:
    return client_of("ada", "system_administrator", Scope(ScopeKind.EVERYTHING))


def test_the_list_is_searched_and_tells_roles_in_words(admin: Client, town: Town) -> None:
    account("åsa", "principal", Scope(ScopeKind.UNIT, town.centrum))
    account("bosse")
    page = admin.get(LIST, {"q": "ÅS"}).content.decode()
    assert [each in page for each in ("Rektor", "Åsa", "Bosse", "1 konto")] == [
        True,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_much_however_long_it_is(
    admin: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    users = [User(username=f"konto{each}", name=f"Konto {each}") for each in range(count)]
    User.objects.bulk_create(users)
    admin.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        page = admin.get(LIST).content.decode()
    assert page.count('<a href="/konton/') >= min(count, 25)


def test_an_account_is_made_once_however_often_it_is_sent(admin: Client) -> None:
    sent = {
        "name": "Lena Ek",
        "username": "lena.ek",
        "email": "lena@sjostad.example",
        "way": "inbjudan",
        "submission": str(uuid4()),
    }
    with recorded() as events:
        first = admin.post(f"{LIST}nytt/", sent)
    assert (first.headers["Location"], events) == ("/bekrafta/", [])
    again = admin.post("/bekrafta/har/", {"password": PASSWORD}).content.decode()
    assert 'name="username" value="lena.ek"' in again
    with recorded() as events:
        answers = [admin.post(f"{LIST}nytt/", sent).headers["Location"] for _twice in range(2)]
    assert (answers, events) == (["/roller/"] * 2, ["user_created", "account_invited"])
    other = admin.post(f"{LIST}nytt/", sent | {"submission": str(uuid4())})
    assert (other.status_code, "lena@sjostad.example" in other.content.decode()) == (422, True)


def test_an_account_is_unbound_signed_out_and_closed(admin: Client) -> None:
    lena = account("lena")
    bound = bind_identity(
        actor=PROGRAM,
        user_id=lena.pk,
        provider="skolan",
        kind="eppn",
        value="lena@sjostad.example",
        scopes=frozenset({"sjostad.example"}),
        today=TODAY,
    )
    begin_session(user=lena, session_key="k", method="password", user_agent="Firefox")
    url = f"{LIST}{lena.pk}/"
    page = admin.get(url).content.decode()
    assert ["lena@sjostad.example" in page, "Firefox" in page] == [True, True]
    with recorded() as events:
        for _twice in range(2):
            shown_anew(admin, f"{url}avsluta/")
            shown_anew(admin, f"{url}losgor/", {"binding": str(bound.pk)})
            shown_anew(admin, f"{url}lage/", {"wanted": "stangt", "seen": "oppet"})
    done = [each for each in events if each != "stepped_up"]
    assert done == ["sessions_ended", "identity_unbound", "account_closed"]
    assert (SignIn.objects.filter(user=lena).count(), IdentityBinding.objects.count()) == (0, 0)
    late = admin.post(f"{url}lage/", {"wanted": "oppet", "seen": "oppet"})
    assert (late.status_code, "ändrade uppgifterna" in late.content.decode()) == (422, True)


def test_how_somebody_signs_in_is_changed_only_by_who_has_shown_anew_who_they_are(
    admin: Client, settings: Settings
) -> None:
    lena = account("lena")
    url, sent = f"{LIST}{lena.pk}/lage/", {"wanted": "stangt", "seen": "oppet"}
    first = admin.post(url, sent)
    assert (first.status_code, first.headers["Location"]) == (302, "/bekrafta/")
    again = admin.post("/bekrafta/har/", {"password": PASSWORD}).content.decode()
    assert [f'action="{url}"' in again, 'name="wanted" value="stangt"' in again] == [True, True]
    settings.ASSURANCE = "strong"
    weak = admin.post(url, sent)
    assert (weak.headers["Location"], User.objects.get(pk=lena.pk).is_active) == (
        "/bekrafta/",
        True,
    )
    settings.ASSURANCE = "password"
    admin.post(url, sent)
    assert User.objects.get(pk=lena.pk).is_active is False


def test_who_manages_another_organiser_does_not_reach_the_account(town: Town) -> None:
    vera = account("vera", "principal", Scope(ScopeKind.UNIT, town.centrum))
    limited = client_of("ola", "system_administrator", Scope(ScopeKind.ORGANISER, uuid4()))
    inside = client_of("ulla", "system_administrator", Scope(ScopeKind.ORGANISER, town.organiser))
    url = f"{LIST}{vera.pk}/"
    sent = {"wanted": "stangt", "seen": "oppet"}
    with recorded() as events:
        answers = [limited.post(f"{url}{each}/", sent).status_code for each in WAYS]
    assert (answers, events) == ([404] * len(WAYS), [])
    assert [each.get(url).status_code for each in (limited, inside)] == [404, 200]
    pages = [each.get(LIST).content.decode() for each in (limited, inside)]
    assert ["Vera" in each for each in pages] == [False, True]


WAYS = ("knyt", "losgor", "ta-bort-steg", "avsluta", "bjud-in", "lage", "koppla", "koppla-bort")
