"""What comes along with a page: names, expansions, look-ups; and how many queries it takes."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from provning.people.models import Duty, Person
from provning.publishing.ids import published_id
from tests.api.ss12000.world import EXAM_DAY, Asker, Scene, asker, settled
from tests.builders import FIRST

pytestmark = pytest.mark.django_db


def activity_of(scene: Scene, unit: UUID) -> str:
    return str(published_id("activities", scene.groups[unit].id))


def person(name: str) -> Person:
    return Person.objects.get(given_name=name)


def test_names_come_when_they_are_asked_for(machine: Asker, scene: Scene) -> None:
    town = scene.town
    words = {"organisation": town.own}
    (bare,) = machine.get("grades", **words)["data"]
    (named,) = machine.get("grades", **words, expandReferenceNames="true")["data"]
    assert bare["group"] == {"id": str(scene.groups[town.centrum].pk)}
    assert named["group"]["displayName"] == scene.groups[town.centrum].name
    assert named["student"]["displayName"] == "Alva Bergqvist"
    assert named["student"]["securityMarking"] == "Ingen"
    assert named["organisation"]["displayName"] == "Komvux Centrum"
    assert named["syllabus"]["displayName"] == scene.courses["MATMAT03b"].name
    assert named["meta"] == bare["meta"]


def test_what_is_expanded_is_what_its_own_address_shows(machine: Asker, scene: Scene) -> None:
    town = scene.town
    teacher = scene.teachers[town.centrum]
    duty = machine.get("duties", person=teacher.pk, expand="person")["data"][0]
    embedded = duty.pop("_embedded")
    assert embedded["person"] == machine.get(f"persons/{teacher.pk}")
    activity = machine.get(
        "activities", group=scene.groups[town.centrum].pk, expand=["groups", "teachers", "syllabus"]
    )["data"][0]
    own = activity["_embedded"]
    assert own["groups"] == [machine.get(f"groups/{scene.groups[town.centrum].pk}")]
    assert own["teachers"] == [duty]
    assert own["syllabus"] == machine.get(f"syllabuses/{scene.courses['MATMAT03b'].pk}")
    assert activity["teachers"] == [
        {"duty": {"id": duty["id"]}, "startDate": FIRST.isoformat(), "grader": True}
    ]
    bo = machine.get(f"persons/{person('Bo').pk}", expand=["groupMemberships", "duties"])
    (membership,) = bo["_embedded"]["groupMemberships"]
    assert membership["startDate"] == membership["endDate"] == EXAM_DAY.isoformat()
    assert membership["group"]["id"] == str(scene.groups[town.centrum].pk)
    assert bo["_embedded"]["duties"] == []


def test_a_lookup_finds_what_any_of_its_lists_names(machine: Asker, scene: Scene) -> None:
    town = scene.town
    duty = Duty.objects.get(unit=town.kompaniet)
    found = machine.post(
        "activities/lookup", {"teachers": [str(duty.pk)], "members": [str(person("Bo").pk)]}
    ).json()
    expected = {activity_of(scene, town.centrum), activity_of(scene, town.kompaniet)}
    assert {each["id"] for each in found} == expected
    assert machine.post("activities/lookup", {}).json() == []


@pytest.mark.parametrize("body", ["x", [], {"ids": "x"}, {"ids": [1]}, {"ids": ["x"]}])
def test_a_lookup_that_cannot_be_read_is_a_wrong_question(machine: Asker, body: object) -> None:
    assert machine.post("persons/lookup", body).status_code == 400


def test_a_lookup_that_is_too_large_is_refused(machine: Asker) -> None:
    ids = [str(uuid4()) for _number in range(1001)]
    assert machine.post("persons/lookup", {"ids": ids}).status_code == 503


def test_the_type_of_a_group_is_the_installations_choice(
    machine: Asker, settings: Settings
) -> None:
    settings.GROUP_TYPE = "Övrigt"
    assert {each["groupType"] for each in machine.everything("groups")} == {"Övrigt"}
    assert machine.ids("groups", groupType="Provgrupp") == set()


# Queries. Eleven are of the call itself: who calls, the limit and the log.
CALL = 10
QUERIES = {
    "organisations": CALL + 6,
    "persons": CALL + 13,
    "duties": CALL + 9,
    "groups": CALL + 6,
    "studyplans": CALL + 6,
    "syllabuses": CALL + 3,
    "schoolUnitOfferings": CALL + 6,
    "activities": CALL + 16,
    "grades": CALL + 9,
}


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_takes_as_many_queries_however_long_it_is(scene: Scene, count: int) -> None:
    town = scene.town
    for _number in range(count):
        scene.decide(scene.place(scene.groups[town.centrum], town.person()), "B")
    settled()
    machine = asker()
    expands = ["duties", "groupMemberships", "person", "groups", "teachers", "syllabus"]
    made = {}
    for path in QUERIES:
        with CaptureQueriesContext(connection) as caught:
            machine.get(path, expandReferenceNames="true", expand=expands)
        made[path] = len(caught)
    assert made == QUERIES


def test_the_moment_of_a_page_can_be_asked_for_again(machine: Asker) -> None:
    (first, *_rest) = machine.everything("grades", sortkey="ModifiedDesc")
    assert machine.ids("grades", **{"meta.modified.after": first["meta"]["modified"]}) == set()
