"""Who takes part in the rehearsal: the manual's roles, two teachers, four persons examined."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.accounts.actions import assign_role, create_user
from provning.kernel.actors import Actor, Scope, ScopeKind, system_actor
from provning.organisation.actions import (
    create_organiser,
    create_provider,
    create_unit,
    set_initials,
)
from provning.people.actions import enrol, give_duty, link_account, register_person
from provning.people.models import Duty, Person
from provning.people.queries import actor_for

START = date(2021, 8, 1)
PROGRAM = system_actor("Repetitionen", "rehearse")

# Official test numbers; the names are invented.
TEACHER_1 = ("197001239297", "Karin", "Wallgren")
TEACHER_2 = ("197002259294", "Tomas", "Brännström")
PRINCIPAL = ("196910299285", "Anders", "Hellqvist")
BY_NUMBER = ("199001072389", "Åsa", "Öberg-Łukasiewicz")
BY_NAME = ("198507082389", "José", "Nyström")
PROTECTED = ("199001092387", "Skyddad", "Person")
NEVER_ENROLLED = ("200003262391", "Şerife", "Nguyễn")


@dataclass(frozen=True, slots=True)
class Stage:
    """Everybody's ids; the actors come from `actor`, as if they had signed in on the day."""

    organiser_id: UUID
    unit_id: UUID
    provider_id: UUID
    teacher_1: UUID
    teacher_2: UUID
    by_number: UUID
    by_name: UUID
    protected: UUID
    users: dict[str, UUID]

    def actor(self, username: str, today: date) -> Actor:
        """Return the account as the actor it is on a day."""
        from provning.accounts.models import User

        return actor_for(User.objects.get(pk=self.users[username]), today)


def set_stage() -> Stage:
    """Create the organiser, the unit KC, its staff and those who have been enrolled there."""
    organiser = create_organiser(
        actor=PROGRAM,
        name="Repetitionens huvudman",
        municipality_code="9999",
        municipality_name="Repetition",
    )
    provider = create_provider(
        actor=PROGRAM,
        organiser_id=organiser.id,
        name="Repetitionens anordnare",
        kind="internal",
        grading_right_from=None,
    )
    unit = create_unit(
        actor=PROGRAM,
        provider_id=provider.id,
        name="Komvux Centrum",
        code="99990009",
        principal_name="Anders Hellqvist",
    )
    set_initials(actor=PROGRAM, unit_id=unit.id, initials="KC", valid_from=START)
    staff = {name: _employ(name, unit.id) for name in (TEACHER_1, TEACHER_2, PRINCIPAL)}
    scopes = {
        "administrator": ("internal_provider", Scope(ScopeKind.PROVIDER, provider.id)),
        "grades": ("grade_administrator", Scope(ScopeKind.PROVIDER, provider.id)),
        "teacher-1": ("grading_teacher", Scope(ScopeKind.OWN_GROUPS, unit.id)),
        "teacher-2": ("grading_teacher", Scope(ScopeKind.OWN_GROUPS, unit.id)),
        "principal": ("principal", Scope(ScopeKind.PROVIDER, provider.id)),
        "centre": ("adult_education_centre", Scope(ScopeKind.ORGANISER, organiser.id)),
    }
    names = {
        "administrator": "Lena Sandström",
        "grades": "Maj-Britt Öberg",
        "teacher-1": "Karin Wallgren",
        "teacher-2": "Tomas Brännström",
        "principal": "Anders Hellqvist",
        "centre": "Birgitta Ståhl",
    }
    users = {
        username: _account(username, names[username], role, scope)
        for username, (role, scope) in scopes.items()
    }
    linked = {"teacher-1": TEACHER_1, "teacher-2": TEACHER_2, "principal": PRINCIPAL}
    for username, name in linked.items():
        link_account(actor=PROGRAM, person_id=staff[name], user_id=users[username])
    students = {
        name: _enrolled(name, provider.id, unit.id, protection)
        for name, protection in (
            (BY_NUMBER, Person.Protection.NONE),
            (BY_NAME, Person.Protection.NONE),
            (PROTECTED, Person.Protection.MARKED),
        )
    }
    return Stage(
        organiser_id=organiser.id,
        unit_id=unit.id,
        provider_id=provider.id,
        teacher_1=staff[TEACHER_1],
        teacher_2=staff[TEACHER_2],
        by_number=students[BY_NUMBER],
        by_name=students[BY_NAME],
        protected=students[PROTECTED],
        users=users,
    )


def _employ(name: tuple[str, str, str], unit_id: UUID) -> UUID:
    person_id = _register(name)
    role = Duty.Role.PRINCIPAL if name == PRINCIPAL else Duty.Role.TEACHER
    give_duty(
        actor=PROGRAM,
        person_id=person_id,
        unit_id=unit_id,
        role=role,
        registered_teacher=True,
        subjects="MAT MATO",
        start_date=START,
    )
    return person_id


def _enrolled(
    name: tuple[str, str, str], provider_id: UUID, unit_id: UUID, protection: Person.Protection
) -> UUID:
    person_id = _register(name, protection)
    enrol(
        actor=PROGRAM,
        person_id=person_id,
        provider_id=provider_id,
        unit_id=unit_id,
        start_date=START,
    )
    return person_id


def _register(
    name: tuple[str, str, str], protection: Person.Protection = Person.Protection.NONE
) -> UUID:
    number, given_name, family_name = name
    person = register_person(
        actor=PROGRAM,
        identity_number=number,
        given_name=given_name,
        family_name=family_name,
        protection=protection,
        today=START,
    )
    return person.id


def _account(username: str, name: str, role: str, scope: Scope) -> UUID:
    """Return an account without a password: no server is started, so nobody signs in."""
    user = create_user(actor=PROGRAM, username=username, name=name, password=None, today=START)
    assign_role(actor=PROGRAM, user_id=user.id, role=role, scope=scope, valid_from=START)
    return user.id
