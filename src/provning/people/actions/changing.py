"""Changing what is known of a person; every act asks which version was seen."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from provning.audit.actions import Facts, record
from provning.audit.conflicts import refuse_if_changed, refused_as
from provning.kernel.actors import Actor
from provning.kernel.identity import IdentityNumber, parse_identity_number
from provning.kernel.problems import Problem, refuse_if
from provning.people import events, rules
from provning.people.actions.registering import case_number_raced, next_case_number, write_name
from provning.people.becoming import became_protected
from provning.people.deciding import latest_decided
from provning.people.models import Person, PersonNumber
from provning.people.names import tidy_name
from provning.people.policies import kept_person, registered_person


@transaction.atomic
def change_number(
    *,
    actor: Actor,
    person_id: UUID,
    identity_number: str,
    mistaken: bool = False,
    expected_version: int,
    today: date,
) -> Person:
    """Give a person another number from today; the old one still finds them.

    With `mistaken` the number so far was never theirs: it is taken away, so that its true owner
    can be registered. Raises `ConflictError` when the person has changed since it was read.
    """
    person = _unchanged(kept_person(actor, person_id), expected_version)
    number = parse_identity_number(identity_number, today=today)
    current = PersonNumber.objects.filter(person=person, valid_to__isnull=True).first()
    if current and current.number == number.normal:
        return person
    others = PersonNumber.objects.filter(number=number.normal).exclude(person=person)
    refuse_if([rules.number_taken(number.display)] if others.exists() else [])
    if current:
        _leave(current, today, mistaken=mistaken)
    with refused_as(rules.number_taken(number.display)):
        _new_number(person, number, today)
    before = {"number": current.number} if current else None
    _save(person, [])
    _record(
        events.NUMBER_CHANGED,
        actor,
        person,
        before,
        {"number": number.normal, "mistaken": mistaken},
    )
    return person


@transaction.atomic
def set_protection(
    *, actor: Actor, person_id: UUID, protection: str, expected_version: int, today: date
) -> Person:
    """Mark a person's identity as protected, or no longer; a case number is kept for good.

    Raises `ConflictError` when the person has changed since it was read.
    """
    person = _unchanged(kept_person(actor, person_id), expected_version)
    if person.protection == protection:
        return person
    refuse_if(rules.protection_problems(protection))
    before = {"protection": person.protection}
    person.protection = protection
    with refused_as(case_number_raced()):
        if person.is_protected and not person.case_number:
            person.case_number = next_case_number()
        _save(person, ["protection", "case_number"])
    after = {
        "protection": protection,
        "case_number": person.case_number or "",
        "known_from": today,
    }
    _record(events.PROTECTION_SET, actor, person, before, after)
    if before["protection"] == Person.Protection.NONE:
        became_protected(actor, [person.pk])
    return person


@transaction.atomic
def rename_person(
    *,
    actor: Actor,
    person_id: UUID,
    given_name: str,
    family_name: str = "",
    expected_version: int,
) -> Person:
    """Give a person the name the folkbokföring now has; the name so far no longer finds them.

    Raises `ConflictError` when the person has changed since it was read.
    """
    person = _unchanged(kept_person(actor, person_id), expected_version)
    before = {"given_name": person.given_name, "family_name": person.family_name}
    after = {"given_name": tidy_name(given_name), "family_name": tidy_name(family_name)}
    if before == after:
        return person
    refuse_if(rules.name_problems(after["given_name"], after["family_name"]))
    write_name(person, after["given_name"], after["family_name"])
    _save(person, ["given_name", "family_name", "sort_key"])
    _record(events.PERSON_RENAMED, actor, person, before, after)
    return person


@transaction.atomic
def set_status(
    *,
    actor: Actor,
    person_id: UUID,
    status: str,
    status_on: date | None = None,
    expected_version: int,
    today: date,
) -> Person:
    """Set personstatus and the day of death or emigration; nothing already decided changes.

    Aktiv has no day. Raises `ConflictError` when the person has changed since it was read.
    """
    person = _seen(actor, person_id, expected_version)
    on = None if status == Person.Status.ACTIVE else status_on
    if (person.status, person.status_on) == (status, on):
        return person
    refuse_if(rules.status_problems(status) + day_problems(person, status, on, today))
    before = {"status": person.status, "status_on": person.status_on}
    person.status, person.status_on = status, on
    _save(person, ["status", "status_on"])
    _record(events.STATUS_SET, actor, person, before, {"status": status, "status_on": on})
    return person


def day_problems(person: Person, status: str, on: date | None, today: date) -> list[Problem]:
    """Say what is wrong with the day of a person's status, against what is known of them."""
    current = PersonNumber.objects.filter(person=person, valid_to__isnull=True).first()
    number = parse_identity_number(current.number, today=date.max) if current else None
    return rules.status_day_problems(
        status,
        on,
        born=number.birth_date if number else None,
        decided=latest_decided(person.pk),
        today=today,
    )


def _seen(actor: Actor, person_id: UUID, expected_version: int) -> Person:
    return _unchanged(registered_person(actor, person_id), expected_version)


def _unchanged(person: Person, expected_version: int) -> Person:
    refuse_if_changed("person", person.pk, version=person.version, expected=expected_version)
    return person


def _leave(current: PersonNumber, today: date, *, mistaken: bool) -> None:
    if mistaken:
        current.delete()
        return
    # A number given today still had its day: a period never ends before it begins.
    current.valid_to = max(current.valid_from, today - timedelta(days=1))
    current.save(update_fields=["valid_to"])


def _new_number(person: Person, number: IdentityNumber, today: date) -> None:
    PersonNumber.objects.create(
        person=person, number=number.normal, kind=number.kind, valid_from=today
    )


def _save(person: Person, fields: list[str]) -> None:
    person.version += 1
    person.save(update_fields=[*fields, "version"])


def _record(name: str, actor: Actor, person: Person, before: Facts | None, after: Facts) -> None:
    subjects = [("person", person.pk)]
    record(name, actor=actor, subjects=subjects, before=before, after=after)
