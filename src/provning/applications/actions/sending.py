"""Sending a request to Vuxenutbildningscentrum."""

from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.applications.actions.steps import record_step
from provning.applications.events import REQUEST_SENT
from provning.applications.models import RegistrationRequest
from provning.applications.queries import OPEN
from provning.applications.rules import name_problems, sending_problems, submission_used
from provning.applications.tasks import Notice, notify
from provning.courses.queries import course_by_id
from provning.exams.actions.locks import held_group
from provning.exams.models import ExamGroup
from provning.exams.rules import exam_date_problems
from provning.kernel.actors import Actor, Permission
from provning.kernel.identity import identity_problems, parse_identity_number
from provning.kernel.problems import Problem, refuse_if
from provning.people.queries import has_been_enrolled, person_by_number


@transaction.atomic
def send_request(
    *,
    actor: Actor,
    group_id: UUID,
    identity_number: str,
    given_name: str,
    family_name: str,
    exam_date: date,
    submission: UUID | None = None,
    today: date,
) -> RegistrationRequest:
    """Ask Vuxenutbildningscentrum to register somebody and place them in the group (Manual s. 2).

    `submission` is the form: sent twice it gives the same request. Somebody who is or has been
    enrolled with the provider is placed directly instead.
    """
    group = held_group(actor, group_id, Permission.SEND_REQUESTS)
    number = _number(identity_number, given_name, group, exam_date, today)
    earlier = _sent_by(submission)
    if earlier is not None:
        return _same(earlier, group_id, number)
    refuse_if(_sending_problems(group, number))
    request = RegistrationRequest.objects.create(
        group=group,
        identity_number=number,
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        exam_date=exam_date,
        sent_at=datetime.now(UTC),
        sent_by_id=actor.id,
        sent_by_name=actor.name,
        submission=submission,
    )
    record_step(REQUEST_SENT, actor, request, before="")
    notify(request.id, Notice.SENT, today)
    return request


def _number(written: str, given_name: str, group: ExamGroup, exam_date: date, today: date) -> str:
    """Return the number's normal form when the form is filled in as it must be."""
    refuse_if(
        [
            *identity_problems(written, today=today),
            *name_problems(given_name),
            *exam_date_problems(
                exam_date,
                course_by_id(group.course_id),
                group_name=group.name,
                start_date=group.start_date,
                end_date=group.end_date,
            ),
        ]
    )
    return parse_identity_number(written, today=today).normal


def _sending_problems(group: ExamGroup, number: str) -> list[Problem]:
    """Say why the request is not needed; what other providers know of the person does not show."""
    person_id = person_by_number(number)
    enrolled = person_id is not None and has_been_enrolled(person_id, group.unit.provider_id)
    waiting = group.requests.filter(identity_number=number, status__in=OPEN)
    return sending_problems(enrolled=enrolled, asked=waiting.exists(), group_name=group.name)


def _sent_by(submission: UUID | None) -> RegistrationRequest | None:
    """Return the request that the form has sent already."""
    if submission is None:
        return None
    return RegistrationRequest.objects.filter(submission=submission).first()


def _same(request: RegistrationRequest, group_id: UUID, number: str) -> RegistrationRequest:
    """Return the form's request; a form that has been filled in anew sends no second one."""
    if (request.group_id, request.identity_number) != (group_id, number):
        refuse_if([submission_used(request.group.name)])
    return request
