"""The demo's examinees: registered, enrolled with a provider, one of them protected."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.cli.demo.organisation import STAFF, DemoUnit, InventedPerson, invented_persons
from provning.kernel.actors import Actor
from provning.people.actions import EnrolmentEntry, PersonEntry, enrol_many, register_persons
from provning.people.models import Person

STUDENTS = 300
PROTECTED = 40


@dataclass(frozen=True, slots=True)
class DemoStudents:
    """Person ids by unit key, the protected person, and invented persons nobody has registered."""

    by_unit: dict[str, list[UUID]]
    protected: UUID
    unknown: list[InventedPerson]


def build_students(actor: Actor, units: list[DemoUnit], start: date, today: date) -> DemoStudents:
    """Register the examinees and enrol each with the provider of one unit."""
    invented = invented_persons()[STAFF:]
    persons = register_persons(
        actor=actor,
        entries=[_entry(place, each) for place, each in enumerate(invented[:STUDENTS])],
        today=today,
    )
    by_unit = {
        unit.plan.key: [person.id for person in persons[place :: len(units)]]
        for place, unit in enumerate(units)
    }
    for unit in units:
        entries = [
            EnrolmentEntry(person_id, unit.provider_id, unit.id, start)
            for person_id in by_unit[unit.plan.key]
        ]
        enrol_many(actor=actor, entries=entries)
    return DemoStudents(by_unit, persons[PROTECTED].id, invented[STUDENTS:])


def _entry(place: int, invented: InventedPerson) -> PersonEntry:
    protection = Person.Protection.MARKED if place == PROTECTED else Person.Protection.NONE
    return PersonEntry(
        invented.number, invented.given_name, invented.family_name, protection=protection
    )
