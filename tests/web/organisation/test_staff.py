"""Personal on the page of a unit: listed, given a duty by number, and ended."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from provning.access.models import AccessEntry
from provning.kernel.actors import Scope, ScopeKind
from provning.people.actions import give_duty, link_account
from provning.people.models import Duty, Person
from tests.builders import FIRST, PROGRAM, Town, account, build_town, recorded
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
town = kept(build_town)
PAGE_QUERIES = 13


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(account("ada", "system_administrator", Scope(ScopeKind.EVERYTHING)))
    return client


@pytest.fixture
def url(town: Town) -> str:
    return f"/organisation/enhet/{town.centrum}/"


def sent(number: str, **changes: str) -> dict[str, str]:
    return {
        "identity_number": number,
        "given_name": "Lena",
        "family_name": "Ek",
        "role": "Lärare",
        "registered_teacher": "on",
        "subjects": "MAT ENG",
        "start_date": "2026-08-17",
        "end_date": "",
        **changes,
    }


def test_a_duty_is_given_to_a_new_person_once_and_listed(
    admin: Client, town: Town, url: str
) -> None:
    number = next(town.numbers)
    with recorded() as events:
        answers = [
            admin.post(f"{url}ny-tjanst/", sent(number)).headers["Location"] for _twice in "12"
        ]
    assert (answers, events) == ([url] * 2, ["person_registered", "duty_given"])
    page = admin.get(url).content.decode()
    found = [text in page for text in ("Ek, Lena", "MAT ENG", "inget konto", "tills vidare")]
    assert found == [True] * 4
    logged = AccessEntry.objects.filter(place="organisation:new-duty")
    assert [each.person_id for each in logged] == [None, Person.objects.get().pk]


def test_what_is_refused_is_kept_on_the_page(admin: Client, town: Town, url: str) -> None:
    number = next(town.numbers)
    answer = admin.post(f"{url}ny-tjanst/", sent(number, end_date="2026-08-01", subjects="KEMI"))
    page = answer.content.decode()
    kept_words = [word in page for word in (number, "Lena", "KEMI", "är före första dagen")]
    assert (answer.status_code, kept_words, Person.objects.count()) == (422, [True] * 4, 0)


def test_a_duty_ends_and_stands_last(admin: Client, town: Town, url: str) -> None:
    town.teacher("Anna")
    town.teacher("Örjan")
    duty = Duty.objects.get(person__given_name="Anna")
    end = f"{url}tjanst/{duty.pk}/sista-dag/"
    with recorded() as events:
        for _twice in "12":
            admin.post(end, {"last_day": "2026-06-12", "seen": ""})
    assert events == ["duty_ended"]
    page = admin.get(url).content.decode()
    assert page.index("Wallgren, Örjan") < page.index("Wallgren, Anna")
    late = admin.post(end, {"last_day": "2026-06-30", "seen": ""})
    assert (late.status_code, "ändrade uppgifterna" in late.content.decode()) == (422, True)


def test_a_duty_of_another_unit_is_as_none(admin: Client, town: Town, url: str) -> None:
    town.teacher("Eva", unit=town.hamnen)
    duty = Duty.objects.get()
    assert admin.get(f"{url}tjanst/{duty.pk}/sista-dag/").status_code == 404
    assert "Wallgren" not in admin.get(url).content.decode()


def test_staff_is_shown_masked_with_its_account_and_logged(
    admin: Client, town: Town, url: str
) -> None:
    town.teacher("Karin", username="karin.w")
    dold = town.stranger("Dold", "Ahemligsson", protection="Sekretessmarkering")
    give_duty(
        actor=PROGRAM, person_id=dold.id, unit_id=town.centrum, role="Rektor", start_date=FIRST
    )
    page = admin.get(url).content.decode()
    shown = ("Wallgren, Karin", "karin.w", "Skyddad identitet", "SI-000001", "Ahemligsson", "Dold")
    assert [text in page for text in shown] == [True] * 4 + [False] * 2
    assert page.index("Wallgren, Karin") < page.index("SI-000001")
    logged = AccessEntry.objects.get(place="organisation:unit")
    assert (logged.kind, logged.count, logged.opened) == ("list", 2, False)


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_as_much_however_many_serve_there(
    admin: Client,
    town: Town,
    url: str,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(count):
        person = town.teacher(f"Lärare{number}")
        user = account(f"larare{number}")
        link_account(actor=PROGRAM, person_id=person.id, user_id=user.id)
    admin.get(url)
    with django_assert_num_queries(PAGE_QUERIES):
        page = admin.get(url).content.decode()
    assert page.count('<a href="/konton/') >= count


def test_who_keeps_another_organiser_reaches_no_staff(town: Town, url: str) -> None:
    town.teacher("Karin")
    duty = Duty.objects.get()
    client = Client()
    client.force_login(account("ola", "system_administrator", Scope(ScopeKind.ORGANISER, town.own)))
    answers = [
        client.get(url),
        client.post(f"{url}ny-tjanst/", sent(next(town.numbers))),
        client.post(f"{url}tjanst/{duty.pk}/sista-dag/"),
    ]
    assert [each.status_code for each in answers] == [404] * 3
