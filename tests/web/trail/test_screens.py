"""The trail on screen: narrowed, a page at a time, and never more of persons than one may see."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from provning.accounts.actions import assign_role
from provning.accounts.models import User
from provning.audit.actions import keep_anchor, record
from provning.kernel.actors import Actor, Scope, ScopeKind
from provning.organisation import events
from provning.organisation.actions import create_provider, create_unit
from provning.organisation.models import SchoolUnit
from provning.people.events import PERSON_RENAMED
from tests.web.conftest import TODAY

pytestmark = pytest.mark.django_db
LIST = "/handelser/"
LIST_QUERIES = 9
SECRET = "Hemlige Harald"  # a name that nobody may see here


@pytest.fixture
def admin(signed_in: Callable[..., Client]) -> Client:
    return signed_in("system_administrator")


def renamed(system: Actor, unit: SchoolUnit, person: str) -> None:
    record(
        PERSON_RENAMED,
        actor=system,
        subjects=[("person", person), ("unit", unit.pk)],
        before={"given_name": SECRET},
        after={"given_name": SECRET, "name": SECRET},
        reason=SECRET,
    )


@pytest.mark.usefixtures("unit")
def test_the_administrator_reads_changes_of_the_organisation_in_words(admin: Client) -> None:
    page = admin.get(LIST, {"name": events.INITIALS_SET}).content.decode()
    assert "Initialerna för Komvux Centrum är KC från 2020-01-01." in page
    assert "Skolenheten Komvux Centrum lades upp." not in page


def test_nobody_reads_of_a_person_whom_they_may_not_see(
    admin: Client, signed_in: Callable[..., Client], system: Actor, unit: SchoolUnit
) -> None:
    renamed(system, unit, "6f1f4a52-9d6f-4d0c-8a8c-0f3f3a6f7d11")
    for client in (admin, signed_in("principal", unit.pk)):
        page = client.get(LIST).content.decode()
        row = client.get(LIST, {"name": PERSON_RENAMED}).content.decode()
        assert [SECRET in page, SECRET in row, "tbody" in row] == [False, False, True]
        file = client.get(LIST, {"format": "csv", "lista": "handelser"})
        text = file.getvalue().decode()
        assert [SECRET in text, "Nr" in text] == [False, True]


def test_a_principal_reads_of_the_own_unit_alone(
    signed_in: Callable[..., Client], system: Actor, unit: SchoolUnit
) -> None:
    provider = create_provider(
        actor=system,
        organiser_id=unit.provider.organiser_id,
        name="Annan anordnare",
        kind="internal",
    )
    create_unit(actor=system, provider_id=provider.id, name="Annan enhet")
    page = signed_in("principal", unit.pk).get(LIST).content.decode()
    assert "Skolenheten Komvux Centrum lades upp." in page
    assert "Annan" not in page


def test_the_trail_is_narrowed_by_who_what_and_when(
    admin: Client, account: Callable[..., User], unit: SchoolUnit
) -> None:
    user = account(name="Eva Ek")
    record(
        events.UNIT_CHANGED,
        actor=Actor(str(user.pk), user.name),
        subjects=[("unit", unit.pk)],
        after={"name": "Evas enhet"},
    )
    by_who = {"who": str(user.pk)}
    about = {"kind": "unit", "key": str(unit.pk)}
    long_ago = {"first": "2020-01-01", "last": "2020-12-31"}
    found = [admin.get(LIST, asked).content.decode() for asked in (by_who, about, long_ago)]
    assert ["Evas enhet" in page for page in found] == [True, True, False]
    assert ["är KC från 2020-01-01." in page for page in found] == [False, True, False]


def test_older_events_are_a_link_away(admin: Client, system: Actor, unit: SchoolUnit) -> None:
    for number in range(60):
        record(
            events.UNIT_CHANGED,
            actor=system,
            subjects=[("unit", unit.pk)],
            after={"name": f"N{number:02}"},
        )
    asked = {"name": events.UNIT_CHANGED}
    first = admin.get(LIST, asked)
    older = admin.get(f"{LIST}{first.context['older']}")
    shown = [each.content.decode().count("Skolenheten N") for each in (first, older)]
    assert shown == [50, 10]
    assert older.context["older"] == ""
    file = admin.get(LIST, {**asked, "format": "csv", "lista": "handelser"})
    text = file.getvalue().decode()
    assert text.count("Skolenheten N") == 60


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_much_however_long_it_is(
    admin: Client,
    system: Actor,
    unit: SchoolUnit,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(count):
        renamed(system, unit, "6f1f4a52-9d6f-4d0c-8a8c-0f3f3a6f7d11")
    admin.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        admin.get(LIST, {"name": PERSON_RENAMED})


def test_the_page_of_the_chain_tells_that_it_holds_and_what_was_kept(
    signed_in: Callable[..., Client], unit: SchoolUnit
) -> None:
    keep_anchor(today=TODAY)
    page = signed_in("principal", unit.pk).get(f"{LIST}kontroll/").content.decode()
    assert "De senaste händelserna hänger ihop" in page
    assert TODAY.isoformat() in page


def test_who_manages_one_huvudmans_accounts_chooses_among_those(
    account: Callable[..., User], system: Actor, unit: SchoolUnit
) -> None:
    account("principal", unit.pk, name="Rut Rektor")
    account(name="Okänd Annanstans")
    admin = account(name="Adam Admin")
    scope = Scope(ScopeKind.ORGANISER, unit.provider.organiser_id)
    role = "system_administrator"
    assign_role(actor=system, user_id=admin.pk, role=role, scope=scope, valid_from=TODAY)
    client = Client()
    client.force_login(admin)
    page = client.get(LIST).content.decode()
    assert ["Rut Rektor" in page, "Okänd Annanstans" in page] == [True, False]
