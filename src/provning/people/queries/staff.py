"""Teachers on duty, and who an account is."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from provning.accounts.models import User
from provning.accounts.queries import grants_of
from provning.audit.asking import worded_once
from provning.kernel.actors import Actor
from provning.people.models import Duty, Person
from provning.people.names import spoken_name
from provning.people.rows import MASKED_LABEL, StaffRow, TeacherRow

CALLED = ("given_name", "family_name", "protection", "case_number")
"""What a teacher's name is made from."""
READ_TEACHER = attrgetter(*CALLED)
COLUMNS = ("person_id", "registered_teacher", "subjects", *(f"person__{each}" for each in CALLED))
"""What a row says of a teacher on duty."""


def actor_for(user: User, today: date) -> Actor:
    """Return who the account is today: grants in force and the person behind it; two queries."""
    grants = grants_of(user, today)
    # An account is one person's at most, so there is nothing to put in order.
    person_id = next((key for (key,) in _persons_of(user.pk)), None)
    role = grants[0].role if grants else ""
    return Actor(str(user.pk), user.name, role, grants, person_id)


@worded_once
def _persons_of(user_id: UUID) -> QuerySet[Person, Any]:
    return Person.objects.filter(user_id=user_id).values_list("pk")


def teachers_for_unit(unit_id: UUID, on: date) -> list[TeacherRow]:
    """Return the teachers on duty at the unit on the day, in Swedish order; one query.

    Protected ones stand last, by their case numbers.
    """
    duties = list(_teaching(unit_id, on).order_by("person__sort_key", "person_id"))
    duties.sort(key=lambda duty: hidden_name(duty.person))
    return [_teacher(duty) for duty in duties]


def teacher_name(person: Person | None) -> str:
    """Return a teacher's name where groups are planned and listed; "" when there is none.

    A protected one has the case number, whoever reads: the name stands on decisions alone.
    """
    return teacher_called(*READ_TEACHER(person)) if person else ""


def teacher_called(
    given_name: str | None, family_name: str, protection: str, case_number: str | None
) -> str:
    """Return what `teacher_name` does from the columns `CALLED`, all None without a teacher."""
    if given_name is None:
        return ""
    hidden = protection != Person.Protection.NONE
    return _hidden(case_number) if hidden else spoken_name(given_name, family_name)


def hidden_name(person: Person) -> str:
    """Return what stands for the name of a protected person, "" for everybody else."""
    return _hidden(person.case_number) if person.is_protected else ""


def _hidden(case_number: str | None) -> str:
    return f"{MASKED_LABEL} ({case_number})"


def teacher_on(person_id: UUID, unit_id: UUID, on: date) -> TeacherRow | None:
    """Return the teacher when the person is on duty at the unit on the day; one query."""
    first = min(_duties_of(person_id, unit_id, on), default=None)
    if first is None:
        return None
    _key, _person_id, registered, subjects, *called = first
    return TeacherRow(person_id, teacher_called(*called), registered, tuple(subjects.split()))


@worded_once
def _duties_of(person_id: UUID, unit_id: UUID, on: date) -> QuerySet[Duty, Any]:
    return _teaching(unit_id, on).filter(person_id=person_id).values_list("pk", *COLUMNS)


def on_duty(person_ids: Iterable[UUID], unit_id: UUID, on: date) -> set[UUID]:
    """Return those of the persons who serve at the unit on the day, in any role; one query."""
    duties = Duty.objects.filter(_ongoing(on), unit_id=unit_id, person_id__in=set(person_ids))
    return set(duties.values_list("person_id", flat=True))


def principals_for_unit(unit_id: UUID, on: date) -> list[StaffRow]:
    """Return who is rektor of the unit on the day, the one who began last first; one query."""
    duties = _on_duty(unit_id, on, Duty.Role.PRINCIPAL).order_by("-start_date", "person_id")
    return [StaffRow(duty.person_id, _name(duty)) for duty in duties]


def _teaching(unit_id: UUID, on: date) -> QuerySet[Duty]:
    return _on_duty(unit_id, on, Duty.Role.TEACHER)


def _on_duty(unit_id: UUID, on: date, role: Duty.Role) -> QuerySet[Duty]:
    duties = Duty.objects.filter(_ongoing(on), unit_id=unit_id, role=role)
    return duties.select_related("person").only(*COLUMNS)


def _name(duty: Duty) -> str:
    return spoken_name(duty.person.given_name, duty.person.family_name)


def _ongoing(on: date) -> Q:
    return Q(start_date__lte=on) & (Q(end_date__isnull=True) | Q(end_date__gte=on))


def _teacher(duty: Duty) -> TeacherRow:
    return TeacherRow(
        duty.person_id,
        teacher_name(duty.person),
        duty.registered_teacher,
        tuple(duty.subjects.split()),
    )


def is_deceased_user(user_id: UUID) -> bool:
    """Say whether the account belongs to somebody who has died. For jobs: no actor, no scope."""
    return Person.objects.filter(user_id=user_id, status=Person.Status.DECEASED).exists()
