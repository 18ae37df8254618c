"""A small municipality: two providers, three units, teachers and persons, made through actions."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path
from uuid import UUID, uuid4

from provning.accounts.roles import ROLES
from provning.courses.queries import course_by_code
from provning.exams.actions import create_exam_group, place_students
from provning.exams.models import ExamGroup, Placement
from provning.kernel.actors import Actor, Grant, Scope, ScopeKind, system_actor
from provning.kernel.terms import Season, Term
from provning.organisation.actions import (
    create_organiser,
    create_provider,
    create_unit,
    set_initials,
    set_policy,
    set_term_calendar,
)
from provning.people.actions import enrol, give_duty, register_person
from provning.people.models import Duty
from tests.courses.registers import LEVEL, MATHS, load, write_register

TODAY = date(2026, 11, 24)
FIRST = date(2020, 1, 1)
VT23 = Term(2023, Season.VT)
VT22 = Term(2022, Season.VT)
HT26 = Term(2026, Season.HT)
VT27 = HT26.next()
PROGRAM = system_actor("Testet", "test")
MAIL = "adminkontakt@vux.sjostad.example"
EXTRA = [
    {**MATHS, "code": "PSKPSY01", "name": "Psykologi 1", "subject_code": "PSK"},
    {**MATHS, "code": "PSYPSY01", "name": "Psykiatri 1", "subject_code": "PSY"},
    {**MATHS, "code": "ENGENG05", "name": "Engelska 5", "subject_code": "ENG"},
]


@dataclass
class World:
    """Ids of what has been made; `numbers` gives test numbers nobody has yet."""

    organiser: UUID
    provider: UUID
    other_provider: UUID
    centrum: UUID
    hamnen: UUID
    kompaniet: UUID
    numbers: Iterator[str]
    teachers: dict[str, UUID] = field(default_factory=dict)

    def course(self, code: str = "MATMAT03b") -> UUID:
        """Return the id of a course in the register."""
        row = course_by_code(code)
        assert row is not None
        return row.id

    def group(
        self,
        code: str = "MATMAT03b",
        *,
        unit: UUID | None = None,
        term: Term = HT26,
        teacher: str = "",
    ) -> ExamGroup:
        """Make a group as a program does."""
        return create_exam_group(
            actor=PROGRAM,
            unit_id=unit or self.centrum,
            course_id=self.course(code),
            term=term,
            grading_teacher_id=self.teachers[teacher] if teacher else None,
            today=TODAY,
        )

    def person(
        self,
        given_name: str = "Kim",
        family_name: str = "Ek",
        *,
        provider: UUID | None = None,
        protection: str = "Ingen",
    ) -> UUID:
        """Register somebody and enrol them with a provider, the first unless another is given."""
        person_id = self.stranger(given_name, family_name, protection=protection)
        enrol(
            actor=PROGRAM,
            person_id=person_id,
            provider_id=provider or self.provider,
            start_date=FIRST,
        )
        return person_id

    def stranger(
        self, given_name: str = "Kim", family_name: str = "Ek", *, protection: str = "Ingen"
    ) -> UUID:
        """Register somebody who is enrolled nowhere."""
        person = register_person(
            actor=PROGRAM,
            identity_number=next(self.numbers),
            given_name=given_name,
            family_name=family_name,
            protection=protection,
            today=TODAY,
        )
        return person.id

    def place(self, group: ExamGroup, *persons: UUID, day: date | None = None) -> list[Placement]:
        """Place persons in a group, on its last day unless another is given."""
        entries = [(person, day or group.end_date) for person in persons]
        return place_students(actor=PROGRAM, group_id=group.id, entries=entries, today=TODAY)

    def actor(self, role: str, kind: ScopeKind, scope: UUID, person: str = "") -> Actor:
        """Return somebody with one role in one scope."""
        grant = Grant(role, Scope(kind, scope), ROLES[role].permissions)
        name = ROLES[role].manual_name
        return Actor(str(uuid4()), name, role, (grant,), self.teachers.get(person))

    @property
    def admin(self) -> Actor:
        """Return the first provider's administrator."""
        return self.actor("internal_provider", ScopeKind.PROVIDER, self.provider)

    @property
    def other_admin(self) -> Actor:
        """Return the other provider's administrator."""
        return self.actor("external_provider", ScopeKind.PROVIDER, self.other_provider)

    @property
    def centre(self) -> Actor:
        """Return the adminkontakt at Vuxenutbildningscentrum."""
        return self.actor("adult_education_centre", ScopeKind.ORGANISER, self.organiser)

    @property
    def karin(self) -> Actor:
        """Return the teacher Karin, who sees her own groups at Komvux Centrum."""
        return self.actor("grading_teacher", ScopeKind.OWN_GROUPS, self.centrum, "Karin")

    @property
    def principal(self) -> Actor:
        """Return the principal of Komvux Centrum."""
        return self.actor("principal", ScopeKind.UNIT, self.centrum)


def build_world(folder: Path) -> World:
    """Make the municipality of Sjöstad with a register of five courses."""
    load(write_register(folder / "register", [MATHS, LEVEL, *EXTRA]))
    organiser = create_organiser(
        actor=PROGRAM, name="Sjöstads kommun", municipality_code="9999", municipality_name="Sjöstad"
    ).id
    set_policy(
        actor=PROGRAM,
        organiser_id=organiser,
        key="requests_mail_to",
        value=MAIL,
        valid_from=FIRST,
    )
    vux = _provider(organiser, "Vuxenutbildning Sjöstad", "internal")
    kunskap = _provider(organiser, "Kunskapskompaniet AB", "external")
    units = [
        _unit(provider, name, initials)
        for provider, name, initials in (
            (vux, "Komvux Centrum", "KC"),
            (vux, "Komvux Hamnen", "KH"),
            (kunskap, "Kompaniet", "KK"),
        )
    ]
    world = World(organiser, vux, kunskap, units[0], units[1], units[2], _numbers())
    for name, unit in (("Karin", units[0]), ("Tomas", units[0]), ("Eva", units[2])):
        world.teachers[name] = _teacher(world, name, unit)
    return world


def _provider(organiser: UUID, name: str, kind: str) -> UUID:
    """Add a provider whose terms are shorter than the half-years."""
    provider = create_provider(actor=PROGRAM, organiser_id=organiser, name=name, kind=kind).id
    days = {
        HT26: (date(2026, 8, 17), date(2026, 12, 18)),
        VT27: (date(2027, 1, 11), date(2027, 6, 11)),
    }
    for term, (first_day, last_day) in days.items():
        set_term_calendar(
            actor=PROGRAM,
            provider_id=provider,
            term=term,
            first_day=first_day,
            last_day=last_day,
        )
    return provider


def _unit(provider: UUID, name: str, initials: str) -> UUID:
    """Add a unit with its letters."""
    unit = create_unit(actor=PROGRAM, provider_id=provider, name=name).id
    set_initials(actor=PROGRAM, unit_id=unit, initials=initials, valid_from=FIRST)
    return unit


def _teacher(world: World, name: str, unit: UUID) -> UUID:
    """Register a teacher and put them on duty at the unit."""
    person = world.stranger(name, "Wallgren")
    give_duty(
        actor=PROGRAM,
        person_id=person,
        unit_id=unit,
        role=Duty.Role.TEACHER,
        registered_teacher=True,
        subjects="MAT",
        start_date=FIRST,
    )
    return person


def _numbers() -> Iterator[str]:
    """Give official test numbers."""
    text = resources.files("provning.cli.demo").joinpath("persons.csv").read_text("utf-8")
    return (row["number"] for row in csv.DictReader(text.splitlines()))
