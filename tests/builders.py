"""Small worlds for everybody's tests, made through the actions: organisation, people, courses.

The municipality is the demo's Sjöstad: two providers, three units with initials. Numbers are
official test numbers; names are invented.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from uuid import UUID, uuid4

from provning.accounts.actions import assign_role, create_user
from provning.accounts.models import User
from provning.accounts.roles import ROLES
from provning.audit.models import AuditEvent
from provning.courses.actions import load_register
from provning.courses.models import Course
from provning.courses.register_files import COURSE_FILES, PACKAGED, PAIR_FILE
from provning.kernel.actors import Actor, Grant, Scope, ScopeKind, system_actor
from provning.kernel.terms import Season, Term
from provning.organisation.actions import (
    create_organiser,
    create_provider,
    create_unit,
    set_initials,
    set_term_calendar,
)
from provning.people.actions import (
    EnrolmentEntry,
    PersonEntry,
    enrol,
    enrol_many,
    give_duty,
    link_account,
    register_person,
    register_persons,
)
from provning.people.models import Duty, Person

TODAY = date(2026, 11, 24)
FIRST = date(2020, 1, 1)
HT26 = Term(2026, Season.HT)
HT26_DAYS = (date(2026, 8, 17), date(2026, 12, 18))
PASSWORD = "åtta röda äpplen"
PROGRAM = system_actor("Testet", "test")


def official_numbers() -> Iterator[str]:
    """Give official test numbers in their normal form, each once, 360 in all."""
    text = resources.files("provning.cli.demo").joinpath("persons.csv").read_text("utf-8")
    return iter([row["number"] for row in csv.DictReader(text.splitlines())])


@dataclass
class Town:
    """The municipality: ids, and numbers that nobody has yet."""

    organiser: UUID
    own: UUID
    contracted: UUID
    centrum: UUID
    hamnen: UUID
    kompaniet: UUID
    numbers: Iterator[str] = field(default_factory=official_numbers)

    @property
    def admin(self) -> Actor:
        """Return the own-run provider's administrator."""
        return actor("internal_provider", ScopeKind.PROVIDER, self.own)

    @property
    def other_admin(self) -> Actor:
        """Return the contracted provider's administrator."""
        return actor("external_provider", ScopeKind.PROVIDER, self.contracted)

    @property
    def centre(self) -> Actor:
        """Return the adminkontakt at Vuxenutbildningscentrum."""
        return actor("adult_education_centre", ScopeKind.ORGANISER, self.organiser)

    @property
    def principal(self) -> Actor:
        """Return the principal of Komvux Centrum, who sees protected identities there."""
        return actor("principal", ScopeKind.UNIT, self.centrum)

    @property
    def administrator(self) -> Actor:
        """Return the system administrator, who sees no persons."""
        return actor("system_administrator", ScopeKind.EVERYTHING)

    def person(
        self,
        given_name: str = "Kim",
        family_name: str = "Ek",
        *,
        at: UUID | None = None,
        number: str = "",
        protection: str = "Ingen",
    ) -> Person:
        """Register somebody and enrol them with the own-run provider, or with another one."""
        person = self.stranger(given_name, family_name, number=number, protection=protection)
        enrol(actor=PROGRAM, person_id=person.id, provider_id=at or self.own, start_date=FIRST)
        return person

    def persons(self, names: Iterable[tuple[str, str]]) -> list[Person]:
        """Register several as one list, by given and family name, and enrol them likewise."""
        entries = [PersonEntry(next(self.numbers), *name) for name in names]
        found = register_persons(actor=PROGRAM, entries=entries, today=TODAY)
        enrolled = [EnrolmentEntry(each.id, self.own, None, FIRST) for each in found]
        enrol_many(actor=PROGRAM, entries=enrolled)
        return found

    def stranger(
        self,
        given_name: str = "Kim",
        family_name: str = "Ek",
        *,
        number: str = "",
        protection: str = "Ingen",
    ) -> Person:
        """Register somebody who is enrolled nowhere."""
        return register_person(
            actor=PROGRAM,
            identity_number=number or next(self.numbers),
            given_name=given_name,
            family_name=family_name,
            protection=protection,
            today=TODAY,
        )

    def rektor(self, given_name: str = "Rut", family_name: str = "Hedin") -> Person:
        """Put a rektor on duty at Komvux Centrum."""
        person = self.stranger(given_name, family_name)
        give_duty(
            actor=PROGRAM,
            person_id=person.id,
            unit_id=self.centrum,
            role=Duty.Role.PRINCIPAL,
            start_date=FIRST,
        )
        return person

    def teacher(
        self, given_name: str = "Karin", *, unit: UUID | None = None, username: str = ""
    ) -> Person:
        """Put a teacher on duty, at Komvux Centrum unless told; with an account when named."""
        person = self.stranger(given_name, "Wallgren")
        unit_id = unit or self.centrum
        give_duty(
            actor=PROGRAM,
            person_id=person.id,
            unit_id=unit_id,
            role=Duty.Role.TEACHER,
            registered_teacher=True,
            subjects="MAT ENG",
            start_date=FIRST,
        )
        if username:
            scope = Scope(ScopeKind.OWN_GROUPS, unit_id)
            user = account(username, "grading_teacher", scope)
            link_account(actor=PROGRAM, person_id=person.id, user_id=user.id)
        return person


def build_town() -> Town:
    """Make the organiser, its providers and units with initials, and their autumn of 2026."""
    organiser = create_organiser(
        actor=PROGRAM, name="Sjöstads kommun", municipality_code="9999", municipality_name="Sjöstad"
    ).id
    own = _provider(organiser, "Vuxenutbildning Sjöstad", "internal")
    contracted = _provider(organiser, "Kunskapskompaniet AB", "external")
    return Town(
        organiser,
        own,
        contracted,
        _unit(own, "Komvux Centrum", "KC"),
        _unit(own, "Komvux Hamnen", "KH"),
        _unit(contracted, "Kompaniet", "KK"),
    )


def actor(
    role: str, kind: ScopeKind, scope_id: UUID | None = None, person_id: UUID | None = None
) -> Actor:
    """Return somebody with one role in one scope, without an account: quick."""
    known = ROLES[role]
    grant = Grant(role, Scope(kind, scope_id), known.permissions)
    return Actor(str(uuid4()), known.manual_name, role, (grant,), person_id)


def account(username: str, role: str = "", scope: Scope | None = None) -> User:
    """Create an account that signs in with `PASSWORD`, with a role when one is given."""
    user = create_user(
        actor=PROGRAM, username=username, name=username.title(), password=PASSWORD, today=TODAY
    )
    if scope:
        assign_role(actor=PROGRAM, user_id=user.id, role=role, scope=scope, valid_from=FIRST)
    return user


def load_courses(*codes: str) -> dict[str, Course]:
    """Load a register of just these courses, with the facts of the project's own files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file_name in COURSE_FILES:
            _copy_rows(file_name, folder, frozenset(codes))
        _copy_rows(PAIR_FILE, folder, frozenset())
        load_register(actor=PROGRAM, today=TODAY, directory=folder)
    return {course.code: course for course in Course.objects.filter(code__in=codes)}


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Collect the names of the audit events of a block; the list is filled when it ends."""
    before = AuditEvent.objects.count()
    names: list[str] = []
    yield names
    events = AuditEvent.objects.order_by("number")[before:]
    names += [event.name for event in events]


def _provider(organiser: UUID, name: str, kind: str) -> UUID:
    provider = create_provider(
        actor=PROGRAM,
        organiser_id=organiser,
        name=name,
        kind=kind,
        grading_right_from=FIRST if kind == "external" else None,
    )
    first_day, last_day = HT26_DAYS
    set_term_calendar(
        actor=PROGRAM, provider_id=provider.id, term=HT26, first_day=first_day, last_day=last_day
    )
    return provider.id


def _unit(provider: UUID, name: str, initials: str) -> UUID:
    unit = create_unit(actor=PROGRAM, provider_id=provider, name=name)
    set_initials(actor=PROGRAM, unit_id=unit.id, initials=initials, valid_from=FIRST)
    return unit.id


def _copy_rows(file_name: str, folder: Path, codes: frozenset[str]) -> None:
    heading, rows = _packaged(file_name)
    with (folder / file_name).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, heading)
        writer.writeheader()
        writer.writerows(row for code in sorted(codes) for row in rows.get(code, ()))


@cache
def _packaged(file_name: str) -> tuple[list[str], dict[str, list[dict[str, str]]]]:
    """Return a packaged file's heading and its rows by course code, read once."""
    with (PACKAGED / file_name).open(encoding="utf-8", newline="") as source:
        rows = csv.DictReader(source)
        by_code: dict[str, list[dict[str, str]]] = {}
        for row in rows:
            by_code.setdefault(row.get("code", ""), []).append(row)
        return list(rows.fieldnames or ()), by_code
