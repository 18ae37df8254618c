"""The page of one of the staff: the name, the protection, and who does it for a student."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from provning.access.models import AccessEntry
from provning.clients.models import ApiClient, ClientCall
from provning.kernel.actors import Scope, ScopeKind
from provning.people.actions import enrol, rename_person
from provning.people.models import Person, PersonNumber
from provning.privacy.models import IdentityCase
from tests.builders import FIRST, PROGRAM, Town, account, build_town
from tests.clients.making import make_client
from tests.support.kept import kept
from tests.web.opening import open_identity

pytestmark = pytest.mark.django_db
town = kept(build_town)
NAME = {"do": "name", "expected_version": "1", "given_name": "Karin", "family_name": "Berg"}
HIDE = {"do": "protection", "expected_version": "1", "protection": "Sekretessmarkering"}
SHOW = {"do": "protection", "expected_version": "2", "protection": "Ingen"}


def signed_in(town: Town, role: str) -> Client:
    client = Client()
    scope = Scope(ScopeKind.ORGANISER, town.organiser)
    client.force_login(account(f"konto-{role}", role, scope))
    return client


@pytest.fixture
def admin(town: Town) -> Client:
    return signed_in(town, "system_administrator")


def address(person: Person) -> str:
    return f"/organisation/personal/{person.pk}/"


def test_a_name_is_corrected_from_the_unit_and_the_page_is_logged(
    admin: Client, town: Town
) -> None:
    person = town.teacher("Krain")
    unit = f"/organisation/enhet/{town.centrum}/"
    assert f'<a href="{address(person)}">Wallgren, Krain</a>' in admin.get(unit).content.decode()
    page = admin.post(address(person), NAME, follow=True).content.decode()
    assert [text in page for text in ("Karin Berg", f'href="{unit}"', "Krain")] == [True] * 2 + [
        False
    ]
    logged = AccessEntry.objects.filter(place="organisation:staff-member", person_id=person.pk)
    assert {each.kind for each in logged} == {"person"}


def test_protection_hides_at_once_and_is_ended_by_who_may_see(admin: Client, town: Town) -> None:
    person, centre = town.teacher(), signed_in(town, "adult_education_centre")
    made = ApiClient.objects.get(
        pk=make_client("Schemat", reach=[Scope(ScopeKind.UNIT, town.centrum)]).client_id
    )
    ClientCall.objects.create(
        client=made, at=datetime.now(UTC), address="x", method="GET", path="/x", status=200
    )
    hidden = admin.post(address(person), HIDE, follow=True).content.decode()
    hidden += admin.get(f"/organisation/enhet/{town.centrum}/").content.decode()
    assert [text in hidden for text in ("SI-000001", "Wallgren", "Karin", "Spara skyddet")] == [
        True,
        False,
        False,
        False,
    ]
    assert admin.post(address(person), SHOW).status_code == 404
    assert admin.get(f"/atkomst/{person.pk}/identitet/").status_code == 403
    listed = f'<a href="/skydd/{person.pk}/">SI-000001</a>'
    assert listed in centre.get("/skydd/").content.decode()
    assert f'href="{address(person)}"' in centre.get(f"/skydd/{person.pk}/").content.decode()
    carried = centre.get(f"/skydd/{person.pk}/").content.decode()
    assert ("Schemat" in carried, "Wallgren" in carried) == (True, False)
    assert centre.post(address(person), SHOW).status_code == 404
    open_identity(centre, person.pk, "Skyddet har upphört")
    assert "Karin Wallgren" in centre.get(address(person)).content.decode()
    centre.post(address(person), SHOW)
    assert "Wallgren, Karin" in admin.get(f"/organisation/enhet/{town.centrum}/").content.decode()
    rektor = Client()
    scope = Scope(ScopeKind.UNIT, town.centrum)
    rektor.force_login(account("rut", "principal", scope))
    log = rektor.get(f"/atkomst/{person.pk}/").content.decode()
    said = ("Skyddet har upphört", "Konto-Adult_Education_Centre", f"/elever/{person.pk}/")
    assert [text in log for text in said] == [True, True, False]
    entry = AccessEntry.objects.get(kind="unmasking")
    assert (entry.person_id, entry.reason) == (person.pk, "Skyddet har upphört")


def test_a_students_page_says_who_changes_them(admin: Client, town: Town) -> None:
    person = town.teacher()
    enrol(actor=PROGRAM, person_id=person.pk, provider_id=town.contracted, start_date=FIRST)
    page = admin.get(address(person)).content.decode()
    said = ("Personen är eller har varit elev.", "Spara namnet", "Kunskapskompaniet")
    assert [text in page for text in said] == [True, False, False]
    assert PersonNumber.objects.get(person=person).number[:8] not in page
    assert admin.post(address(person), NAME).status_code == 404
    person.refresh_from_db()
    assert person.family_name == "Wallgren"


def test_somebody_elses_change_is_not_written_over(admin: Client, town: Town) -> None:
    person = town.teacher()
    rename_person(actor=PROGRAM, person_id=person.pk, given_name="Kajsa", expected_version=1)
    answer = admin.post(address(person), NAME)
    html = answer.content.decode()
    person.refresh_from_db()
    shown = [text in html for text in ("Någon annan hann före", 'value="Berg"')]
    assert (answer.status_code, shown, person.given_name) == (422, [True] * 2, "Kajsa")


def test_a_wrong_number_is_proposed_here_and_approved_by_who_registers(
    admin: Client, town: Town
) -> None:
    person, centre = town.teacher(), signed_in(town, "adult_education_centre")
    right = next(town.numbers)
    sent = {
        "do": "number",
        "expected_version": "1",
        "identity_number": right,
        "mistaken": "on",
        "reason": "Fel siffra när tjänsten gavs",
        "submission": str(uuid4()),
    }
    page = admin.post(address(person), sent, follow=True).content.decode()
    case = f"/skydd/identitet/{IdentityCase.objects.get().pk}/"
    waits = "Väntar på att någon annan godkänner."
    shown = [text in page for text in (waits, "Någon annan ska godkänna det innan", case)]
    assert shown == [True, True, False]
    logged = AccessEntry.objects.filter(place="organisation:staff-member", kind="search")
    assert [each.person_id for each in logged] == [None]
    assert admin.post(case, {"do": "approve"}).status_code == 403
    assert "Identitetsärende att godkänna" in centre.get("/").content.decode()
    centre.post(case, {"do": "approve"})
    assert list(PersonNumber.objects.values_list("person", "number")) == [(person.pk, right)]
    assert waits not in admin.get(address(person)).content.decode()
