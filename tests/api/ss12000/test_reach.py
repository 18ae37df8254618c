"""A client sees its own places and classes of data, and of protected persons what was settled."""

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from provning.access.models import AccessEntry
from provning.kernel.actors import Scope, ScopeKind
from provning.people.actions import enrol
from provning.people.models import Person
from provning.publishing.ids import published_id
from provning.publishing.resources import RESOURCES
from tests.api.ss12000.world import (
    SECRET_WORDS,
    Asker,
    Scene,
    asker,
    protected_everywhere,
    settled,
)
from tests.builders import PROGRAM

pytestmark = pytest.mark.django_db
PATHS = tuple(each.name for each in RESOURCES)
EXPANDS = ["duties", "groupMemberships", "person", "groups", "teachers", "syllabus"]
ALL = {"expandReferenceNames": "true", "expand": EXPANDS}


def here(scene: Scene, kind: ScopeKind) -> Scope:
    """Return the own-run provider's place, as wide as is said."""
    town = scene.town
    return Scope(kind, {ScopeKind.PROVIDER: town.own, ScopeKind.UNIT: town.centrum}[kind])


def theirs(scene: Scene) -> set[str]:
    """Return the id of everything of the contracted provider that has one."""
    town = scene.town
    group = scene.groups[town.kompaniet]
    placed = group.placements.values_list("person", flat=True)
    teacher = scene.teachers[town.kompaniet]
    keys: list[UUID] = [town.contracted, town.kompaniet, group.pk, teacher.pk, *placed]
    keys += [published_id("studyplans", key) for key in placed]
    keys += [published_id("activities", group.pk)]
    keys += teacher.duties.values_list("pk", flat=True)
    keys += teacher.decisions.values_list("pk", flat=True)
    return set(map(str, keys))


def everything_shown(machine: Asker) -> str:
    """Return every list, with all that may come along, as one text."""
    return json.dumps([machine.everything(path, **ALL) for path in PATHS], ensure_ascii=False)


@pytest.mark.parametrize("kind", [ScopeKind.PROVIDER, ScopeKind.UNIT])
def test_a_client_sees_nothing_of_another_provider(scene: Scene, kind: ScopeKind) -> None:
    shown = everything_shown(asker(here(scene, kind)))
    assert {key for key in theirs(scene) if key in shown} == set()
    everywhere = everything_shown(asker())
    assert {key for key in theirs(scene) if key not in everywhere} == set()


def test_a_client_sees_all_of_its_own_place(scene: Scene) -> None:
    town = scene.town
    own, every = asker(here(scene, ScopeKind.PROVIDER)), asker()
    others = theirs(scene)
    for path in ("persons", "duties", "groups", "studyplans", "activities", "grades"):
        assert own.ids(path) == every.ids(path) - others
    assert own.ids("organisations") == {
        str(each) for each in (town.organiser, town.own, town.centrum, town.hamnen)
    }


@pytest.mark.parametrize("path", [each for each in PATHS if each != "schoolUnitOfferings"])
def test_anothers_thing_does_not_exist_by_its_id_either(scene: Scene, path: str) -> None:
    machine = asker(here(scene, ScopeKind.UNIT))
    hidden = asker().ids(path) - machine.ids(path)
    assert bool(hidden) == (path != "syllabuses")
    assert {machine.status(f"{path}/{key}") for key in hidden} <= {404}
    if hidden and path != "studyplans":
        assert machine.post(f"{path}/lookup", {"ids": sorted(hidden)}).json() == []


def test_a_filter_by_anothers_id_finds_nothing(scene: Scene) -> None:
    machine = asker(here(scene, ScopeKind.UNIT))
    town = scene.town
    group = scene.groups[town.kompaniet]
    person = group.placements.get().person_id
    teacher = scene.teachers[town.kompaniet]
    asked: list[tuple[str, dict[str, Any]]] = [
        ("grades", {"student": person}),
        ("grades", {"organisation": town.contracted}),
        ("grades", {"gradingTeacher": teacher.pk}),
        ("groups", {"organisation": town.kompaniet}),
        ("activities", {"member": person}),
        ("activities", {"group": group.pk}),
        ("duties", {"person": teacher.pk}),
        ("studyplans", {"student": person}),
        ("persons", {"relationship.organisation": town.kompaniet}),
    ]
    assert [machine.ids(path, **words) for path, words in asked] == [set()] * len(asked)


def test_a_unit_has_those_who_are_examined_there_and_not_all_of_its_provider(scene: Scene) -> None:
    town = scene.town
    elsewhere = town.person("Hanna", "Hamn")
    settled()
    assert str(elsewhere.pk) in asker(here(scene, ScopeKind.PROVIDER)).ids("persons")
    assert str(elsewhere.pk) not in asker(here(scene, ScopeKind.UNIT)).ids("persons")


def test_a_person_with_two_providers_shows_each_only_its_own_enrolment(scene: Scene) -> None:
    town = scene.town
    both = town.person("Rut", "Rosén")
    enrol(
        actor=PROGRAM, person_id=both.id, provider_id=town.contracted, start_date=date(2026, 9, 1)
    )
    settled()
    shown = asker(here(scene, ScopeKind.PROVIDER)).get(f"persons/{both.pk}")
    assert [each["enroledAt"] for each in shown["enrolments"]] == [{"id": str(town.own)}]


@pytest.mark.parametrize("lacking", ["persons.civicno", "persons.contact"])
def test_numbers_and_addresses_are_classes_of_their_own(scene: Scene, lacking: str) -> None:
    someone = scene.town.person("Nils", "Nord")
    Person.objects.filter(pk=someone.pk).update(email="nils@example.se")
    number = someone.numbers.get().number
    settled()
    classes = {"persons", "persons.civicno", "persons.contact"}
    whole = asker(data_classes=classes).get(f"persons/{someone.pk}")
    part = asker(data_classes=classes - {lacking}).get(f"persons/{someone.pk}")
    gone = {"persons.civicno": {"civicNo", "birthDate"}, "persons.contact": {"emails"}}[lacking]
    assert whole["civicNo"]["value"] == number
    assert whole["emails"] == [{"value": "nils@example.se", "type": "Privat"}]
    assert set(whole) - set(part) == gone


def test_a_number_one_may_not_see_cannot_be_searched_by(scene: Scene) -> None:
    someone = scene.town.person("Nils", "Nord")
    number = someone.numbers.get().number
    settled()
    blind = asker(data_classes=["persons"])
    assert blind.ids("persons", civicNo=number) == set()
    assert blind.post("persons/lookup", {"civicNos": [number]}).json() == []


def test_what_comes_along_needs_its_own_class(scene: Scene) -> None:
    town = scene.town
    few = asker(data_classes=["persons", "activities", "duties"])
    person = few.get(f"persons/{scene.teachers[town.centrum].pk}", **ALL)
    assert len(person["_embedded"]["duties"]) == 1
    assert person["_embedded"]["groupMemberships"] == []
    activity = few.get("activities", **ALL)["data"][0]
    assert set(activity["_embedded"]) == {"teachers"}


# Protected persons.


def secrets_of(person: Person) -> set[str]:
    number = person.numbers.get().number
    return {*SECRET_WORDS, number, f"{number[:4]}-{number[4:6]}-{number[6:8]}"}


def test_a_marked_person_has_no_name_or_number_anywhere(scene: Scene) -> None:
    person = protected_everywhere(scene)
    settled()
    machine = asker()
    shown = everything_shown(machine)
    assert {word for word in secrets_of(person) if word in shown} == set()
    own = machine.get(f"persons/{person.pk}")
    assert own == {
        "id": str(person.pk),
        "meta": own["meta"],
        "givenName": "",
        "familyName": "",
        "securityMarking": "Skyddad folkbokföring",
        "personStatus": "Aktiv",
        "enrolments": own["enrolments"],
    }
    (grade,) = machine.get("grades", student=person.pk, expandReferenceNames="true")["data"]
    assert grade["student"] == {
        "id": str(person.pk),
        "securityMarking": "Skyddad folkbokföring",
    }


def test_a_marked_person_cannot_be_found_by_what_is_hidden(scene: Scene) -> None:
    person = protected_everywhere(scene)
    settled()
    machine = asker()
    number = person.numbers.get().number
    assert machine.ids("persons", nameContains="Hemlig") == set()
    assert machine.ids("persons", civicNo=number) == set()
    assert machine.post("persons/lookup", {"civicNos": [number]}).json() == []


def test_a_number_out_of_reach_is_as_nobodys_and_both_are_logged(scene: Scene) -> None:
    settled()
    beyond = scene.town.person("Okänd", "Annanstans", at=scene.town.contracted)
    number, nobody = beyond.numbers.get().number, next(scene.town.numbers)
    machine = asker(here(scene, ScopeKind.PROVIDER))
    for each in (number, nobody):
        assert machine.ids("persons", civicNo=each) == set()
    assert machine.post("persons/lookup", {"civicNos": [number, nobody]}).json() == []
    found = AccessEntry.objects.filter(kind="search").order_by("pk")
    assert list(found.values_list("person_id", "outside", "count")) == [
        (beyond.pk, True, 0),
        (None, True, 0),
        (None, True, 0),
        (beyond.pk, True, 0),
    ]


@pytest.mark.parametrize(
    "sortkey", ["DisplayNameAsc", "GivenNameAsc", "FamilyNameAsc", "CivicNoAsc"]
)
def test_where_a_marked_person_stands_tells_nothing_of_their_name(
    scene: Scene, sortkey: str
) -> None:
    person = protected_everywhere(scene)
    settled()
    first = asker().get("persons", sortkey=sortkey)["data"][0]
    assert first["id"] == str(person.pk)


def test_for_some_clients_a_protected_person_is_not_there_at_all(scene: Scene) -> None:
    person = protected_everywhere(scene)
    settled()
    machine = asker(protected="hidden")
    shown = everything_shown(machine)
    keys = {
        str(person.pk),
        str(published_id("studyplans", person.pk)),
        *map(str, person.duties.values_list("pk", flat=True)),
        *map(str, person.placements.values_list("decisions", flat=True)),
    }
    assert {word for word in secrets_of(person) | keys if word in shown} == set()
    assert machine.status(f"persons/{person.pk}") == 404
    assert machine.post("persons/lookup", {"ids": [str(person.pk)]}).json() == []
    assert {key for key in keys if key not in everything_shown(asker())} == set()


def test_a_client_with_the_right_sees_the_whole_person(scene: Scene) -> None:
    person = protected_everywhere(scene)
    settled()
    shown = asker(protected="full").get(f"persons/{person.pk}")
    assert (shown["givenName"], shown["familyName"]) == SECRET_WORDS[:2]
    assert shown["civicNo"]["value"] == person.numbers.get().number
    assert shown["emails"] == [{"value": SECRET_WORDS[2], "type": "Privat"}]


@pytest.mark.usefixtures("scene")
def test_a_name_needs_the_class_of_persons_also_beside_a_grade() -> None:
    grades = asker(data_classes=["grades"]).get("grades", expandReferenceNames="true")["data"]
    assert {tuple(sorted(each["student"])) for each in grades} == {("id", "securityMarking")}


def test_ids_lead_back_and_are_never_another_kinds() -> None:
    key = uuid4()
    made = {published_id(kind, key) for kind in ("activities", "studyplans", "offerings", "grades")}
    assert len(made) == 4
    assert key in made
    for kind in ("activities", "studyplans", "offerings"):
        again = published_id(kind, published_id(kind, key))
        assert (again, published_id(kind, key).version) == (key, 4)
