"""Who finds whom: a provider never meets another provider's persons."""

from uuid import uuid4

import pytest

from provning.kernel.actors import Actor, Permission, ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError
from provning.people.actions import enrol, rename_person
from provning.people.queries import person_details, person_for, search_persons
from provning.people.queries.persons import persons_in_scope
from tests.builders import FIRST, PROGRAM, TODAY, Town, actor


def names(who: Actor, text: str, town: Town | None = None) -> list[str]:
    unit_id = town.centrum if town else None
    return [row.label for row in search_persons(who, text, unit_id=unit_id, today=TODAY).rows]


def test_a_provider_finds_its_own_persons_and_not_the_others(town: Town) -> None:
    town.person("Alva", "Berg")
    town.person("Alma", "Berg", at=town.contracted)
    assert names(town.admin, "berg") == ["Berg, Alva"]
    assert names(town.other_admin, "berg") == ["Berg, Alma"]


def test_a_right_in_a_unit_reaches_the_units_provider(town: Town) -> None:
    town.person("Alva", "Berg")
    town.person("Alma", "Berg", at=town.contracted)
    at_hamnen = actor("internal_provider", ScopeKind.UNIT, town.hamnen)
    assert names(at_hamnen, "berg") == ["Berg, Alva"]


def test_the_adult_education_centre_finds_everybody_it_registers(town: Town) -> None:
    town.person("Alva", "Berg")
    town.person("Alma", "Berg", at=town.contracted)
    town.stranger("Alf", "Berg")
    town.teacher("Alice")
    assert names(town.centre, "al") == ["Berg, Alf", "Berg, Alma", "Berg, Alva"]


def test_another_organisers_centre_finds_nobody_who_is_enrolled_here(town: Town) -> None:
    town.person("Alva", "Berg")
    elsewhere = actor("adult_education_centre", ScopeKind.ORGANISER, uuid4())
    assert names(elsewhere, "berg") == []


def test_a_grading_teacher_and_a_system_administrator_search_nobody(town: Town) -> None:
    town.person("Alva", "Berg")
    teacher = actor("grading_teacher", ScopeKind.OWN_GROUPS, town.centrum)
    assert names(teacher, "berg") == []
    assert names(town.administrator, "berg") == []


def test_a_number_out_of_scope_answers_as_one_that_does_not_exist(town: Town) -> None:
    theirs = next(town.numbers)
    nobodys = next(town.numbers)
    town.person("Alma", "Berg", at=town.contracted, number=theirs, protection="Sekretessmarkering")
    answers = [search_persons(town.admin, text, today=TODAY) for text in (theirs, nobodys)]
    assert [answer.never_enrolled for answer in answers] == [True, True]
    assert [answer.number_display[8:9] for answer in answers] == ["-", "-"]
    assert [(answer.rows, answer.problems, answer.more) for answer in answers] == [
        ([], [], False),
        ([], [], False),
    ]


def test_a_unit_narrows_to_its_provider_without_telling_of_others(town: Town) -> None:
    town.person("Alva", "Berg")
    town.person("Alma", "Berg", at=town.contracted)
    shared = town.person("Alf", "Berg")
    enrol(actor=PROGRAM, person_id=shared.id, provider_id=town.contracted, start_date=FIRST)
    assert names(town.centre, "berg", town) == ["Berg, Alf", "Berg, Alva"]
    assert names(town.other_admin, "berg") == ["Berg, Alf", "Berg, Alma"]
    assert names(town.other_admin, "berg", town) == []


def test_a_person_out_of_scope_is_as_if_missing(town: Town) -> None:
    theirs = town.person("Alma", "Berg", at=town.contracted)
    for person_id in (theirs.id, uuid4()):
        with pytest.raises(NotFoundError):
            person_for(town.admin, person_id)
        with pytest.raises(NotFoundError):
            person_details(town.admin, person_id)


def test_details_tell_only_of_enrolments_in_scope(town: Town) -> None:
    person = town.person("Alva", "Berg")
    shared = [("Vuxenutbildning Sjöstad", FIRST)]
    enrol(actor=PROGRAM, person_id=person.id, provider_id=town.contracted, start_date=FIRST)
    enrolments = person_details(town.admin, person.id).enrolments
    assert [(each.provider_name, each.start_date) for each in enrolments] == shared
    both = {each.provider_name for each in person_details(town.centre, person.id).enrolments}
    assert both == {"Vuxenutbildning Sjöstad", "Kunskapskompaniet AB"}


def test_the_centre_of_another_organiser_may_not_rename_a_person(town: Town) -> None:
    person = town.person()
    elsewhere = actor("adult_education_centre", ScopeKind.ORGANISER, uuid4())
    with pytest.raises(NotFoundError):
        rename_person(actor=elsewhere, person_id=person.id, given_name="X", expected_version=1)


def test_a_provider_may_not_rename_its_persons(town: Town) -> None:
    person = town.person()
    with pytest.raises(NotAllowedError):
        rename_person(actor=town.admin, person_id=person.id, given_name="X", expected_version=1)


def test_no_grant_reaches_nobody(town: Town) -> None:
    town.person()
    town.stranger()
    nobody = Actor("x", "Ingen")
    assert not persons_in_scope(nobody, Permission.VIEW_PERSONS).exists()
    assert persons_in_scope(PROGRAM, Permission.VIEW_PERSONS).count() == 2
