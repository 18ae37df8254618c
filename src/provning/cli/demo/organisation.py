"""The demo's organiser, providers, units, staff and accounts."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password

from provning.accounts.actions import assign_role, create_user
from provning.cli.demo import plan
from provning.kernel.actors import Actor, Scope, ScopeKind
from provning.kernel.terms import Season, Term
from provning.organisation.actions import (
    create_organiser,
    create_provider,
    create_unit,
    set_initials,
    set_policy,
    set_term_calendar,
)
from provning.people.actions import give_duty, link_account, register_person
from provning.people.models import Duty

TERM_STARTS_AFTER = {Season.VT: timedelta(days=9), Season.HT: timedelta(days=47)}
TERM_ENDS_BEFORE = timedelta(days=8)
STAFF = 20


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit that has been built, with its plan and its teachers' person ids by name."""

    id: UUID
    provider_id: UUID
    plan: plan.PlannedUnit
    teachers: dict[str, UUID]


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """A row of the demo's list of persons; `number` is an official test number."""

    number: str
    given_name: str
    family_name: str


def invented_persons() -> list[InventedPerson]:
    """Return everybody in the list: the first `STAFF` work at the units, the rest are examined."""
    text = resources.files("provning.cli.demo").joinpath("persons.csv").read_text(encoding="utf-8")
    return [
        InventedPerson(row["number"], row["given_name"], row["family_name"])
        for row in csv.DictReader(text.splitlines())
    ]


def build_organisation(actor: Actor, first: Term, last: Term, today: date) -> list[DemoUnit]:
    """Build organiser, providers, units, calendars, staff and accounts."""
    start = first.first_day
    organiser = create_organiser(
        actor=actor,
        name=plan.ORGANISER,
        municipality_code=plan.MUNICIPALITY_CODE,
        municipality_name=plan.MUNICIPALITY,
    )
    set_policy(
        actor=actor,
        organiser_id=organiser.id,
        key="requests_mail_to",
        value=plan.REQUESTS_MAIL,
        valid_from=start,
        source="Demo",
    )
    providers = {each.key: _provider(actor, organiser.id, each, start) for each in plan.PROVIDERS}
    for provider_id in providers.values():
        _calendars(actor, provider_id, first, last)
    staff = iter(invented_persons()[:STAFF])
    units = [_unit(actor, each, providers[each.provider], staff, start) for each in plan.UNITS]
    _accounts(actor, organiser.id, providers, units, start, today)
    return units


def _provider(actor: Actor, organiser_id: UUID, planned: plan.PlannedProvider, start: date) -> UUID:
    provider = create_provider(
        actor=actor,
        organiser_id=organiser_id,
        name=planned.name,
        kind=planned.kind,
        organisation_number=planned.organisation_number,
        grading_right_from=start if planned.has_grading_right else None,
    )
    return provider.id


def _calendars(actor: Actor, provider_id: UUID, first: Term, last: Term) -> None:
    term = first
    while term <= last:
        set_term_calendar(
            actor=actor,
            provider_id=provider_id,
            term=term,
            first_day=term.first_day + TERM_STARTS_AFTER[term.season],
            last_day=term.last_day - TERM_ENDS_BEFORE,
        )
        term = term.next()


def _unit(
    actor: Actor,
    planned: plan.PlannedUnit,
    provider_id: UUID,
    staff: Iterator[InventedPerson],
    start: date,
) -> DemoUnit:
    unit = create_unit(
        actor=actor,
        provider_id=provider_id,
        name=planned.name,
        code=planned.code,
        principal_name=planned.principal,
    )
    set_initials(actor=actor, unit_id=unit.id, initials=planned.initials, valid_from=start)
    teachers = {
        name: _employ(actor, name, next(staff).number, unit.id, Duty.Role.TEACHER, start)
        for name in planned.teachers
    }
    teachers[planned.principal] = _employ(
        actor, planned.principal, next(staff).number, unit.id, Duty.Role.PRINCIPAL, start
    )
    return DemoUnit(unit.id, provider_id, planned, teachers)


def _employ(
    actor: Actor, name: str, number: str, unit_id: UUID, role: Duty.Role, start: date
) -> UUID:
    """Register a member of staff and give them their duty; returns the person's id."""
    given_name, family_name = name.split(" ", 1)
    person = register_person(
        actor=actor,
        identity_number=number,
        given_name=given_name,
        family_name=family_name,
        today=start,
    )
    give_duty(
        actor=actor,
        person_id=person.id,
        unit_id=unit_id,
        role=role,
        registered_teacher=True,
        subjects="",
        start_date=start,
    )
    return person.id


def _accounts(
    actor: Actor,
    organiser_id: UUID,
    providers: dict[str, UUID],
    units: list[DemoUnit],
    start: date,
    today: date,
) -> None:
    persons = {name: person_id for unit in units for name, person_id in unit.teachers.items()}
    unit_ids = {unit.plan.key: unit.id for unit in units}
    hashed = make_password(settings.DEMO_PASSWORD)  # Once for all: it takes long on purpose.
    for account in plan.ACCOUNTS:
        user = create_user(
            actor=actor,
            username=account.username,
            name=account.name,
            password=settings.DEMO_PASSWORD,
            hashed=hashed,
            today=today,
        )
        assign_role(
            actor=actor,
            user_id=user.id,
            role=account.role,
            scope=_scope(account, organiser_id, providers, unit_ids),
            valid_from=start,
        )
        if account.name in persons:
            link_account(actor=actor, person_id=persons[account.name], user_id=user.id)


def _scope(
    account: plan.PlannedAccount,
    organiser_id: UUID,
    providers: dict[str, UUID],
    units: dict[str, UUID],
) -> Scope:
    if account.role == "system_administrator":
        return Scope(ScopeKind.EVERYTHING)
    if account.role == "grading_teacher":
        return Scope(ScopeKind.OWN_GROUPS, units[account.scope])
    if account.scope in units:
        return Scope(ScopeKind.UNIT, units[account.scope])
    if account.scope in providers:
        return Scope(ScopeKind.PROVIDER, providers[account.scope])
    return Scope(ScopeKind.ORGANISER, organiser_id)
