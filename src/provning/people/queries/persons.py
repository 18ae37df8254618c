"""One person or many, by id or number."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from provning.audit.asking import evened, worded_once
from provning.kernel.actors import Actor, Permission, ScopeKind
from provning.kernel.problems import NotFoundError
from provning.organisation.queries import provider_scope, unit_scope
from provning.people.models import Duty, Enrolment, Person, PersonNumber
from provning.people.queries.masking import read_number, rows_of, rows_read, shown_to
from provning.people.queries.same import of_person, root_of
from provning.people.rows import EnrolmentRow, NumberRow, PersonDetails, PersonRow

OF_STAFF_TOO = frozenset({Permission.VIEW_PROTECTED, Permission.VIEW_AUDIT})
"""The rights that answer for whose identity is protected, and who has read it, at a place."""


def person_scope(actor: Actor, permission: Permission = Permission.VIEW_PERSONS) -> Q:
    """Return the filter over Person that keeps who is or was enrolled in the actor's scope.

    Who may register persons for an organiser also reaches those who belong nowhere yet, and who
    follows up protected persons or examines what was read those of the staff too. Otherwise staff
    is no student: see `staff_scope`.
    """
    scopes = actor.scopes(permission)
    if any(scope.kind is ScopeKind.EVERYTHING for scope in scopes):
        return Q()
    enrolled = Enrolment.objects.filter(person=OuterRef("pk"))
    found = Q(Exists(enrolled.filter(provider_scope(actor, permission))))
    merged = Enrolment.objects.filter(person__merged_into=OuterRef("pk"))
    found |= Q(Exists(merged.filter(provider_scope(actor, permission))))
    registers = actor.scopes(Permission.REGISTER_PERSONS)
    if scopes and any(scope.kind is ScopeKind.ORGANISER for scope in registers):
        on_duty = Duty.objects.filter(person=OuterRef("pk"))
        found |= Q(~Exists(enrolled), ~Exists(on_duty))
    if permission in OF_STAFF_TOO:
        found |= staff_scope(actor, permission)
    return found


def staff_scope(actor: Actor, *permissions: Permission) -> Q:
    """Return the filter over Person that keeps who serves or has served in scope and is no student.

    One of the permissions is enough. Whoever is or was enrolled, with anybody, is kept where they
    study.
    """
    enrolled = Enrolment.objects.filter(person=OuterRef("pk"))
    merged = Enrolment.objects.filter(person__merged_into=OuterRef("pk"))
    return serving_scope(actor, *permissions) & Q(~Exists(enrolled), ~Exists(merged))


def serving_scope(actor: Actor, *permissions: Permission) -> Q:
    """Return the filter over Person that keeps who serves or has served in scope, student or not.

    One of the permissions is enough.
    """
    serving = Q(pk__in=())
    for permission in permissions:
        duties = Duty.objects.filter(unit_scope(actor, permission), person=OuterRef("pk"))
        serving |= Q(Exists(duties))
    return serving


def person_for(
    actor: Actor, person_id: UUID, permission: Permission = Permission.VIEW_PERSONS
) -> PersonRow:
    """Return one person; raises `NotFoundError` when they are missing or out of scope."""
    rows = rows_read(actor, _one_in_scope(actor, permission, person_id))
    if not rows:
        raise NotFoundError
    return rows[0]


@worded_once
def _one_in_scope(actor: Actor, permission: Permission, person_id: UUID) -> QuerySet[Person, Any]:
    return shown_to(actor, persons_in_scope(actor, permission).filter(pk=person_id))


def person_to_open(actor: Actor, person_id: UUID) -> PersonRow:
    """Return one person whose identity could be asked for: in scope, or serving where it is seen.

    Raises `NotFoundError` when they are neither.
    """
    serving = Person.objects.filter(serving_scope(actor, Permission.VIEW_PROTECTED), pk=person_id)
    found = rows_of(actor, persons_in_scope(actor, Permission.VIEW_PERSONS).filter(pk=person_id))
    rows = found or rows_of(actor, serving)
    if not rows:
        raise NotFoundError
    return rows[0]


def persons_for(actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, PersonRow]:
    """Return those of the persons who are in scope, by id, in the order of the ids; one query."""
    wanted = list(dict.fromkeys(person_ids))
    persons = persons_in_scope(actor, Permission.VIEW_PERSONS).filter(pk__in=wanted)
    rows = {row.id: row for row in rows_of(actor, persons)}
    return {person_id: rows[person_id] for person_id in wanted if person_id in rows}


def person_rows(actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, PersonRow]:
    """Return persons by id, masked for the actor; one query.

    There is no scope here: the ids come from rows that the caller has already kept in scope.
    """
    return {row.id: row for row in rows_read(actor, _these(actor, *evened(person_ids)))}


@worded_once
def _these(actor: Actor, *person_ids: UUID) -> QuerySet[Person, Any]:
    return shown_to(actor, Person.objects.filter(pk__in=person_ids))


def person_details(actor: Actor, person_id: UUID) -> PersonDetails:
    """Return a person with numbers over time and enrolments in scope; three queries at most.

    Raises `NotFoundError` when they are missing or out of scope.
    """
    row = person_for(actor, person_id)
    if row.masked:
        return PersonDetails(row, "", "", (), ())
    person = Person.objects.get(pk=person_id)
    owned = PersonNumber.objects.filter(of_person(person_id))
    numbers = sorted(owned, key=lambda each: (each.valid_from, each.pk))
    return PersonDetails(
        row,
        person.protection,
        person.email,
        tuple(_number(each) for each in reversed(numbers)),
        tuple(enrolments_in_scope(actor, person_id)),
    )


def person_by_number(number_normal: str) -> UUID | None:
    """Return who has, or once had, a number in its normal form. For actions: no actor, no scope.

    The number of a merged row leads to the kept one.
    """
    return persons_by_number([number_normal]).get(number_normal)


def persons_by_number(numbers: Iterable[str]) -> dict[str, UUID]:
    """Return who has, or once had, each number, as `person_by_number` does; one query."""
    owners = PersonNumber.objects.filter(number__in=list(numbers)).annotate(root=root_of())
    return dict(owners.order_by("valid_from", "pk").values_list("number", "root"))


def person_number_on(person_ids: Iterable[UUID], on: date) -> dict[UUID, str]:
    """Return the normal form of the number that each person had on the day; one query.

    A day before the first known number gives the first. For documents: no actor, no scope.
    """
    known: dict[UUID, str] = {}
    numbers = PersonNumber.objects.filter(person_id__in=set(person_ids))
    for each in numbers.order_by("valid_from", "pk"):
        if each.valid_from <= on or each.person_id not in known:
            known[each.person_id] = each.number
    return known


def number_before(person_id: UUID, number_normal: str) -> str:
    """Return the number, as it is shown, that the person had before this one; "" when none.

    For callers that have seen the person in clear: no actor, no scope.
    """
    owned = PersonNumber.objects.filter(person=person_id).order_by("valid_from", "pk")
    numbers = list(owned.values_list("number", flat=True))
    place = numbers.index(number_normal) if number_normal in numbers else 0
    return read_number(numbers[place - 1]).display if place else ""


def has_been_enrolled(person_id: UUID, provider_id: UUID) -> bool:
    """Say whether the person is or has been enrolled with the provider (Manual s. 3)."""
    return Enrolment.objects.filter(of_person(person_id), provider_id=provider_id).exists()


def persons_in_scope(actor: Actor, permission: Permission) -> QuerySet[Person]:
    """Return the persons that the actor reaches with the permission."""
    return Person.objects.filter(person_scope(actor, permission))


def persons_reached(actor: Actor, permission: Permission) -> QuerySet[Person, UUID]:
    """Return the ids of the persons that the actor reaches, to narrow other queries by."""
    return persons_in_scope(actor, permission).values_list("pk", flat=True)


def _number(number: PersonNumber) -> NumberRow:
    display = read_number(number.number).display
    return NumberRow(display, number.kind, number.valid_from, number.valid_to)


def enrolments_in_scope(actor: Actor, person_id: UUID) -> list[EnrolmentRow]:
    """Return the person's enrolments with providers in scope, the latest first; one query."""
    found = Enrolment.objects.filter(
        provider_scope(actor, Permission.VIEW_PERSONS), of_person(person_id)
    )
    related = found.select_related("provider", "unit").distinct().order_by("-start_date", "pk")
    return [
        EnrolmentRow(
            each.provider_id,
            each.provider.name,
            each.unit.name if each.unit else "",
            each.start_date,
            each.end_date,
        )
        for each in related
    ]
