"""Protected identities: who sees them, and what everybody else sees."""

import pytest
from django.db import transaction

from provning.audit.actions import record
from provning.audit.queries import history_of
from provning.kernel.actors import ScopeKind
from provning.kernel.problems import ConflictError, ProblemsFoundError
from provning.people.actions import enrol, register_persons, rename_person, set_protection
from provning.people.actions.registering import PersonEntry
from provning.people.models import Person
from provning.people.queries import (
    PersonRow,
    person_details,
    person_for,
    person_history,
    person_rows,
    search_persons,
)
from tests.builders import FIRST, PROGRAM, TODAY, Town, actor, recorded


def everything(row: PersonRow) -> str:
    return repr(row)


def test_a_masked_person_shows_nothing_but_the_case_number(town: Town) -> None:
    person = town.person("Hemlig", "Hemligsson", protection="Sekretessmarkering")
    row = person_for(town.admin, person.id)
    assert row == PersonRow(
        id=person.id,
        label="Skyddad identitet",
        number_display="SI-000001",
        birth_date=None,
        protected=True,
        masked=True,
        case_number="SI-000001",
        status="Aktiv",
        given_name="",
        family_name="",
        version=1,
    )


@pytest.mark.parametrize("protection", ["Sekretessmarkering", "Skyddad folkbokföring"])
def test_who_may_see_protected_identities_there_sees_them(town: Town, protection: str) -> None:
    person = town.person("Hemlig", "Hemligsson", protection=protection)
    for sees in (town.principal, town.centre, PROGRAM):
        row = person_for(sees, person.id)
        assert (row.label, row.protected, row.masked) == ("Hemligsson, Hemlig", True, False)


def test_a_principal_elsewhere_meets_a_mask(town: Town) -> None:
    person = town.person("Hemlig", "Hemligsson", protection="Sekretessmarkering")
    elsewhere = actor("principal", ScopeKind.UNIT, town.kompaniet)
    row = person_rows(elsewhere, [person.id])[person.id]
    assert (row.masked, row.label, row.number_display) == (True, "Skyddad identitet", "SI-000001")


def test_a_masked_person_is_not_found_by_name(town: Town) -> None:
    town.person("Hemlig", "Berg", protection="Sekretessmarkering")
    town.person("Alva", "Berg")
    found = search_persons(town.admin, "berg", today=TODAY)
    assert [row.label for row in found.rows] == ["Berg, Alva"]
    assert not search_persons(town.admin, "hemlig", today=TODAY).rows


@pytest.mark.parametrize("by", ["number", "case number"])
def test_a_masked_person_is_found_by_number_and_stays_masked(town: Town, by: str) -> None:
    number = next(town.numbers)
    town.person("Hemlig", "Berg", number=number, protection="Sekretessmarkering")
    text = number if by == "number" else "si-000001"
    [row] = search_persons(town.admin, text, today=TODAY).rows
    assert "Hemlig," not in everything(row)
    assert number[8:] not in everything(row)
    assert row.number_display == "SI-000001"


def test_a_case_number_out_of_scope_finds_nobody(town: Town) -> None:
    town.person("Hemlig", "Berg", at=town.contracted, protection="Sekretessmarkering")
    found = search_persons(town.admin, "SI-000001", today=TODAY)
    assert (found.rows, found.never_enrolled) == ([], False)


def test_protected_persons_come_last_for_who_sees_them(town: Town) -> None:
    town.person("Alva", "Aronsson", protection="Sekretessmarkering")
    town.person("Alva", "Ödman")
    found = search_persons(town.principal, "alva", today=TODAY)
    assert [row.label for row in found.rows] == ["Ödman, Alva", "Aronsson, Alva"]


def test_details_of_a_masked_person_have_no_number_mail_or_enrolment(town: Town) -> None:
    person = town.person("Hemlig", "Berg", protection="Sekretessmarkering")
    details = person_details(town.admin, person.id)
    assert (details.numbers, details.email, details.enrolments) == ((), "", ())


def test_history_of_a_masked_person_hides_names_and_numbers(town: Town) -> None:
    number = next(town.numbers)
    person = town.person("Hemlig", "Berg", number=number)
    rename_person(actor=PROGRAM, person_id=person.id, given_name="Dold", expected_version=1)
    set_protection(
        actor=PROGRAM,
        person_id=person.id,
        protection="Sekretessmarkering",
        expected_version=2,
        today=TODAY,
    )
    shown = repr(person_history(town.admin, person.id))
    assert [text for text in ("Hemlig", "Dold", "Berg", number) if text in shown] == []
    in_clear = repr(person_history(town.principal, person.id))
    assert [text for text in ("Hemlig", "Dold", "Berg", number) if text not in in_clear] == []


def test_history_tells_neither_of_other_providers_nor_of_placements(town: Town) -> None:
    person = town.person()
    enrol(actor=PROGRAM, person_id=person.id, provider_id=town.contracted, start_date=FIRST)
    with transaction.atomic():
        subjects = [("person", person.id)]
        record("grades_decided", actor=PROGRAM, subjects=subjects, after={"group": "PRÖ:KK26HT3B"})
    told = [(row.name, row.after.get("provider")) for row in person_history(town.admin, person.id)]
    assert told == [("person_enrolled", str(town.own)), ("person_registered", None)]


def test_a_case_number_is_given_once_and_kept(town: Town) -> None:
    first = town.person(protection="Sekretessmarkering")
    second = town.person()
    version = 1
    for protection in ("Skyddad folkbokföring", "Ingen", "Sekretessmarkering"):
        set_protection(
            actor=PROGRAM,
            person_id=second.id,
            protection=protection,
            expected_version=version,
            today=TODAY,
        )
        version += 1
    numbers = Person.objects.filter(pk__in=[first.id, second.id])
    assert set(numbers.values_list("pk", "case_number")) == {
        (first.id, "SI-000001"),
        (second.id, "SI-000002"),
    }


def test_protected_persons_of_one_list_get_a_case_number_each(town: Town) -> None:
    entries = [
        PersonEntry(next(town.numbers), "Kim", "Ek", protection=protection)
        for protection in ("Sekretessmarkering", "Ingen", "Skyddad folkbokföring")
    ]
    persons = register_persons(actor=PROGRAM, entries=entries, today=TODAY)
    assert [person.case_number for person in persons] == ["SI-000001", None, "SI-000002"]


def test_the_same_protection_again_changes_nothing(town: Town) -> None:
    person = town.person(protection="Sekretessmarkering")
    with recorded() as events:
        set_protection(
            actor=PROGRAM,
            person_id=person.id,
            protection="Sekretessmarkering",
            expected_version=1,
            today=TODAY,
        )
    assert events == []
    assert Person.objects.get(pk=person.id).version == 1


def test_an_unknown_protection_is_refused(town: Town) -> None:
    person = town.person()
    with pytest.raises(ProblemsFoundError) as refusal:
        set_protection(
            actor=PROGRAM,
            person_id=person.id,
            protection="Kanske",
            expected_version=1,
            today=TODAY,
        )
    assert [problem.code for problem in refusal.value.problems] == ["protection-unknown"]


def test_a_conflict_says_who_when_and_what(town: Town) -> None:
    person = town.person()
    rename_person(actor=town.centre, person_id=person.id, given_name="Kaj", expected_version=1)
    with pytest.raises(ConflictError) as conflict:
        rename_person(actor=PROGRAM, person_id=person.id, given_name="Kai", expected_version=1)
    [problem] = conflict.value.problems
    assert problem.code == "changed-meanwhile"
    assert problem.params["who"] == "Vuxenutbildningscentrum"
    assert problem.params["what"] == "Personens namn ändrades"
    assert str(history_of("person", person.id)[0].recorded_at.year) in str(problem.params["when"])
