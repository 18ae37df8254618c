"""Personuppgifter: one thing at a time, by Vuxenutbildningscentrum only."""

from provning.people.actions import rename_person
from provning.people.models import Person, PersonNumber
from tests.web.stage import Stage

CENTRE = "adult_education_centre"


def address(person: Person) -> str:
    return f"/elever/{person.id}/personuppgifter/"


def test_a_name_is_corrected(stage: Stage) -> None:
    person = stage.town.person("Alva", "Berqvist")
    sent = {"do": "name", "expected_version": 1, "given_name": "Alva", "family_name": "Bergqvist"}
    answer = stage.client(CENTRE).post(address(person), sent, follow=True)
    assert "Alva Bergqvist" in answer.content.decode()


def test_protection_hides_the_person_from_the_provider_at_once(stage: Stage) -> None:
    person = stage.town.person("Hemlig", "Person")
    provider = stage.client()
    sent = {"do": "protection", "expected_version": 1, "protection": "Sekretessmarkering"}
    stage.client(CENTRE).post(address(person), sent)
    html = provider.get(f"/elever/{person.id}/").content.decode()
    assert "Skyddad identitet" in html
    assert "Hemlig" not in html


def test_a_new_number_is_stored_and_the_old_one_still_finds_the_person(stage: Stage) -> None:
    old, new = next(stage.town.numbers), next(stage.town.numbers)
    person = stage.town.person(number=old)
    sent = {"do": "number", "expected_version": 1, "identity_number": new}
    stage.client(CENTRE).post(address(person), sent)
    numbers = PersonNumber.objects.filter(person=person).order_by("pk")
    assert [(row.number, row.valid_to is None) for row in numbers] == [(old, False), (new, True)]


def test_a_wrong_number_stays_in_its_field(stage: Stage) -> None:
    person = stage.town.person()
    sent = {"do": "number", "expected_version": 1, "identity_number": "19121212-1213"}
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
