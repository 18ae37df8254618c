"""Personuppgifter: one thing at a time, by Vuxenutbildningscentrum only."""

from uuid import uuid4

from provning.access.models import AccessEntry
from provning.people.actions import rename_person
from provning.people.models import Person, PersonNumber
from provning.privacy.actions import propose_number
from provning.privacy.models import IdentityCase
from tests.applications.requests import elsewhere
from tests.builders import TODAY
from tests.web.stage import Stage

CENTRE = "adult_education_centre"


def address(person: Person) -> str:
    return f"/elever/{person.id}/personuppgifter/"


def test_a_name_is_corrected(stage: Stage) -> None:
    person = stage.town.person("Alva", "Berqvist")
    sent = {"do": "name", "expected_version": 1, "given_name": "Alva", "family_name": "Bergqvist"}
    answer = stage.client(CENTRE).post(address(person), sent, follow=True)
    assert "Alva Bergqvist" in answer.content.decode()


def test_the_day_of_death_is_shown_and_a_wrong_one_stays_in_its_field(stage: Stage) -> None:
    person = stage.town.person("Alva", "Berg")
    client = stage.client(CENTRE)
    sent = {"do": "status", "expected_version": 1, "status": "Avliden", "status_on": "1800-01-01"}
    refused = client.post(address(person), sent)
    assert refused.status_code == 422
    assert 'value="1800-01-01"' in refused.content.decode()
    answer = client.post(address(person), sent | {"status_on": "2026-01-02"}, follow=True)
    shown = 'Avliden <time datetime="2026-01-02">2026-01-02</time>'
    assert shown in answer.content.decode()
    assert shown in client.post("/elever/", {"q": "Alva"}, follow=True).content.decode()


def test_protection_hides_the_person_from_the_provider_at_once(stage: Stage) -> None:
    person = stage.town.person("Hemlig", "Person")
    provider = stage.client()
    sent = {"do": "protection", "expected_version": 1, "protection": "Sekretessmarkering"}
    stage.client(CENTRE).post(address(person), sent)
    html = provider.get(f"/elever/{person.id}/").content.decode()
    assert "Skyddad identitet" in html
    assert "Hemlig" not in html


def test_a_new_number_is_proposed_by_one_and_holds_when_another_has_approved(
    stage: Stage,
) -> None:
    old, new = next(stage.town.numbers), next(stage.town.numbers)
    person = stage.town.person(number=old)
    sent = {
        "do": "number",
        "expected_version": 1,
        "identity_number": new,
        "reason": "Skatteverket har tilldelat nytt nummer",
        "submission": str(uuid4()),
    }
    one, another = stage.client(CENTRE), stage.client(CENTRE)
    answer = one.post(address(person), sent, follow=True)
    assert "Någon annan ska godkänna det" in answer.content.decode()
    case = f"/skydd/identitet/{IdentityCase.objects.get().pk}/"
    assert f'<a href="{case}">Nytt identitetsnummer</a>' in answer.content.decode()
    task = "Identitetsärende att godkänna"
    waits = [task in client.get("/").content.decode() for client in (one, another)]
    assert waits == [False, True]
    refused = one.post(case, {"do": "approve"})
    assert refused.status_code == 422
    assert "Du har själv föreslagit" in refused.content.decode()
    assert PersonNumber.objects.get(person=person).number == old
    assert case in another.get("/skydd/identitet/").content.decode()
    another.post(case, {"do": "approve"})
    numbers = PersonNumber.objects.filter(person=person).order_by("pk")
    assert [(row.number, row.valid_to is None) for row in numbers] == [(old, False), (new, True)]
    assert (case in one.get(address(person)).content.decode()) is False
    assert (task in another.get("/").content.decode()) is False


def test_who_approves_a_number_of_another_organiser_is_logged_on_its_owner(stage: Stage) -> None:
    theirs, person = stage.town.person("Olle", "Ekman", at=elsewhere()), stage.town.person()
    case = propose_number(
        actor=stage.town.centre,
        person_id=person.pk,
        identity_number=PersonNumber.objects.get(person=theirs).number,
        reason="Skatteverket har tilldelat nytt nummer",
        submission=uuid4(),
        today=TODAY,
    )
    answer = stage.client(CENTRE).post(f"/skydd/identitet/{case.pk}/", {"do": "approve"})
    assert (answer.status_code, "Ekman" in answer.content.decode()) == (422, False)
    logged = AccessEntry.objects.filter(place="privacy:case", person_id=theirs.pk)
    assert [(entry.kind, entry.outside) for entry in logged] == [("search", True)]


def test_two_rows_become_one_person_and_the_other_address_leads_there(stage: Stage) -> None:
    old = next(stage.town.numbers)
    other, person = stage.town.person("Alva", "Berg", number=old), stage.town.person("Alva", "Ek")
    stage.place(other)
    sent = {
        "do": "merge",
        "expected_version": 1,
        "identity_number": old,
        "reason": "Samma person, tillfälligt nummer först",
        "submission": str(uuid4()),
    }
    another = stage.client(CENTRE)
    stage.client(CENTRE).post(address(person), sent)
    case = f"/skydd/identitet/{IdentityCase.objects.get().pk}/"
    page = another.get(case).content.decode()
    assert ("Efternamn" in page, "Det skiljer" in page) == (True, True)
    another.post(case, {"do": "approve"})
    provider = stage.client()
    led = provider.get(f"/elever/{other.pk}/")
    assert led.headers["Location"] == f"/elever/{person.pk}/"
    assert stage.group.name.split(":")[1] in provider.get(f"/elever/{person.pk}/").content.decode()
    another.post(case, {"do": "undo"})
    assert provider.get(f"/elever/{other.pk}/").status_code == 200


def test_a_wrong_number_stays_in_its_field(stage: Stage) -> None:
    person = stage.town.person()
    sent = {
        "do": "number",
        "expected_version": 1,
        "identity_number": "19121212-1213",
        "submission": str(uuid4()),
    }
    answer = stage.client(CENTRE).post(address(person), sent)
    assert answer.status_code == 422
    assert 'value="19121212-1213"' in answer.content.decode()


def test_somebody_elses_change_is_not_written_over(stage: Stage) -> None:
    person = stage.town.person("Alva", "Berqvist")
    rename_person(
        actor=stage.town.centre, person_id=person.id, given_name="Alva Maria", expected_version=1
    )
    sent = {"do": "name", "expected_version": 1, "given_name": "Alva", "family_name": "Bergqvist"}
    answer = stage.client(CENTRE).post(address(person), sent)
    html = answer.content.decode()
    person.refresh_from_db()
    assert "Någon annan hann före" in html
    assert 'value="Bergqvist"' in html
    assert (person.given_name, person.family_name) == ("Alva Maria", "")


def test_a_provider_cannot_open_it(stage: Stage) -> None:
    person = stage.town.person("Alva", "Bergqvist")
    client = stage.client()
    sent = {"do": "name", "expected_version": 1, "given_name": "Bo", "family_name": "Ek"}
    assert client.get(address(person)).status_code == 403
    assert client.post(address(person), sent).status_code == 403
    person.refresh_from_db()
    assert person.given_name == "Alva"
