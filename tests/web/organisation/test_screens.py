"""The organisation on screen: added, changed, ended, and local custom decided."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from provning.kernel.actors import system_actor
from provning.kernel.terms import Term
from provning.organisation.actions import create_provider, create_unit, set_initials, set_policy
from provning.organisation.administration import policy_version
from provning.organisation.models import Organiser, Policy, Provider, SchoolUnit
from provning.organisation.policies_data import ALL_POLICIES, PolicyKey
from provning.organisation.queries import initials_on, policy_value, term_dates
from tests.web.conftest import START, TODAY

pytestmark = pytest.mark.django_db
LIST = "/organisation/"
PROGRAM = system_actor("Prövning", "test")
LIST_QUERIES = 10
POLICIES_QUERIES = 8
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"


@pytest.fixture
def admin(signed_in: Callable[..., Client]) -> Client:
    return signed_in("system_administrator")


def organiser_of(unit: SchoolUnit) -> UUID:
    return unit.provider.organiser_id


def policy_url(unit: SchoolUnit, key: str = "register_within_days") -> str:
    return f"{LIST}huvudman/{organiser_of(unit)}/regler/andra/?policy={key}"


def sent(unit: SchoolUnit, **changes: str) -> dict[str, str]:
    version = policy_version(organiser_of(unit), PolicyKey.REGISTER_WITHIN_DAYS)
    return {"value": "7", "valid_from": "2026-12-01", "expected_version": str(version), **changes}


def test_everything_is_added_from_the_top(admin: Client) -> None:
    new = {"expected_version": "0"}
    admin.post(
        f"{LIST}ny-huvudman/",
        {**new, "name": "Bergs kommun", "municipality_code": "2326", "municipality_name": "Berg"},
    )
    organiser = Organiser.objects.get()
    url = f"{LIST}huvudman/{organiser.pk}/ny-anordnare/"
    admin.post(url, {**new, "name": "Lärcentrum", "kind": "external"})
    provider = Provider.objects.get()
    at = f"{LIST}anordnare/{provider.pk}/"
    right = {"grading_right_from": "2026-01-01", "grading_right_to": "2027-12-31"}
    seen = admin.get(f"{at}betygsratt/").context["form"]["expected_version"].value()
    admin.post(f"{at}betygsratt/", {**right, "expected_version": str(seen)})
    admin.post(
        f"{at}terminstid/",
        {**new, "term": "HT26", "first_day": "2026-08-17", "last_day": "2026-12-18"},
    )
    admin.post(f"{at}ny-enhet/", {**new, "name": "Svenstavik", "code": "12345678"})
    unit = SchoolUnit.objects.get()
    admin.post(
        f"{LIST}enhet/{unit.pk}/initialer/", {**new, "initials": "sv", "valid_from": "2026-01-01"}
    )
    page = admin.get(LIST).content.decode()
    found = [text in page for text in ("Bergs kommun", "Lärcentrum", "Svenstavik", ">SV<")]
    assert found == [True] * 4
    assert "2026-01-01 till 2027-12-31" in page
    assert term_dates(provider.pk, Term.of(TODAY)).own
    assert initials_on(unit.pk, TODAY) == "SV"


def test_a_unit_is_changed_and_its_history_says_what_it_was(
    admin: Client, unit: SchoolUnit
) -> None:
    url = f"{LIST}enhet/{unit.pk}/"
    seen = admin.get(f"{url}andra/").context["form"]["expected_version"].value()
    new = {"name": "Komvux City", "code": "", "principal_name": "Rut Ek"}
    page = admin.post(f"{url}andra/", {**new, "expected_version": str(seen)}, follow=True)
    assert "Förut namn: Komvux Centrum, rektor: –." in page.content.decode()


def test_who_saves_over_another_reads_of_it_and_may_then_save(
    admin: Client, unit: SchoolUnit
) -> None:
    url = f"{LIST}enhet/{unit.pk}/andra/"
    seen = admin.get(url).context["form"]["expected_version"].value()
    form = {"code": "", "principal_name": "", "expected_version": str(seen)}
    admin.post(url, {**form, "name": "Först"})
    late = admin.post(url, {**form, "name": "Sedan"})
    page = late.content.decode()
    assert (late.status_code, "Skolenheten Först ändrades" in page) == (422, True)
    assert 'value="Sedan"' in page
    over = late.context["form"]["expected_version"].value()
    admin.post(url, {**form, "name": "Sedan", "expected_version": over})
    assert SchoolUnit.objects.get().name == "Sedan"


def test_letters_that_cannot_be_are_refused_with_their_source(
    admin: Client, unit: SchoolUnit
) -> None:
    url = f"{LIST}enhet/{unit.pk}/initialer/"
    seen = admin.get(url).context["form"]["expected_version"].value()
    form = {"initials": "KC1", "valid_from": "2026-12-01", "expected_version": str(seen)}
    answer = admin.post(url, form)
    page = answer.content.decode()
    assert (answer.status_code, "Manual s. 1" in page, 'value="KC1"' in page) == (422, True, True)
    assert initials_on(unit.pk, TODAY) == "KC"


def test_a_unit_ends_on_screen(admin: Client, unit: SchoolUnit) -> None:
    url = f"{LIST}enhet/{unit.pk}/upphor/"
    seen = admin.get(url).context["form"]["expected_version"].value()
    form = {"last_day": "2026-12-31", "expected_version": str(seen)}
    page = admin.post(url, form, follow=True).content.decode()
    assert "Upphör efter 2026-12-31" in page


def test_every_policy_has_its_form(admin: Client, unit: SchoolUnit) -> None:
    page = admin.get(f"{LIST}huvudman/{organiser_of(unit)}/regler/").content.decode()
    keys = [kind.key.value for kind in ALL_POLICIES]
    assert [f"?policy={key}" in page for key in keys] == [True] * len(keys)
    statuses = [admin.get(policy_url(unit, key)).status_code for key in keys]
    assert statuses == [200] * len(keys)


def test_a_policy_is_shown_before_it_is_decided(admin: Client, unit: SchoolUnit) -> None:
    page = admin.post(policy_url(unit), sent(unit)).content.decode()
    assert "0 prövningar väntar på betyg i dag." in page
    assert "Satta betyg ändras inte." in page
    assert not Policy.objects.exists()
    admin.post(policy_url(unit), sent(unit, do="spara", source="Nämnden"))
    row = Policy.objects.get()
    assert (row.value, f"{row.valid_from}", row.source) == (7, "2026-12-01", "Nämnden")
    assert policy_value(organiser_of(unit), PolicyKey.REGISTER_WITHIN_DAYS, TODAY) == 14


def test_a_policy_never_begins_in_the_past(admin: Client, unit: SchoolUnit) -> None:
    shown: dict[str, str] = {}
    for what in (shown, {"do": "spara"}):
        answer = admin.post(policy_url(unit), sent(unit, valid_from="2026-11-01", **what))
        assert (answer.status_code, Policy.objects.count()) == (422, 0)
        assert "2026-11-01 har redan varit" in answer.content.decode()


def test_what_comes_is_taken_back(admin: Client, unit: SchoolUnit) -> None:
    admin.post(policy_url(unit), sent(unit, do="spara"))
    version = sent(unit)["expected_version"]
    url = policy_url(unit).replace("andra", "ta-tillbaka")
    page = admin.post(url, {"expected_version": version}, follow=True).content.decode()
    assert "Det som skulle komma är taget tillbaka." in page
    assert not Policy.objects.exists()


@pytest.mark.parametrize("count", [1, 30])
def test_the_lists_ask_as_much_however_long_they_are(
    admin: Client,
    unit: SchoolUnit,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(1, count):
        provider = create_provider(
            actor=PROGRAM, organiser_id=organiser_of(unit), name=f"A {number}", kind="internal"
        )
        made = create_unit(actor=PROGRAM, provider_id=provider.id, name=f"E {number}")
        letters = f"X{LETTERS[number - 1]}"
        set_initials(actor=PROGRAM, unit_id=made.id, initials=letters, valid_from=START)
    for kind in ALL_POLICIES[:count]:
        set_policy(
            actor=PROGRAM,
            organiser_id=organiser_of(unit),
            key=kind.key,
            value=kind.default,
            valid_from=START,
        )
    admin.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        page = admin.get(LIST).content.decode()
    assert page.count(f'href="{LIST}enhet/') == count
    with django_assert_num_queries(POLICIES_QUERIES):
        admin.get(f"{LIST}huvudman/{organiser_of(unit)}/regler/")


def test_the_way_in_is_in_the_administrators_menu_alone(
    admin: Client, signed_in: Callable[..., Client], unit: SchoolUnit
) -> None:
    principal = signed_in("principal", unit.pk)
    menus = [each.get("/").content.decode() for each in (admin, principal)]
    assert [f'href="{LIST}"' in menu for menu in menus] == [True, False]


def test_the_administrator_has_no_right_to_persons_by_it(
    admin: Client,
) -> None:
    statuses = [admin.get(url).status_code for url in ("/elever/", "/grupper/", "/betyg/")]
    assert statuses == [403] * 3
