"""Every answer keeps to the official description."""

from typing import Any
from urllib.parse import urlencode

import pytest
from pytest_django import DjangoDbBlocker

from tests.api.ss12000.contract import check
from tests.api.ss12000.world import BASE, Asker, Scene, protected_everywhere, settled

pytestmark = pytest.mark.django_db
LISTS = (
    "organisations",
    "persons",
    "placements",
    "duties",
    "groups",
    "programmes",
    "studyplans",
    "syllabuses",
    "schoolUnitOfferings",
    "activities",
    "calendarEvents",
    "attendances",
    "attendanceEvents",
    "attendanceSchedule",
    "grades",
    "absences",
    "aggregatedAttendance",
    "resources",
    "rooms",
)
HELD = (
    "organisations",
    "persons",
    "duties",
    "groups",
    "studyplans",
    "syllabuses",
    "activities",
    "grades",
)
EXPANDS: dict[str, tuple[str, ...]] = {
    "persons": ("duties", "responsibleFor", "placements", "ownedPlacements", "groupMemberships"),
    "duties": ("person",),
    "groups": ("assignmentRoles",),
    "activities": ("groups", "teachers", "syllabus"),
}
SUBSCRIPTION = {
    "name": "Nya",
    "target": "https://example.com/ss12000",
    "resourceTypes": [{"resource": "Grade"}, {"resource": "Person"}],
}


@pytest.fixture(scope="module")
def scene(scene: Scene, django_db_blocker: DjangoDbBlocker) -> Scene:
    """Have a protected person among the rest."""
    with django_db_blocker.unblock():
        protected_everywhere(scene)
        settled()
    return scene


def ask(machine: Asker, path: str, **words: Any) -> Any:
    """Ask, hold the answer against the description, and return it."""
    query = urlencode(words, doseq=True)
    response = machine.client.get(f"{BASE}/{path}?{query}")
    check(response, "get", path)
    assert response.status_code == 200
    return response.json()


@pytest.mark.parametrize("names", ["false", "true"])
@pytest.mark.parametrize("path", LISTS)
def test_a_list_keeps_to_the_description(machine: Asker, path: str, names: str) -> None:
    found = ask(machine, path, expandReferenceNames=names, expand=EXPANDS.get(path, ()))
    assert bool(found["data"]) == (path in (*HELD, "schoolUnitOfferings"))


@pytest.mark.parametrize("path", HELD)
def test_each_thing_keeps_to_the_description_and_is_the_same_as_in_the_list(
    machine: Asker, path: str
) -> None:
    words = {"expandReferenceNames": "true", "expand": EXPANDS.get(path, ())}
    listed = ask(machine, path, **words)["data"]
    alone = [ask(machine, f"{path}/{each['id']}", **words) for each in listed]
    assert alone == listed


@pytest.mark.parametrize("path", [each for each in HELD if each != "studyplans"])
def test_a_lookup_keeps_to_the_description_and_finds_the_same(machine: Asker, path: str) -> None:
    listed = ask(machine, path)["data"]
    response = machine.post(f"{path}/lookup", {"ids": [each["id"] for each in listed]})
    check(response, "post", f"{path}/lookup")
    assert response.json() == listed


@pytest.mark.parametrize("path", [each for each in LISTS if each != "aggregatedAttendance"])
def test_what_does_not_exist_and_what_is_no_id_are_told_apart(machine: Asker, path: str) -> None:
    missing = machine.client.get(f"{BASE}/{path}/64f85de7-566b-473c-9d09-d90d3a9ffade")
    wrong = machine.client.get(f"{BASE}/{path}/x")
    assert (missing.status_code, missing.content, wrong.status_code) == (404, b"", 400)
    check(wrong, "get", f"{path}/x")


def test_subscriptions_keep_to_the_description(machine: Asker) -> None:
    made = machine.post("subscriptions", SUBSCRIPTION)
    check(made, "post", "subscriptions")
    key = made.json()["id"]
    for method in ("get", "patch"):
        response = getattr(machine.client, method)(f"{BASE}/subscriptions/{key}")
        check(response, method, f"subscriptions/{key}")
        assert response.status_code == 200
    check(machine.client.get(f"{BASE}/subscriptions"), "get", "subscriptions")
    gone = machine.client.delete(f"{BASE}/subscriptions/{key}")
    assert (made.status_code, gone.status_code, gone.content) == (201, 204, b"")


def test_deleted_entities_keep_to_the_description(machine: Asker) -> None:
    assert ask(machine, "deletedEntities") == {"data": {}, "pageToken": None}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("log", {"message": "Okänd kurs", "severityLevel": "Warning", "resourceType": "Syllabus"}),
        (
            "statistics",
            {"resourceType": "Grade", "newCount": 0, "updatedCount": 3, "deletedCount": 0},
        ),
    ],
)
@pytest.mark.parametrize("slash", ["", "/"])
def test_reports_are_taken_with_and_without_the_slash(
    machine: Asker, path: str, body: dict[str, Any], slash: str
) -> None:
    assert machine.post(f"{path}{slash}", body).status_code == 201
    refused = machine.post(f"{path}{slash}", {})
    assert refused.status_code == 400
    check(refused, "post", f"{path}/")
