"""Adding persons to the register: one, or a whole list by the same rules."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from provning.accounts.policies import require
from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.audit.inserting import insert_models, insert_numbered
from provning.kernel.actors import Actor, Permission
from provning.kernel.identity import IdentityNumber, parse_identity_number
from provning.kernel.problems import Problem, ProblemsFoundError, refuse_if
from provning.people import events, rules
from provning.people.models import NameWord, Person, PersonNumber
from provning.people.names import name_sort_key, tidy_name, word_keys

BATCH = 500


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """One person to register; names whole, in any script, one of them may be empty."""

    identity_number: str
    given_name: str
    family_name: str = ""
    protection: str = Person.Protection.NONE
    email: str = ""

    def tidied(self) -> "PersonEntry":
        """Return the entry with single spaces in the names."""
        return dataclasses.replace(
            self,
            given_name=tidy_name(self.given_name),
            family_name=tidy_name(self.family_name),
            email=self.email.strip(),
        )


@transaction.atomic
def register_person(
    *,
    actor: Actor,
    identity_number: str,
    given_name: str,
    family_name: str = "",
    protection: str = Person.Protection.NONE,
    email: str = "",
    today: date,
) -> Person:
    """Add a person with the number they have today; a protected one is given a case number."""
    require(actor, Permission.REGISTER_PERSONS)
    entry = PersonEntry(identity_number, given_name, family_name, protection, email).tidied()
    number, problems = checked(entry, today)
    refuse_if(problems + _taken([number]))
    return add_person(actor, entry, number, today)


def add_person(
    actor: Actor, entry: PersonEntry, number: IdentityNumber | None, today: date
) -> Person:
    """Store one person and tell the trail, once the caller has seen to the right and the rules."""
    [person] = _stored([entry], [number], today)
    record(
        events.PERSON_REGISTERED,
        actor=actor,
        subjects=[("person", person.pk)],
        after={
            "number": number.normal if number else "",
            "given_name": person.given_name,
            "family_name": person.family_name,
            "protection": person.protection,
            "email": person.email,
        },
    )
    return person


@transaction.atomic
def register_persons(*, actor: Actor, entries: Sequence[PersonEntry], today: date) -> list[Person]:
    """Add a whole list or nothing; the problems carry field "row-N", N from 1.

    One audit event names every person by id.
    """
    require(actor, Permission.REGISTER_PERSONS)
    if not entries:
        return []
    tidied = [entry.tidied() for entry in entries]
    found = [checked(entry, today) for entry in tidied]
    numbers = [number for number, _problems in found]
    refuse_if(_list_problems([problems for _number, problems in found], numbers))
    persons = _stored(tidied, numbers, today)
    ids = [person.pk for person in persons]
    record(
        events.PERSONS_REGISTERED,
        actor=actor,
        subjects=[("person", person_id) for person_id in ids],
        after={"count": len(ids), "persons": ids},
    )
    return persons


def write_name(person: Person, given_name: str, family_name: str) -> None:
    """Set the name and what follows from it; the words of a stored person are replaced."""
    person.given_name, person.family_name = given_name, family_name
    person.sort_key = name_sort_key(given_name, family_name)
    person.words.all().delete()
    NameWord.objects.bulk_create(name_words(person))


def next_case_number() -> str:
    """Return the case number after the highest given; a race is refused by the database."""
    given = Person.objects.filter(case_number__startswith="SI-").order_by("-case_number")
    return rules.case_number_after(given.values_list("case_number", flat=True).first())


def case_number_raced() -> Problem:
    """Say that somebody else was given the same case number in the same moment."""
    message = "Någon annan lade upp en skyddad person i samma stund. Försök igen."
    return Problem("case-number-raced", "protection", message, rules.POLICY)


def checked(entry: PersonEntry, today: date) -> tuple[IdentityNumber | None, list[Problem]]:
    """Return the entry's number, when it is one, and everything wrong with the entry."""
    problems = rules.person_problems(
        entry.given_name, entry.family_name, entry.protection, entry.email
    )
    try:
        return parse_identity_number(entry.identity_number, today=today), problems
    except ProblemsFoundError as error:
        return None, error.problems + problems


def _taken(numbers: Sequence[IdentityNumber | None]) -> list[Problem]:
    """Refuse numbers that somebody has or has had."""
    owned = _owned([number.normal for number in numbers if number])
    return [
        rules.number_taken(number.display)
        for number in numbers
        if number and number.normal in owned
    ]


def _owned(normals: Sequence[str]) -> set[str]:
    owned: set[str] = set()
    for start in range(0, len(normals), BATCH):
        some = PersonNumber.objects.filter(number__in=normals[start : start + BATCH])
        owned.update(some.values_list("number", flat=True))
    return owned


def _list_problems(
    problems: Sequence[list[Problem]], numbers: Sequence[IdentityNumber | None]
) -> list[Problem]:
    owned = _owned([number.normal for number in numbers if number])
    seen: set[str] = set()
    found = []
    for row, (own, number) in enumerate(zip(problems, numbers, strict=True), start=1):
        of_row = own + list(_number_problems(number, owned, seen))
        found += [dataclasses.replace(problem, field=f"row-{row}") for problem in of_row]
    return found


def _number_problems(
    number: IdentityNumber | None, owned: set[str], seen: set[str]
) -> Iterator[Problem]:
    if number is None:
        return
    if number.normal in owned:
        yield rules.number_taken(number.display)
    if number.normal in seen:
        yield rules.number_twice(number.display)
    seen.add(number.normal)


def _stored(
    entries: Sequence[PersonEntry], numbers: Sequence[IdentityNumber | None], today: date
) -> list[Person]:
    """Write persons, numbers and name words; a number that was taken meanwhile is a conflict."""
    persons = [_person(entry) for entry in entries]
    latest = None
    for person in persons:
        if person.is_protected:
            latest = next_case_number() if latest is None else rules.case_number_after(latest)
            person.case_number = latest
    with refused_as(case_number_raced()):
        insert_models(persons)
    rows = [
        PersonNumber(person=person, number=number.normal, kind=number.kind, valid_from=today)
        for person, number in zip(persons, numbers, strict=True)
        if number
    ]
    with refused_as(rules.number_taken(numbers[0].display if numbers[0] else "")):
        insert_numbered(PersonNumber, rows)
    words = [word for person in persons for word in name_words(person)]
    insert_numbered(NameWord, words)
    return persons


def _person(entry: PersonEntry) -> Person:
    return Person(
        given_name=entry.given_name,
        family_name=entry.family_name,
        protection=entry.protection,
        email=entry.email,
        sort_key=name_sort_key(entry.given_name, entry.family_name),
    )


def name_words(person: Person) -> list[NameWord]:
    """Return the words that the person's name is found by, not stored yet."""
    keys = word_keys(person.given_name, person.family_name)
    return [NameWord(person=person, key=key) for key in keys]
