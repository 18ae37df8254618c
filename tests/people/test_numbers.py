"""Numbers over time: the old one still finds the person, who is shown with the new."""

from datetime import date, timedelta

import pytest

from provning.kernel.problems import ConflictError, ProblemsFoundError
from provning.people.actions import change_number, register_person
from provning.people.models import PersonNumber
from provning.people.queries import (
    person_by_number,
    person_details,
    person_for,
    person_number_on,
    search_persons,
)
from tests.builders import PROGRAM, TODAY, Town, recorded

NEXT_YEAR = date(2027, 3, 1)
TEMPORARY = "20010203TF10"


def test_a_temporary_number_gives_way_to_a_real_one_and_both_find_the_person(town: Town) -> None:
    real = next(town.numbers)
    person = town.person("Alva", "Berg", number=TEMPORARY)
    with recorded() as events:
        change_number(
            actor=town.centre,
            person_id=person.id,
            identity_number=real,
            expected_version=1,
            today=NEXT_YEAR,
        )
    assert events == ["number_changed"]
    for text in (TEMPORARY, real):
        [row] = search_persons(town.admin, text, today=NEXT_YEAR).rows
        assert row.number_display == f"{real[:8]}-{real[8:]}"
    assert person_by_number(TEMPORARY) == person_by_number(real) == person.id


def test_the_number_on_a_day_is_the_one_in_use_then(town: Town) -> None:
    real = next(town.numbers)
    person = town.person(number=TEMPORARY)
    change_number(
        actor=PROGRAM,
        person_id=person.id,
        identity_number=real,
        expected_version=1,
        today=NEXT_YEAR,
    )
    days = (date(2019, 1, 1), TODAY, NEXT_YEAR - timedelta(days=1), NEXT_YEAR, date(2030, 1, 1))
    on = [person_number_on([person.id], day)[person.id] for day in days]
    assert on == [TEMPORARY, TEMPORARY, TEMPORARY, real, real]
    periods = person_details(town.admin, person.id).numbers
    assert [(each.display[:8], each.valid_from, each.valid_to) for each in periods] == [
        (real[:8], NEXT_YEAR, None),
        (TEMPORARY[:8], TODAY, NEXT_YEAR - timedelta(days=1)),
    ]


def test_a_number_changed_on_its_first_day_shows_the_new_one(town: Town) -> None:
    old, new = next(town.numbers), next(town.numbers)
    person = town.person(number=old)
    change_number(
        actor=PROGRAM, person_id=person.id, identity_number=new, expected_version=1, today=TODAY
    )
    assert person_number_on([person.id], TODAY) == {person.id: new}
    assert person_for(town.admin, person.id).number_display[:8] == new[:8]


@pytest.mark.parametrize("whose", ["current", "earlier"])
def test_anothers_number_is_refused_also_when_it_is_an_old_one(town: Town, whose: str) -> None:
    taken, later, mine = next(town.numbers), next(town.numbers), next(town.numbers)
    other = town.person(number=taken)
    if whose == "earlier":
        change_number(
            actor=PROGRAM,
            person_id=other.id,
            identity_number=later,
            expected_version=1,
            today=TODAY,
        )
    person = town.person(number=mine)
    with pytest.raises(ProblemsFoundError) as refusal:
        change_number(
            actor=PROGRAM,
            person_id=person.id,
            identity_number=taken,
            expected_version=1,
            today=TODAY,
        )
    assert [problem.code for problem in refusal.value.problems] == ["person-number-taken"]
    with pytest.raises(ProblemsFoundError):
        register_person(actor=PROGRAM, identity_number=taken, given_name="Ny", today=TODAY)


def test_a_mistaken_number_is_free_for_its_owner(town: Town) -> None:
    mistyped, right = next(town.numbers), next(town.numbers)
    person = town.person("Alva", "Berg", number=mistyped)
    change_number(
        actor=PROGRAM,
        person_id=person.id,
        identity_number=right,
        mistaken=True,
        expected_version=1,
        today=TODAY,
    )
    owner = town.person("Bo", "Ceder", number=mistyped)
    assert (person_by_number(mistyped), person_by_number(right)) == (owner.id, person.id)


def test_the_number_one_has_changes_nothing(town: Town) -> None:
    number = next(town.numbers)
    person = town.person(number=number)
    with recorded() as events:
        change_number(
            actor=PROGRAM,
            person_id=person.id,
            identity_number=f"{number[:8]}-{number[8:]}",
            expected_version=1,
            today=NEXT_YEAR,
        )
    assert events == []
    assert PersonNumber.objects.filter(person=person, valid_to__isnull=True).count() == 1


def test_two_who_change_at_once_get_a_conflict(town: Town) -> None:
    person = town.person()
    first, second = next(town.numbers), next(town.numbers)
    change_number(
        actor=PROGRAM, person_id=person.id, identity_number=first, expected_version=1, today=TODAY
    )
    with pytest.raises(ConflictError):
        change_number(
            actor=PROGRAM,
            person_id=person.id,
            identity_number=second,
            expected_version=1,
            today=TODAY,
        )
    assert person_by_number(second) is None


def test_a_wrong_number_is_refused_with_the_kernels_reason(town: Town) -> None:
    person = town.person()
    with pytest.raises(ProblemsFoundError) as refusal:
        change_number(
            actor=PROGRAM,
            person_id=person.id,
            identity_number="199001012386",
            expected_version=1,
            today=TODAY,
        )
    assert [problem.code for problem in refusal.value.problems] == ["identity-checksum"]
