"""Adding persons: one or a list, whole or not at all, by the same rules."""

from datetime import date, timedelta
from typing import Any

import pytest

from provning.audit.queries import history_of
from provning.kernel.actors import Actor
from provning.kernel.problems import ConflictError, NotAllowedError, ProblemsFoundError
from provning.people import rules
from provning.people.actions import (
    PersonEntry,
    Revision,
    change_number,
    end_duty,
    enrol,
    enrol_many,
    register_person,
    register_persons,
    rename_person,
    revise_persons,
    set_protection,
)
from provning.people.actions import set_status as set_person_status
from provning.people.models import Duty, NameWord, Person
from provning.people.queries import person_for, search_persons, staff_by_number
from tests.builders import PROGRAM, TODAY, Town, recorded


def codes(refusal: pytest.ExceptionInfo[ProblemsFoundError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in refusal.value.problems]


def test_the_centre_registers_a_person_with_one_event_of_before_and_after(town: Town) -> None:
    number = next(town.numbers)
    with recorded() as events:
        person = register_person(
            actor=town.centre,
            identity_number=f"{number[2:8]}-{number[8:]}",
            given_name="  Anna   Karin ",
            family_name="Öst",
            today=TODAY,
        )
    assert events == ["person_registered"]
    [event] = history_of("person", person.id)
    assert (event.actor_name, event.after) == (
        "Vuxenutbildningscentrum",
        {
            "number": number,
            "given_name": "Anna Karin",
            "family_name": "Öst",
            "protection": "Ingen",
            "email": "",
        },
    )


def test_only_who_registers_persons_may(town: Town) -> None:
    for who in (town.admin, town.principal, town.administrator, Actor("x", "Ingen")):
        with pytest.raises(NotAllowedError):
            register_person(
                actor=who, identity_number=next(town.numbers), given_name="Kim", today=TODAY
            )
    assert Person.objects.count() == 0


def test_without_the_right_nothing_is_done_to_anybody(town: Town) -> None:
    """Also with an empty list, and to whom the actor could not find either."""
    person = town.person()
    seen: dict[str, Any] = {"actor": Actor("x", "Ingen"), "person_id": person.id}
    seen["expected_version"] = 1
    who, number = seen["actor"], next(town.numbers)
    duty = Duty.objects.create(person=person, unit_id=town.centrum, role="Lärare", start_date=TODAY)
    acts: list[Any] = [
        lambda: register_persons(actor=who, entries=[], today=TODAY),
        lambda: revise_persons(actor=who, revisions=[], today=TODAY),
        lambda: rename_person(**seen, given_name="X"),
        lambda: set_person_status(**seen, status="Avliden", status_on=TODAY, today=TODAY),
        lambda: set_protection(**seen, protection="Skyddad folkbokföring", today=TODAY),
        lambda: change_number(**seen, identity_number=number, today=TODAY),
        lambda: enrol(
            actor=who, person_id=person.id, provider_id=town.contracted, start_date=TODAY
        ),
        lambda: enrol_many(actor=who, entries=[]),
        lambda: end_duty(actor=who, duty_id=duty.pk, last_day=TODAY),
        lambda: staff_by_number(who, number, TODAY),
    ]
    with recorded() as events:
        for act in acts:
            with pytest.raises(NotAllowedError):
                act()
    assert events == []


@pytest.mark.django_db
def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(ProblemsFoundError) as refusal, recorded() as events:
        register_person(
            actor=PROGRAM,
            identity_number="1990",
            given_name=" ",
            protection="Hemlig",
            email="kim",
            today=TODAY,
        )
    assert codes(refusal) == [
        ("identity-length", "identity_number"),
        ("person-name-empty", "given_name"),
        ("protection-unknown", "protection"),
        ("person-mail", "email"),
    ]
    assert events == []


@pytest.mark.parametrize(("given", "family"), [("Madonna", ""), ("", "Suharto")])
def test_one_name_is_enough(town: Town, given: str, family: str) -> None:
    person = town.person(given, family)
    assert person_for(town.admin, person.id).label == given + family


def test_a_name_is_never_cut(town: Town) -> None:
    with pytest.raises(ProblemsFoundError) as refusal:
        town.person("Å" * 121, "Berg")
    assert codes(refusal) == [("person-name-long", "given_name")]


def test_a_control_character_is_no_letter() -> None:
    assert [problem.code for problem in rules.name_problems("Al\x00va", "Berg")] == [
        "person-name-sign"
    ]


def test_a_list_is_stored_with_one_event_naming_everybody(town: Town) -> None:
    entries = [PersonEntry(next(town.numbers), "Kim", f"Ek{letter}") for letter in "abc"]
    with recorded() as events:
        persons = register_persons(actor=PROGRAM, entries=entries, today=TODAY)
    assert events == ["persons_registered"]
    for person in persons:
        [event] = history_of("person", person.id)
        assert (event.name, event.after["count"]) == ("persons_registered", 3)
        assert str(person.id) in str(event.after["persons"])


def test_a_list_with_one_fault_stores_nobody_and_names_the_rows(town: Town) -> None:
    known, twice = next(town.numbers), next(town.numbers)
    town.person(number=known)
    entries = [
        PersonEntry(twice, "Alva"),
        PersonEntry(known, "Bo"),
        PersonEntry("199001012386", "Cia"),
        PersonEntry(twice, ""),
    ]
    with pytest.raises(ProblemsFoundError) as refusal:
        register_persons(actor=PROGRAM, entries=entries, today=TODAY)
    assert codes(refusal) == [
        ("person-number-taken", "row-2"),
        ("identity-checksum", "row-3"),
        ("person-name-empty", "row-4"),
        ("person-number-twice", "row-4"),
    ]
    assert Person.objects.count() == 1


def test_a_list_changes_nobody_who_has_changed_since_and_finds_the_new_names(town: Town) -> None:
    alva, bo = town.person("Alva", "Berg"), town.person("Bo", "Berg")
    stale = [Revision(alva.id, 1, family_name="Dahl"), Revision(bo.id, 2, family_name="Dahl")]
    with pytest.raises(ConflictError) as refusal, recorded() as events:
        revise_persons(actor=PROGRAM, revisions=stale, today=TODAY)
    assert (codes(refusal), events) == ([("changed-meanwhile", "row-2")], [])
    revise_persons(actor=PROGRAM, revisions=stale[:1], today=TODAY)
    found = [search_persons(town.admin, each, today=TODAY).rows for each in ("dahl", "berg")]
    assert [[row.label for row in rows] for rows in found] == [["Dahl, Alva"], ["Berg, Bo"]]


@pytest.mark.django_db
def test_an_empty_list_is_nothing() -> None:
    with recorded() as events:
        assert register_persons(actor=PROGRAM, entries=[], today=TODAY) == []
    assert events == []


def test_a_new_name_finds_the_person_and_the_old_one_does_not(town: Town) -> None:
    person = town.person("Alva", "Berg")
    with recorded() as events:
        rename_person(
            actor=town.centre,
            person_id=person.id,
            given_name="Alva",
            family_name="Dahl",
            expected_version=1,
        )
    assert events == ["person_renamed"]
    assert [row.label for row in search_persons(town.admin, "alva dahl", today=TODAY).rows] == [
        "Dahl, Alva"
    ]
    assert search_persons(town.admin, "berg", today=TODAY).rows == []
    assert person_for(town.admin, person.id).version == 2


def test_the_same_name_changes_nothing_and_none_at_all_is_refused(town: Town) -> None:
    person = town.person("Alva", "Berg")
    with recorded() as events:
        rename_person(
            actor=PROGRAM,
            person_id=person.id,
            given_name="Alva ",
            family_name="Berg",
            expected_version=1,
        )
    assert events == []
    with pytest.raises(ProblemsFoundError) as refusal:
        rename_person(actor=PROGRAM, person_id=person.id, given_name=" ", expected_version=1)
    assert codes(refusal) == [("person-name-empty", "given_name")]


def test_a_status_is_set_once_and_only_to_a_known_one(town: Town) -> None:
    person = town.person()
    with recorded() as events:
        for expected in (1, 2):
            set_person_status(
                actor=PROGRAM,
                person_id=person.id,
                status="Avliden",
                status_on=TODAY,
                today=TODAY,
                expected_version=expected,
            )
    assert events == ["person_status_set"]
    with pytest.raises(ProblemsFoundError) as refusal:
        set_person_status(
            actor=PROGRAM, person_id=person.id, status="Borta", today=TODAY, expected_version=2
        )
    assert codes(refusal) == [("person-status-unknown", "status")]


def test_the_longest_keys_fit_the_index(town: Town) -> None:
    person = town.person("界" * 120, "𒀀" * 120)
    lengths = [len(word.key) for word in NameWord.objects.filter(person=person)]
    assert (len(person.sort_key), lengths) == (1000, [240, 240])


@pytest.mark.parametrize(
    ("status_on", "code"),
    [
        (None, "person-status-day-missing"),
        (TODAY + timedelta(days=1), "person-status-day-future"),
        (date(1800, 1, 1), "person-status-day-birth"),
    ],
)
def test_a_day_that_cannot_be_is_refused(town: Town, status_on: date | None, code: str) -> None:
    person = town.person()
    with pytest.raises(ProblemsFoundError) as refusal:
        set_person_status(
            actor=PROGRAM,
            person_id=person.id,
            status="Avliden",
            status_on=status_on,
            expected_version=1,
            today=TODAY,
        )
    assert codes(refusal) == [(code, "status_on")]


def test_the_day_goes_with_the_status_also_when_a_list_changes_it(town: Town) -> None:
    person = town.person()
    facts: dict[str, Any] = {"actor": PROGRAM, "person_id": person.id, "today": TODAY}
    set_person_status(**facts, status="Utvandrad", status_on=TODAY, expected_version=1)
    assert person_for(town.admin, person.id).status_on == TODAY
    revision = Revision(person.id, expected_version=2, status="Avliden")
    with pytest.raises(ProblemsFoundError) as refusal:
        revise_persons(actor=PROGRAM, revisions=[revision], today=TODAY)
    assert codes(refusal) == [("person-status-day-missing", "row-1")]
    later = Revision(person.id, 2, status="Avliden", status_on=TODAY)
    revise_persons(actor=PROGRAM, revisions=[later], today=TODAY)
    back = Revision(person.id, 3, status="Aktiv")
    row = person_for(town.admin, person.id)
    revise_persons(actor=PROGRAM, revisions=[back], today=TODAY)
    active = person_for(town.admin, person.id)
    assert (row.status, row.status_on, active.status_on) == ("Avliden", TODAY, None)
