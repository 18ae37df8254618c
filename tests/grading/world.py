"""A small municipality to grade in: two units of different providers, teachers, groups, examinees.

Rows are stored directly, so that a test of grades stands on the tables alone.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from provning.accounts.roles import ROLES
from provning.cli import demo
from provning.courses.kinds import Curriculum, Kind
from provning.courses.models import Course
from provning.exams.models import ExamGroup, Placement
from provning.kernel.actors import Actor, Grant, Scope, ScopeKind
from provning.kernel.course_codes import course_key
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.group_names import PREFIX
from provning.kernel.swedish import sort_key
from provning.kernel.terms import Term
from provning.organisation.models import Organiser, Provider, SchoolUnit
from provning.people.models import Duty, Enrolment, Person, PersonNumber
from provning.people.names import name_sort_key

EXAM = date(2026, 10, 5)
TODAY = date(2026, 10, 12)
AFTER_TERM = date(2027, 1, 4)
HT26 = Term.parse("HT26")
SINCE = date(2020, 1, 1)
PERSONS = Path(demo.__file__).with_name("persons.csv")
# What a page of the interfaces shows; nobody else gets one of them.
NAMED = frozenset({"196909092394", "198811092397"})
_serial = count(1)


@cache
def _drawn() -> tuple[str, ...]:
    """Return the numbers that a person gets whose number the test does not name."""
    with PERSONS.open(encoding="utf-8") as file:
        return tuple(row["number"] for row in csv.DictReader(file) if row["number"] not in NAMED)


@dataclass(frozen=True, slots=True)
class Municipality:
    """An organiser with an own-run unit, and a contracted one that is somebody else's."""

    organiser: Organiser
    unit: SchoolUnit
    other_unit: SchoolUnit


def municipality() -> Municipality:
    """Store the organiser with its two providers and their units."""
    organiser = Organiser.objects.create(
        name=f"Sjöstad {next(_serial)}", municipality_code="0199", municipality_name="Sjöstad"
    )
    own = Provider.objects.create(organiser=organiser, name="Centrum", kind="internal")
    other = Provider.objects.create(organiser=organiser, name="Lärvux", kind="external")
    return Municipality(
        organiser,
        SchoolUnit.objects.create(provider=own, name="Komvux Centrum", code="12345678"),
        SchoolUnit.objects.create(provider=other, name="Lärvux Norr", code="87654321"),
    )


def course(
    code: str = "MATMAT03b",
    name: str = "Matematik 3b",
    family: ScaleFamily = ScaleFamily.UPPER_SECONDARY,
    curriculum: Curriculum = Curriculum.GY11,
    *,
    level: str = "",
    kind: Kind = Kind.COURSE,
) -> Course:
    """Store a course once, and return it."""
    found = Course.objects.filter(code=code).first()
    return found or Course.objects.create(
        code=code,
        key=course_key(code),
        name=name,
        subject_code=code[:3],
        subject_name=name.split(maxsplit=1)[0],
        points=100,
        curriculum=curriculum,
        kind=kind,
        level=level,
        scale_family=family,
        in_adult_education=True,
        sort_key=sort_key(name),
    )


def person(
    given: str = "Ada", family: str = "Berg", *, protected: bool = False, number: str = ""
) -> Person:
    """Store a person with an official test number; a test has room for some hundred.

    A number that is named must be one that is never drawn: else two persons had it, by chance.
    """
    assert number not in _drawn(), number
    serial = next(_serial)
    stored = Person.objects.create(
        given_name=given,
        family_name=family,
        sort_key=name_sort_key(given, family),
        protection="Sekretessmarkering" if protected else "Ingen",
        case_number=f"SK-{serial:06d}" if protected else None,
    )
    PersonNumber.objects.create(
        person=stored,
        number=number or _drawn()[serial % len(_drawn())],
        kind="personnummer",
        valid_from=SINCE,
    )
    return stored


def teacher(
    unit: SchoolUnit, given: str = "Karin", *, registered: bool = True, end: date | None = None
) -> Person:
    """Store a teacher on duty at the unit."""
    stored = person(given, "Wallgren")
    Duty.objects.create(
        person=stored,
        unit=unit,
        role="Lärare",
        registered_teacher=registered,
        start_date=SINCE,
        end_date=end,
    )
    return stored


def group(
    unit: SchoolUnit,
    graded_by: Person | None,
    *,
    of: Course | None = None,
    number: int = 1,
    term: Term = HT26,
    together_with: Person | None = None,
) -> ExamGroup:
    """Store a group of the term; with `together_with` two decide its grades together."""
    examined = of or course()
    digit = number if number > 1 else ""
    return ExamGroup.objects.create(
        unit=unit,
        course=examined,
        year=term.year,
        season=term.season,
        number=number,
        initials="KC",
        name=f"{PREFIX}KC{term.year % 100}{term.season}{examined.code[-5:].upper()}{digit}",
        start_date=term.first_day,
        end_date=term.last_day,
        school_form="KV",
        measure="PRÖ",
        time_of_day="Annat",
        distance=True,
        grading_teacher=graded_by,
        co_grading_teacher=together_with,
    )


def enrolled(in_group: ExamGroup) -> Person:
    """Store a person who is enrolled with the unit's provider and placed nowhere."""
    stored = person(f"Elev {next(_serial):05d}")
    Enrolment.objects.create(provider=in_group.unit.provider, person=stored, start_date=SINCE)
    return stored


def place(
    in_group: ExamGroup, examinee: Person | None = None, exam_date: date = EXAM, outcome: str = ""
) -> Placement:
    """Place a person, who is enrolled with the unit's provider too."""
    placed = examinee or person(f"Elev {next(_serial):05d}")
    enrolment: dict[str, Any] = {
        "provider": in_group.unit.provider,
        "person": placed,
        "start_date": SINCE,
    }
    if examinee is None:
        Enrolment.objects.create(**enrolment)
    else:
        Enrolment.objects.get_or_create(**enrolment)
    return Placement.objects.create(
        group=in_group, person=placed, exam_date=exam_date, status="Prövning", outcome=outcome
    )


def actor(
    role: str, scope: Scope, *, as_person: Person | None = None, name: str = "Någon"
) -> Actor:
    """Return somebody with one role of the project's own."""
    person_id: UUID | None = as_person.pk if as_person else None
    grant = Grant(role, scope, ROLES[role].permissions)
    return Actor(f"{role}-{person_id or uuid4()}"[:60], name, role, (grant,), person_id)


def grading_teacher(who: Person, unit: SchoolUnit) -> Actor:
    """Return the teacher's own account."""
    scope = Scope(ScopeKind.OWN_GROUPS, unit.pk)
    return actor("grading_teacher", scope, as_person=who, name=f"{who.given_name} Wallgren")


def administrator(unit: SchoolUnit, name: str = "Adam Administratör") -> Actor:
    """Return a Betygsadministratör of the unit."""
    return actor("grade_administrator", Scope(ScopeKind.UNIT, unit.pk), name=name)


def principal(unit: SchoolUnit) -> Actor:
    """Return the unit's rektor."""
    who = person("Rut", "Rektor")
    return actor("principal", Scope(ScopeKind.UNIT, unit.pk), as_person=who, name="Rut Rektor")


def organisers_rektor(organiser: Organiser) -> Actor:
    """Return the huvudman's rektor."""
    scope = Scope(ScopeKind.ORGANISER, organiser.pk)
    return actor("principal", scope, as_person=person("Hedda", "Huvud"), name="Hedda Huvud")


def provider_staff(unit: SchoolUnit) -> Actor:
    """Return a person of the provider who neither types nor decides grades."""
    scope = Scope(ScopeKind.PROVIDER, unit.provider_id)
    return actor("external_provider", scope, name="Petra Planerare")


def centre(organiser: Organiser) -> Actor:
    """Return Vuxenutbildningscentrum, which reads the organiser's catalogues but makes none."""
    scope = Scope(ScopeKind.ORGANISER, organiser.pk)
    return actor("adult_education_centre", scope, name="Vera Centrum")
