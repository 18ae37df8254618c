"""Giving somebody a duty by number: whoever the register does not have is added in the same act."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.kernel.actors import Actor
from provning.kernel.problems import Problem, refuse_if
from provning.organisation.policies import managed_unit
from provning.people import rules
from provning.people.actions.belonging import give_duty
from provning.people.actions.registering import PersonEntry, add_person, checked
from provning.people.models import Duty, Person
from provning.people.names import shares_a_word, spoken_name
from provning.people.queries.persons import person_by_number


@dataclass(frozen=True, slots=True)
class Employment:
    """The duty to give, as `give_duty` takes it; days are inclusive."""

    unit_id: UUID
    role: str
    start_date: date
    end_date: date | None = None
    registered_teacher: bool = False
    subjects: str = ""


@transaction.atomic
def employ(
    *,
    actor: Actor,
    identity_number: str,
    given_name: str,
    family_name: str,
    duty: Employment,
    today: date,
) -> Duty:
    """Give a duty to whoever has the number, and register them when the register has nobody.

    Who keeps the organisation registers its staff so and nobody else: a person who is added here
    has a duty from the first moment. The name guards against a mistyped number: it must have a word
    in common with the register's, which is not told.
    """
    managed_unit(actor, duty.unit_id)
    entry = PersonEntry(identity_number, given_name, family_name).tidied()
    number, problems = checked(entry, today)
    owner = person_by_number(number.normal) if number else None
    refuse_if(problems + _problems(duty) + (_name_problems(owner, entry) if owner else []))
    person_id = owner or add_person(actor, entry, number, today).pk
    return give_duty(
        actor=actor,
        person_id=person_id,
        unit_id=duty.unit_id,
        role=duty.role,
        registered_teacher=duty.registered_teacher,
        subjects=duty.subjects,
        start_date=duty.start_date,
        end_date=duty.end_date,
    )


def _problems(duty: Employment) -> list[Problem]:
    return rules.duty_problems(duty.role, duty.subjects, duty.start_date, duty.end_date, held=())


def _name_problems(owner: UUID, entry: PersonEntry) -> list[Problem]:
    known = Person.objects.get(pk=owner)
    one = spoken_name(known.given_name, known.family_name)
    same = shares_a_word(one, spoken_name(entry.given_name, entry.family_name))
    return [] if same else [rules.staff_other_name()]
