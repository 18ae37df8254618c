"""Doing what a request asks for."""

from datetime import date
from uuid import UUID

from django.db import transaction

from provning.applications import rules
from provning.applications.actions.steps import (
    handle,
    held_request,
    record_step,
    refuse_unless_open,
)
from provning.applications.events import REQUEST_DONE
from provning.applications.models import RegistrationRequest
from provning.applications.tasks import Notice, notify
from provning.exams.actions import place_student
from provning.exams.actions.locks import held_group_and_above
from provning.exams.models import Placement
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import refuse_if
from provning.people.actions import Revision, enrol, register_person, revise_persons
from provning.people.models import Person
from provning.people.names import shares_a_word, spoken_name
from provning.people.queries import has_been_enrolled, person_by_number, persons_reached


@transaction.atomic
def register_requested(
    *,
    actor: Actor,
    request_id: UUID,
    expected_version: int,
    protection: str = "Ingen",
    email: str = "",
    today: date,
) -> Placement:
    """Register, enrol and place the person of a request, all of it or nothing (Manual s. 2–3).

    Whoever is in the register already keeps their name and protection there. Whom only another
    organiser has was not shown to the actor: then the names must have a word in common, and what
    the actor says of protection, or of an address that is missing, is kept. The same click sent
    twice gives the same placement.
    """
    request = held_request(actor, Permission.HANDLE_REQUESTS, request_id)
    if request.placement is not None and request.version == expected_version + 1:
        return request.placement
    refuse_unless_open(request, expected_version)
    held_group_and_above(actor, request.group_id, Permission.PLACE_PERSONS)
    person_id = _registered(actor, request, protection, email, today)
    unseen = not _reaches(actor, person_id)
    refuse_if([rules.other_name()] if unseen and not _is_called(person_id, request) else [])
    _enrol(actor, request, person_id, today)
    if unseen:
        _keep_what_was_said(actor, person_id, protection, email, today)
    placement = place_student(
        actor=actor,
        group_id=request.group_id,
        person_id=person_id,
        exam_date=request.exam_date,
        today=today,
    )
    before, request.status = request.status, RegistrationRequest.Status.DONE
    request.placement = placement
    handle(actor, request, "placement")
    record_step(REQUEST_DONE, actor, request, before=before)
    notify(request.id, Notice.DONE, today)
    return placement


def _registered(
    actor: Actor, request: RegistrationRequest, protection: str, email: str, today: date
) -> UUID:
    """Return the person of the number, registered now when nobody has it."""
    known = person_by_number(request.identity_number)
    if known is not None:
        return known
    person = register_person(
        actor=actor,
        identity_number=request.identity_number,
        given_name=request.given_name,
        family_name=request.family_name,
        protection=protection,
        email=email,
        today=today,
    )
    return person.id


def _reaches(actor: Actor, person_id: UUID) -> bool:
    reached = persons_reached(actor, Permission.HANDLE_REQUESTS)
    return reached.filter(pk=person_id).exists()


def _is_called(person_id: UUID, request: RegistrationRequest) -> bool:
    """Say whether the names of the register and of the request can be one person's."""
    person = Person.objects.get(pk=person_id)
    known = spoken_name(person.given_name, person.family_name)
    return shares_a_word(known, spoken_name(request.given_name, request.family_name))


def _keep_what_was_said(
    actor: Actor, person_id: UUID, protection: str, email: str, today: date
) -> None:
    """Add the protection and the address that the register lacks; never take any away."""
    person, none = Person.objects.get(pk=person_id), Person.Protection.NONE
    added = Revision(
        person_id,
        person.version,
        email=email if email and not person.email else None,
        protection=protection if protection != none and person.protection == none else None,
    )
    if added.wanted():
        revise_persons(actor=actor, revisions=[added], today=today)


def _enrol(actor: Actor, request: RegistrationRequest, person_id: UUID, today: date) -> None:
    """Enrol the person with the group's provider, unless that has been done since the request."""
    unit = request.group.unit
    if has_been_enrolled(person_id, unit.provider_id):
        return
    enrol(
        actor=actor,
        person_id=person_id,
        provider_id=unit.provider_id,
        unit_id=unit.id,
        start_date=min(today, request.exam_date),
    )
