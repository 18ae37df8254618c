"""Whose an account is, on its page: shown anew, by number, neutral about everybody else."""

import pytest
from django.test import Client

from provning.access.models import AccessEntry
from provning.accounts.models import User
from provning.kernel.actors import Scope, ScopeKind
from provning.people.models import Person, PersonNumber
from tests.builders import PASSWORD, Town, account, build_town, recorded
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
town = kept(build_town)
UNKNOWN = "Ingen med tjänst hos er har numret."


@pytest.fixture
def lena() -> User:
    return account("lena")


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(account("ada", "system_administrator", Scope(ScopeKind.EVERYTHING)))
    return client


def shown_anew(client: Client, url: str, sent: dict[str, str]) -> None:
    """Show anew who one is, for forms sent to the address."""
    client.post(url, sent)
    client.post("/bekrafta/har/", {"password": PASSWORD})


def number_of(person: Person) -> str:
    return PersonNumber.objects.get(person=person).number


def test_an_account_is_linked_and_unlinked_once_however_often_it_is_sent(
    admin: Client, lena: User, town: Town
) -> None:
    url = f"/konton/{lena.pk}/"
    sent = {"identity_number": number_of(town.teacher("Lena"))}
    first = admin.post(f"{url}koppla/", sent)
    assert first.headers["Location"] == "/bekrafta/"
    shown_anew(admin, f"{url}koppla/", sent)
    with recorded() as events:
        answers = [admin.post(f"{url}koppla/", sent).headers["Location"] for _twice in range(2)]
    assert (answers, events) == ([url] * 2, ["account_linked"])
    page = admin.get(url)
    assert "Wallgren, Lena" in page.content.decode()
    seen = {"expected_version": str(page.context["link_version"])}
    shown_anew(admin, f"{url}koppla-bort/", seen)
    with recorded() as events:
        answers = [admin.post(f"{url}koppla-bort/", seen).headers["Location"] for _twice in "12"]
    assert (answers, events) == ([url] * 2, ["account_unlinked"])
    assert "Wallgren" not in admin.get(url).content.decode()


def test_an_examinee_and_nobody_are_told_alike_and_both_are_logged(
    admin: Client, lena: User, town: Town
) -> None:
    url = f"/konton/{lena.pk}/koppla/"
    examinee = town.person("Elev", "Hemligsson")
    numbers = [number_of(examinee), next(town.numbers)]
    shown_anew(admin, url, {"identity_number": numbers[0]})
    answers = [admin.post(url, {"identity_number": each}) for each in numbers]
    pages = [each.content.decode() for each in answers]
    told = [(each.status_code, UNKNOWN in page) for each, page in zip(answers, pages, strict=True)]
    assert told == [(422, True)] * 2
    assert [number in page for number, page in zip(numbers, pages, strict=True)] == [True, True]
    assert [each for each in ("Hemligsson", "Elev") if each in pages[0]] == []
    none = admin.post(url, {"identity_number": "12"})
    codes = [
        each["code"] for each in none.context["form"].errors.get_json_data()["identity_number"]
    ]
    assert (none.status_code, codes) == (422, ["identity-length"])
    logged = AccessEntry.objects.filter(place="accounts:link").order_by("pk")
    assert [(each.person_id, each.outside) for each in logged] == [
        (examinee.id, True),
        (None, True),
    ]


def test_one_sees_no_form_at_ones_own_account(admin: Client) -> None:
    own = User.objects.get(username="ada")
    page = admin.get(f"/konton/{own.pk}/").content.decode()
    assert ["Det är ditt eget konto" in page, "/koppla/" in page] == [True, False]


def test_whose_an_account_is_stands_in_the_access_log(
    admin: Client, lena: User, town: Town
) -> None:
    teacher = town.teacher("Lena")
    Person.objects.filter(pk=teacher.pk).update(user=lena)
    admin.get(f"/konton/{lena.pk}/")
    logged = AccessEntry.objects.filter(place="accounts:detail")
    assert [each.person_id for each in logged] == [teacher.id]
