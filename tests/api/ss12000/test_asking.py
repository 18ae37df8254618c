"""Filters, order, pages and look-ups, and what real clients do with them."""

import time
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from provning.organisation.models import Provider, SchoolUnit
from provning.people.actions import enrol
from provning.people.models import Duty, Person
from provning.publishing.ids import published_id
from provning.publishing.resources import RESOURCES
from tests.api.ss12000.world import EXAM_DAY, Asker, Scene, settled
from tests.builders import PROGRAM

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
