"""Somebody else writes between the rules and the write: the database refuses, readably.

The rival's row is written just before the action's own, when its rules have already passed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db.models import Model
from django.db.models.signals import pre_save

from provning.accounts.actions import assign_role
from provning.accounts.models import RoleAssignment
from provning.kernel.actors import Scope, ScopeKind
from provning.kernel.problems import ConflictError
from provning.organisation.actions import set_term_calendar
from provning.organisation.models import TermCalendar
from provning.people.actions import change_number, give_duty, set_protection
from provning.people.models import Duty, Person, PersonNumber
from tests.builders import FIRST, HT26, HT26_DAYS, PROGRAM, TODAY, Town, account, recorded


@contextmanager
def rival(model: type[Model], write: Callable[[], object]) -> Iterator[None]:
    """Let a rival write once, just before the first row of the model is saved."""

    def first(**_signal: object) -> None:
        pre_save.disconnect(first, sender=model)
        write()

    pre_save.connect(first, sender=model, weak=False)
    yield


def refusal(act: Callable[[], object]) -> list[str]:
    with recorded() as events, pytest.raises(ConflictError) as conflict:
        act()
    assert events == []
    return [problem.code for problem in conflict.value.problems]


def test_two_protected_persons_never_share_a_case_number(town: Town) -> None:
    person, other = town.person(), town.person()

    def protect() -> None:
        set_protection(
            actor=PROGRAM,
            person_id=person.id,
            protection="Sekretessmarkering",
            expected_version=1,
            today=TODAY,
        )

    others = Person.objects.filter(pk=other.id)
    with rival(Person, lambda: others.update(case_number="SI-000001")):
        assert refusal(protect) == ["case-number-raced"]
    assert Person.objects.get(pk=person.id).protection == "Ingen"


def test_a_number_given_to_somebody_else_in_the_same_moment(town: Town) -> None:
    person, other, number = town.person(), town.person(), next(town.numbers)

    def change() -> None:
        change_number(
            actor=PROGRAM,
            person_id=person.id,
            identity_number=number,
            mistaken=True,
            expected_version=1,
            today=TODAY,
        )

    others = PersonNumber.objects.filter(person=other)
    with rival(PersonNumber, lambda: others.update(number=number)):
        assert refusal(change) == ["person-number-taken"]
    assert PersonNumber.objects.filter(person=person).exists()


def test_the_same_duty_given_twice_in_the_same_moment(town: Town) -> None:
    person = town.stranger()

    def employ() -> None:
        give_duty(
            actor=PROGRAM,
            person_id=person.id,
            unit_id=town.centrum,
            role="Lärare",
            start_date=FIRST,
        )

    def first() -> Duty:
        duty = Duty(person=person, unit_id=town.centrum, role="Lärare", start_date=FIRST)
        return Duty.objects.bulk_create([duty])[0]

    with rival(Duty, first):
        assert refusal(employ) == ["belonging-saved-meanwhile"]


def test_the_same_role_given_twice_in_the_same_moment(town: Town) -> None:
    user = account("lena")

    def assign() -> None:
        assign_role(
            actor=PROGRAM,
            user_id=user.id,
            role="principal",
            scope=Scope(ScopeKind.UNIT, town.centrum),
            valid_from=FIRST,
        )

    def first() -> None:
        row = RoleAssignment(
            user=user, role="principal", scope_kind="unit", scope_id=town.centrum, valid_from=FIRST
        )
        RoleAssignment.objects.bulk_create([row])

    with rival(RoleAssignment, first):
        assert refusal(assign) == ["role-saved-meanwhile"]


def test_the_same_calendar_set_twice_in_the_same_moment(town: Town) -> None:
    first_day, last_day = HT26.next().first_day, HT26.next().last_day

    def set_calendar() -> None:
        set_term_calendar(
            actor=PROGRAM,
            provider_id=town.own,
            term=HT26.next(),
            first_day=first_day,
            last_day=last_day,
        )

    def first() -> None:
        row = TermCalendar(
            provider_id=town.own,
            year=HT26.next().year,
            season=HT26.next().season,
            first_day=first_day,
            last_day=last_day,
        )
        TermCalendar.objects.bulk_create([row])

    with rival(TermCalendar, first):
        assert refusal(set_calendar) == ["custom-saved-meanwhile"]
    assert HT26_DAYS[0] == TermCalendar.objects.get(provider_id=town.own, year=2026).first_day
