"""Questions, answers, refusals and second thoughts about a request."""

from datetime import date
from uuid import UUID

from django.db import transaction

from provning.applications.actions.steps import (
    handle,
    held_request,
    open_request,
    record_step,
    refuse_unless_open,
    save,
)
from provning.applications.events import (
    REQUEST_ANSWERED,
    REQUEST_QUESTIONED,
    REQUEST_REFUSED,
    REQUEST_WITHDRAWN,
)
from provning.applications.models import RegistrationRequest
from provning.applications.rules import nothing_asked, text_problems
from provning.applications.tasks import Notice, notify
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import refuse_if

Status = RegistrationRequest.Status


@transaction.atomic
def ask_back(
    *, actor: Actor, request_id: UUID, expected_version: int, question: str, today: date
) -> RegistrationRequest:
    """Send the request back to the provider with a question."""
    request = open_request(actor, Permission.HANDLE_REQUESTS, request_id, expected_version)
    refuse_if(text_problems(question, "question"))
    before, request.status = request.status, Status.QUESTION
    request.question, request.answer = question.strip(), ""
    handle(actor, request, "question", "answer")
    record_step(REQUEST_QUESTIONED, actor, request, before=before)
    notify(request.id, Notice.QUESTION, today)
    return request


@transaction.atomic
def answer_request(
    *, actor: Actor, request_id: UUID, expected_version: int, answer: str, today: date
) -> RegistrationRequest:
    """Answer the centre's question, which puts the request back in its queue."""
    request = open_request(actor, Permission.SEND_REQUESTS, request_id, expected_version)
    refuse_if([] if request.status == Status.QUESTION else [nothing_asked()])
    refuse_if(text_problems(answer, "answer"))
    before, request.status = request.status, Status.SENT
    request.answer = answer.strip()
    save(request, "answer")
    record_step(REQUEST_ANSWERED, actor, request, before=before)
    notify(request.id, Notice.ANSWERED, today)
    return request


@transaction.atomic
def refuse_request(
    *, actor: Actor, request_id: UUID, expected_version: int, refusal: str, today: date
) -> RegistrationRequest:
    """Refuse a request, with the reason for the provider to read."""
    request = open_request(actor, Permission.HANDLE_REQUESTS, request_id, expected_version)
    refuse_if(text_problems(refusal, "refusal"))
    before, request.status = request.status, Status.REFUSED
    request.refusal = refusal.strip()
    handle(actor, request, "refusal")
    record_step(REQUEST_REFUSED, actor, request, before=before)
    notify(request.id, Notice.REFUSED, today)
    return request


@transaction.atomic
def withdraw_request(
    *, actor: Actor, request_id: UUID, expected_version: int
) -> RegistrationRequest:
    """Take a request back while it is open; a second time changes nothing."""
    request = held_request(actor, Permission.SEND_REQUESTS, request_id)
    if request.status == Status.WITHDRAWN:
        return request
    refuse_unless_open(request, expected_version)
    before, request.status = request.status, Status.WITHDRAWN
    save(request)
    record_step(REQUEST_WITHDRAWN, actor, request, before=before)
    return request
