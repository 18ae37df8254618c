"""A duty by number: to who is known, or to somebody who is registered in the same act."""

from uuid import uuid4

import pytest

from provning.kernel.actors import Actor, ScopeKind
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.people.actions import Employment, employ, end_duty
from provning.people.models import Duty, Person, PersonNumber
from tests.applications.requests import elsewhere
from tests.builders import FIRST, PROGRAM, TODAY, Town, actor, recorded

pytestmark = pytest.mark.django_db


def give(
    town: Town,
    number: str,
    given: str = "Lena",
    family: str = "Ek",
    who: Actor | None = None,
    **duty: object,
) -> Duty:
    facts = {"unit_id": town.centrum, "role": "Lärare", "start_date": TODAY, **duty}
    return employ(
        actor=who or town.administrator,
        identity_number=number,
        given_name=given,
        family_name=family,
        duty=Employment(**facts),  # type: ignore[arg-type] # a test's own words
        today=TODAY,
    )


def number_of(person: Person) -> str:
    return PersonNumber.objects.get(person=person).number


def codes(refusal: pytest.ExceptionInfo[ProblemsFoundError]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def test_a_new_person_is_registered_with_the_duty_and_once(town: Town) -> None:
    number = next(town.numbers)
    with recorded() as events:
        first = give(town, number, subjects="MAT  ENG", registered_teacher=True)
        again = give(town, number, subjects="MAT ENG", registered_teacher=True)
    assert events == ["person_registered", "duty_given"]
    assert (first, first.subjects) == (again, "MAT ENG")
    assert Person.objects.get().family_name == "Ek"


def test_who_is_in_the_register_gets_the_duty_and_keeps_the_name(town: Town) -> None:
    person = town.person("Lena Maria", "Ek")
    with recorded() as events:
        give(town, number_of(person), "lena", "Svensson")
    assert events == ["duty_given"]
    assert Duty.objects.get().person == person
    assert Person.objects.get().given_name == "Lena Maria"


def test_a_number_with_another_name_gets_no_duty_and_all_are_told_alike(town: Town) -> None:
    """Near and far, student, staff and protected: whose the number is cannot be told."""
    near, far = town.person("Hemlig", "Ek", at=town.own), town.person("Hemlig", at=elsewhere())
    staff, hidden = town.teacher("Hemlig"), town.person("Hemlig", protection="Sekretessmarkering")
    owners = (near, far, staff, hidden, town.stranger("Hemlig"))
    administrator = actor("system_administrator", ScopeKind.ORGANISER, town.organiser)
    told = set()
    for each in owners:
        with pytest.raises(ProblemsFoundError) as refusal:
            give(town, number_of(each), "Lena", "Lund", who=administrator)
        told.add((tuple(codes(refusal)), str(refusal.value), refusal.value.problems[0].message))
    [(found, text, message)] = told
    assert (found, Duty.objects.exclude(person=staff).count()) == (("staff-other-name",), 0)
    leaks = ("Hemlig", "Ek", "Wallgren", "SI-0", "registret", *map(number_of, owners))
    assert [word for word in leaks if word in text + message] == []


def test_everything_wrong_is_said_at_once_and_nobody_is_registered(town: Town) -> None:
    with pytest.raises(ProblemsFoundError) as refusal:
        give(town, "18900101-0000", "", "", role="Vikarie", end_date=FIRST)
    assert codes(refusal) == [
        "identity-checksum",
        "person-name-empty",
        "duty-dates",
        "duty-role-unknown",
    ]
    assert Person.objects.count() == 0


def test_only_who_keeps_the_unit_registers_its_staff(town: Town) -> None:
    elsewhere = actor("system_administrator", ScopeKind.ORGANISER, uuid4())
    duty = Employment(town.centrum, "Lärare", TODAY)
    for who, refusal in ((town.centre, NotAllowedError), (elsewhere, NotFoundError)):
        with pytest.raises(refusal):
            employ(
                actor=who,
                identity_number=next(town.numbers),
                given_name="Lena",
                family_name="Ek",
                duty=duty,
                today=TODAY,
            )
    assert Person.objects.count() == 0


def test_a_last_day_that_somebody_else_has_set_is_not_written_over(town: Town) -> None:
    town.teacher()
    duty = Duty.objects.get()
    end_duty(actor=PROGRAM, duty_id=duty.id, last_day=TODAY, seen=(None,))
    with pytest.raises(ConflictError):
        end_duty(actor=PROGRAM, duty_id=duty.id, last_day=FIRST, seen=(None,))
    duty.refresh_from_db()
    assert duty.end_date == TODAY
