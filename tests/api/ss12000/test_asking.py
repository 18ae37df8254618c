"""Filters, order, pages and look-ups, and what real clients do with them."""

import time
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from provning.organisation.models import Provider, SchoolUnit
from provning.people.actions import enrol
from provning.people.models import Duty, Person
from provning.publishing.ids import published_id
from provning.publishing.resources import RESOURCES
from tests.api.ss12000.world import EXAM_DAY, Asker, Scene, asker, settled
from tests.builders import FIRST, PROGRAM

pytestmark = pytest.mark.django_db


def activity_of(scene: Scene, unit: UUID) -> str:
    return str(published_id("activities", scene.groups[unit].id))


def person(name: str) -> Person:
    return Person.objects.get(given_name=name)


# Filters.


def test_organisations_are_filtered_by_what_they_are_and_lie_under(
    machine: Asker, scene: Scene
) -> None:
    town = scene.town
    SchoolUnit.objects.filter(pk=town.centrum).update(code="12345678")
    every = machine.ids("organisations")
    units = set(map(str, SchoolUnit.objects.values_list("pk", flat=True)))
    providers = set(map(str, Provider.objects.values_list("pk", flat=True)))
    organiser = {str(town.organiser)}
    assert every == units | providers | organiser
    asked: list[tuple[dict[str, Any], set[str]]] = [
        ({"type": "Skolenhet"}, units),
        ({"type": ["Huvudman", "Bolag"]}, organiser | {str(town.contracted)}),
        ({"type": "Skola"}, set()),
        ({"parent": town.organiser}, providers),
        ({"schoolUnitCode": "12345678"}, {str(town.centrum)}),
        ({"schoolUnitCode": ""}, set()),
        ({"organisationCode": "x"}, set()),
        ({"municipalityCode": "9999"}, every),
        ({"municipalityCode": "0180"}, set()),
        ({"schoolTypes": "VUX"}, units),
        ({"schoolTypes": "GR"}, set()),
        ({"endDate.onOrAfter": "2030-01-01"}, every),
    ]
    assert [machine.ids("organisations", **words) for words, _ids in asked] == [
        ids for _words, ids in asked
    ]


def test_persons_are_found_by_any_part_of_their_names_in_any_case(
    machine: Asker, scene: Scene
) -> None:
    scene.town.person("Åsa", "Sjöström")
    settled()

    def found(*words: str) -> list[str]:
        rows = machine.everything("persons", nameContains=list(words))
        return sorted(each["givenName"] for each in rows)

    assert found("lv") == ["Alva", "Alva"]
    assert found("ALV", "gqv") == ["Alva", "Alva"]
    assert [found("åSA"), found("SJÖS"), found("ö", "å")] == [["Åsa"]] * 3
    assert found("Alva", "Sjöström") == []


def test_a_person_is_found_by_the_number_of_today_however_it_is_written(
    machine: Asker, scene: Scene
) -> None:
    someone = scene.town.person("Nils", "Nord")
    number = someone.numbers.get().number
    settled()
    for written in (number, f"{number[:8]}-{number[8:]}"):
        assert machine.ids("persons", civicNo=written) == {str(someone.pk)}
        looked_up = machine.post("persons/lookup", {"civicNos": [written]}).json()
        assert [each["id"] for each in looked_up] == [str(someone.pk)]
    assert machine.ids("persons", civicNo="-") == set()


@pytest.mark.parametrize(
    "word", ["eduPersonPrincipalName", "identifier.value", "identifier.context"]
)
def test_nobody_has_identifiers_that_we_do_not_hold(machine: Asker, word: str) -> None:
    assert machine.ids("persons", **{word: "x"}) == set()


def test_persons_are_filtered_by_one_relation_at_a_time(machine: Asker, scene: Scene) -> None:
    town = scene.town
    both = town.person("Rut", "Rosén")
    enrol(
        actor=PROGRAM, person_id=both.id, provider_id=town.contracted, start_date=date(2026, 9, 1)
    )
    settled()

    def found(**words: Any) -> set[str]:
        named = {f"relationship.{name.replace('_', '.')}": value for name, value in words.items()}
        return machine.ids("persons", **named)

    bo, teacher = str(person("Bo").pk), str(scene.teachers[town.centrum].pk)
    assert found(entity_type="duty", organisation=town.centrum) == {teacher}
    assert bo in found(entity_type="groupMembership", organisation=town.centrum)
    assert str(both.pk) not in found(entity_type="groupMembership")
    assert found(entity_type="placement.child") == set()
    assert found(organisation=town.centrum) == {
        teacher,
        bo,
        *(
            str(each)
            for each in scene.groups[town.centrum].placements.values_list("person", flat=True)
        ),
    }
    # The later enrolment is with the contracted provider; the earlier with the own one.
    late = {"entity_type": "enrolment", "startDate_onOrAfter": "2026-08-01"}
    assert found(**late, organisation=town.contracted) == {str(both.pk)}
    assert found(**late, organisation=town.own) == set()
    assert found(entity_type="enrolment", endDate_onOrBefore="2020-01-01") == found(
        entity_type="enrolment"
    )


def test_duties_groups_activities_and_plans_are_filtered(machine: Asker, scene: Scene) -> None:
    town = scene.town
    duty = Duty.objects.get(unit=town.centrum)
    own, other = scene.groups[town.centrum], scene.groups[town.kompaniet]
    activity = activity_of(scene, town.centrum)
    bo = person("Bo")
    plan = str(published_id("studyplans", bo.pk))
    nobody = str(uuid4())
    cases: list[tuple[str, dict[str, Any], set[str]]] = [
        ("duties", {"organisation": town.own}, {str(duty.pk)}),
        ("duties", {"person": duty.person_id}, {str(duty.pk)}),
        ("duties", {"dutyRole": "Rektor"}, set()),
        ("duties", {"startDate.onOrAfter": "2020-01-02"}, set()),
        ("groups", {"organisation": [town.centrum, town.hamnen]}, {str(own.pk)}),
        ("groups", {"organisation": town.own}, set()),
        ("groups", {"groupType": "Undervisning"}, set()),
        ("groups", {"groupType": ["Klass", "Provgrupp"]}, {str(own.pk), str(other.pk)}),
        ("groups", {"schoolTypes": "VUXGY"}, {str(own.pk), str(other.pk)}),
        ("groups", {"schoolTypes": "VUXGR"}, set()),
        ("groups", {"endDate.onOrBefore": "2026-01-01"}, set()),
        ("activities", {"organisation": town.own}, {activity}),
        ("activities", {"group": own.pk}, {activity}),
        ("activities", {"teacher": duty.pk}, {activity}),
        ("activities", {"member": bo.pk}, {activity}),
        ("activities", {"member": nobody}, set()),
        ("studyplans", {"student": [bo.pk, nobody]}, {plan}),
        ("studyplans", {"startDate.onOrAfter": EXAM_DAY + timedelta(days=1)}, set()),
        ("grades", {"organisation": nobody}, set()),
        ("grades", {"student": bo.pk}, set()),
    ]
    assert [machine.ids(path, **words) for path, words, _ids in cases] == [
        ids for _path, _words, ids in cases
    ]
    offered = machine.get("schoolUnitOfferings", organisation=town.own)["data"]
    assert [each["offeredAt"]["id"] for each in offered] == [str(town.centrum)]


def test_grades_are_filtered_by_who_and_when(machine: Asker, scene: Scene) -> None:
    town = scene.town
    teacher = scene.teachers[town.centrum].pk
    (grade,) = machine.everything("grades", gradingTeacher=teacher)
    day = date.fromisoformat(grade["registeredDate"])
    after = day + timedelta(days=1)
    assert grade["trial"] is True
    assert grade["gradeValue"] == "C"
    assert grade["organisation"] == {"id": str(town.centrum)}
    ids = {grade["id"]}
    assert machine.ids("grades", registeredBy=teacher) == ids
    assert machine.ids("grades", student=grade["student"]["id"]) == ids
    assert machine.ids("grades", organisation=town.own) == ids
    everyone = machine.ids("grades")
    assert machine.ids("grades", **{"registeredDate.onOrAfter": day}) == everyone
    assert machine.ids("grades", **{"registeredDate.onOrBefore": day}) == everyone
    assert machine.ids("grades", **{"registeredDate.onOrAfter": after}) == set()
    assert machine.ids("grades", **{"registeredDate.onOrBefore": day - timedelta(days=1)}) == set()


def test_after_excludes_its_moment_and_before_includes_it(machine: Asker) -> None:
    for grade in machine.everything("grades"):
        for name in ("created", "modified"):
            at = grade["meta"][name]
            assert grade["id"] in machine.ids("grades", **{f"meta.{name}.before": at})
            assert grade["id"] not in machine.ids("grades", **{f"meta.{name}.after": at})


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("persons", {"limit": "0"}),
        ("persons", {"limit": "-1"}),
        ("persons", {"limit": "x"}),
        ("persons", {"sortkey": "Nonsense"}),
        ("persons", {"expandReferenceNames": "kanske"}),
        ("persons", {"nameContains": "\x00"}),
        ("persons", {"relationship.entity.type": "friend"}),
        ("persons", {"meta.modified.after": "yesterday"}),
        ("persons", {"meta.modified.after": "0001-01-01T00:00:00+14:00"}),
        ("persons", {"pageToken": "x"}),
        ("duties", {"dutyRole": "Kung"}),
        ("groups", {"organisation": "x"}),
        ("grades", {"registeredDate.onOrAfter": "2026-02-30"}),
        ("grades", {"registeredDate.onOrAfter": "20260201"}),
        ("deletedEntities", {"entities": "Persons"}),
        ("placements", {"sortkey": "Nonsense"}),
        ("absences", {"type": "x"}),
        ("rooms", {"pageToken": "x"}),
    ],
)
def test_what_cannot_be_read_is_a_wrong_question(
    machine: Asker, path: str, words: dict[str, str]
) -> None:
    assert machine.status(path, **words) == 400


# Order and pages.


@pytest.mark.parametrize(
    ("path", "sortkey"),
    [(each.name, key) for each in RESOURCES for key in ("", *each.orders)],
)
def test_pages_together_are_the_list_whatever_the_order(
    machine: Asker, scene: Scene, path: str, sortkey: str
) -> None:
    scene.group(scene.town.centrum, "ENGENG06")
    settled()
    words = {"sortkey": sortkey} if sortkey else {}
    whole = machine.get(path, **words)
    assert whole["pageToken"] is None
    assert len(whole["data"]) >= 2
    assert machine.everything(path, **words, limit=1) == whole["data"]


def test_orders_are_what_they_say(machine: Asker, scene: Scene) -> None:
    for name in ("Örjan Öberg", "Zoe Zorn", "Åke Ål"):
        scene.town.person(*name.split())
    settled()

    def in_order(key: str, field: str) -> list[str]:
        rows = machine.everything("persons", sortkey=key)
        return [each[field] for each in rows if each["givenName"] in {"Örjan", "Zoe", "Åke"}]

    assert in_order("DisplayNameAsc", "familyName") == ["Zorn", "Ål", "Öberg"]
    rows = machine.everything("persons", sortkey="CivicNoDesc")
    numbers = [each["civicNo"]["value"] for each in rows]
    assert numbers == sorted(numbers, reverse=True)
    modified = [
        each["meta"]["modified"] for each in machine.get("persons", sortkey="ModifiedDesc")["data"]
    ]
    assert modified == sorted(modified, reverse=True)


def test_writes_between_pages_neither_repeat_nor_lose_what_stays(
    machine: Asker, scene: Scene
) -> None:
    before = machine.ids("persons")
    first = machine.get("persons", sortkey="DisplayNameAsc", limit=2)
    for name in ("Aaron", "Östen"):
        scene.town.person(name, "Ny")
        scene.town.person(name, "Aa")
    settled()
    rest = machine.everything("persons", pageToken=first["pageToken"], limit=2)
    ids = [each["id"] for each in first["data"] + rest]
    assert len(ids) == len(set(ids))
    assert before - set(ids) == set()


def test_the_same_filters_may_stand_beside_a_token_and_others_may_not(
    machine: Asker, scene: Scene
) -> None:
    words = {"type": "Skolenhet", "sortkey": "DisplayNameAsc", "expandReferenceNames": "true"}
    first = machine.get("organisations", **words, limit=1)
    token = first["pageToken"]
    alone = machine.get("organisations", pageToken=token, limit=1)
    beside = machine.get("organisations", pageToken=token, limit=1, **words)
    assert alone == beside
    assert alone["data"][0]["parentOrganisation"].keys() == {"id", "displayName"}
    for conflict in ({"type": "Bolag"}, {"parent": scene.town.own}, {"sortkey": "ModifiedDesc"}):
        assert machine.status("organisations", pageToken=token, **{**words, **conflict}) == 400
    assert machine.status("persons", pageToken=token) == 400


def test_a_token_needs_no_encoding_and_is_good_for_a_day(
    machine: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = machine.get("organisations", limit=1)["pageToken"]
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 24 * 3600 - 5)
    assert machine.status("organisations", pageToken=token) == 200
    monkeypatch.setattr(time, "time", lambda: now + 24 * 3600 + 5)
    assert machine.status("organisations", pageToken=token) == 410


@pytest.mark.parametrize("change", ["A", "~", "", "é"])
def test_a_token_that_has_been_changed_is_refused(machine: Asker, change: str) -> None:
    token = machine.get("organisations", limit=1)["pageToken"]
    assert machine.status("organisations", pageToken=f"{token[:5]}{change}{token[6:]}x") == 400


def test_what_clients_do_beside_the_standard_is_let_be(machine: Asker) -> None:
    plain = machine.get("persons")
    assert machine.get("persons/") == plain
    assert machine.get("persons", expand="nonsense") == plain
    assert machine.get("persons", unheard="of") == plain
    assert machine.get("persons", limit="999999999999999999999") == plain


def test_a_plus_sign_that_was_not_encoded_is_understood(machine: Asker) -> None:
    response = machine.client.get(
        "/api/ss12000/v2.0/persons?meta.modified.before=2099-01-01T00:00:00+01:00"
    )
    assert response.json()["data"] == machine.get("persons")["data"]


# What comes along.


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
CALL = 11
QUERIES = {
    "organisations": CALL + 6,
    "persons": CALL + 12,
    "duties": CALL + 8,
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
