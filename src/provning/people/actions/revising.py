"""Changing what is known of many persons at once: the same rules, one event for each person."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.accounts.policies import require
from provning.audit.actions import Occurrence, record_many
from provning.audit.conflicts import changed_meanwhile, refused_as
from provning.kernel.actors import Actor
from provning.kernel.problems import ConflictError, NotFoundError, Problem, refuse_if
from provning.people import events, rules
from provning.people.actions.changing import day_problems
from provning.people.actions.registering import (
    BATCH,
    case_number_raced,
    name_words,
    next_case_number,
)
from provning.people.becoming import became_protected
from provning.people.models import NameWord, Person
from provning.people.names import name_sort_key, tidy_name
from provning.people.policies import REGISTER
from provning.people.queries.persons import persons_in_scope

FIELDS = ("given_name", "family_name", "email", "protection", "status")


@dataclass(frozen=True, slots=True)
class Revision:
    """What one person is to have instead; None leaves a field as it is.

    `expected_version` is the version that was seen. `status_on` is the day of the status, None for
    Aktiv and where the status stays.
    """

    person_id: UUID
    expected_version: int
    given_name: str | None = None
    family_name: str | None = None
    email: str | None = None
    protection: str | None = None
    status: str | None = None
    status_on: date | None = None

    def wanted(self) -> dict[str, str]:
        """Return the fields that are given, tidied."""
        given = {name: getattr(self, name) for name in FIELDS}
        return {
            name: tidy_name(value) if name.endswith("_name") else value.strip()
            for name, value in given.items()
            if value is not None
        }


@dataclass(frozen=True, slots=True)
class _Change:
    """A person as they will be, with what they had before in the fields that change."""

    person: Person
    before: dict[str, str]
    after: dict[str, str]


@transaction.atomic
def revise_persons(*, actor: Actor, revisions: Sequence[Revision], today: date) -> list[Person]:
    """Change a whole list of persons or nobody; the problems carry field "row-N", N from 1.

    A number is changed by `change_number`. Raises `NotFoundError` when one is out of scope,
    `ConflictError` when one has changed since it was read.
    """
    require(actor, REGISTER)
    found = _locked(actor, [each.person_id for each in revisions])
    _refuse_changed(revisions, found)
    changes = [
        change for each in revisions if (change := _change(found[each.person_id], each)) is not None
    ]
    places = {each.person_id: place for place, each in enumerate(revisions, start=1)}
    refuse_if(problem for each in changes for problem in _problems(each, places, today))
    with refused_as(case_number_raced()):
        _store(changes)
    occurrences = [
        Occurrence(events.PERSON_REVISED, (("person", each.person.pk),), each.before, _facts(each))
        for each in changes
    ]
    record_many(actor=actor, occurrences=occurrences)
    became_protected(actor, [each.person.pk for each in changes if _hidden_now(each)])
    return [found[each.person_id] for each in revisions]


def _locked(actor: Actor, person_ids: Sequence[UUID]) -> dict[UUID, Person]:
    """Return the persons, locked; raises when one is out of scope."""
    found: dict[UUID, Person] = {}
    persons = persons_in_scope(actor, REGISTER).select_for_update(of=("self",)).order_by("pk")
    ids = sorted(set(person_ids))
    for start in range(0, len(ids), BATCH):
        found.update({each.pk: each for each in persons.filter(pk__in=ids[start : start + BATCH])})
    if len(found) != len(ids):
        raise NotFoundError("person")
    return found


def _refuse_changed(revisions: Sequence[Revision], found: dict[UUID, Person]) -> None:
    """Raise `ConflictError` with a problem for every person who has changed since."""
    problems = [
        dataclasses.replace(problem, field=f"row-{place}")
        for place, each in enumerate(revisions, start=1)
        if found[each.person_id].version != each.expected_version
        for problem in changed_meanwhile("person", each.person_id).problems
    ]
    if problems:
        raise ConflictError(problems)


def _change(person: Person, revision: Revision) -> _Change | None:
    """Give the person what is wanted; None when nothing differs."""
    wanted = revision.wanted()
    before = {
        name: getattr(person, name)
        for name, value in wanted.items()
        if getattr(person, name) != value
    }
    for name in before:
        setattr(person, name, wanted[name])
    after = {name: wanted[name] for name in before}
    # The day belongs to its status: another status has another day.
    day = revision.status_on if "status" in before else revision.status_on or person.status_on
    if day != person.status_on:
        before["status_on"], after["status_on"] = _written(person.status_on), _written(day)
        person.status_on = day
    return _Change(person, before, after) if before else None


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _hidden_now(change: _Change) -> bool:
    return change.person.is_protected and change.before.get("protection") == "Ingen"


def _problems(change: _Change, places: dict[UUID, int], today: date) -> Iterable[Problem]:
    person = change.person
    found = rules.person_problems(
        person.given_name, person.family_name, person.protection, person.email
    ) + rules.status_problems(person.status)
    if {"status", "status_on"} & change.after.keys() and person.status != rules.ACTIVE:
        found += day_problems(person, person.status, person.status_on, today)
    field = f"row-{places[person.pk]}"
    return [dataclasses.replace(problem, field=field) for problem in found]


def _store(changes: Sequence[_Change]) -> None:
    """Write the persons, what follows from a new name, and case numbers for the protected."""
    latest = None
    for each in changes:
        person = each.person
        person.version += 1
        person.sort_key = name_sort_key(person.given_name, person.family_name)
        if person.is_protected and not person.case_number:
            latest = next_case_number() if latest is None else rules.case_number_after(latest)
            person.case_number = latest
    persons = [each.person for each in changes]
    Person.objects.bulk_update(
        persons, [*FIELDS, "sort_key", "status_on", "case_number", "version"], BATCH
    )
    renamed = [each.person for each in changes if {"given_name", "family_name"} & each.after.keys()]
    for start in range(0, len(renamed), BATCH):
        NameWord.objects.filter(person__in=renamed[start : start + BATCH]).delete()
    NameWord.objects.bulk_create([word for each in renamed for word in name_words(each)], BATCH)


def _facts(change: _Change) -> dict[str, str]:
    """Return what the trail keeps of the change."""
    if "protection" in change.after and change.person.case_number:
        return {**change.after, "case_number": change.person.case_number}
    return change.after
