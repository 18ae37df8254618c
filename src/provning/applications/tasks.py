"""The notice by e-mail that a request waits: a subject and a link, and never a personal datum.

The mail replaces the manual's mail with personnummer. It is sent by a job after the request is
stored; a mail server that does not answer delays the notice and never touches the request.
"""

from datetime import date
from enum import StrEnum
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django_tasks import task

from provning.accounts.mailing import address_of, send_or_retry
from provning.accounts.queries import user_by_id
from provning.applications.models import RegistrationRequest
from provning.organisation.queries import requests_mail_to

REQUEST_PATH = "/begaran/{id}/"
"""Where the web room shows one request."""


class Notice(StrEnum):
    """What the mail is about; its value is the subject."""

    SENT = "Ny begäran om registrering inför prövning"
    ANSWERED = "Svar på fråga om registrering inför prövning"
    QUESTION = "Fråga om din begäran om registrering inför prövning"
    REFUSED = "Din begäran om registrering inför prövning är avslagen"
    DONE = "Din begäran om registrering inför prövning är klar"


TO_CENTRE = frozenset({Notice.SENT, Notice.ANSWERED})


def notify(request_id: UUID, notice: Notice, today: date) -> None:
    """Put the notice in the queue as soon as the caller's transaction is stored, not before."""
    job = partial(send_notice.enqueue, str(request_id), notice.name, today.isoformat())
    transaction.on_commit(job, robust=True)


@task()
def send_notice(request_id: str, notice_name: str, today: str, attempt: int = 0) -> None:
    """Send one notice; on a failing mail server, try again later."""
    notice = Notice[notice_name]
    to = address_for(UUID(request_id), notice, date.fromisoformat(today))
    if not to:
        return
    link = f"{settings.PUBLIC_ADDRESS}{REQUEST_PATH.format(id=request_id)}"
    send_or_retry(
        send_notice,
        request_id,
        notice_name,
        today,
        attempt=attempt,
        to=to,
        subject=notice.value,
        body=f"{link}\n",
    )


def address_for(request_id: UUID, notice: Notice, today: date) -> str:
    """Return whom the notice goes to: the centre by policy, else the sender's account; or ""."""
    requests = RegistrationRequest.objects.select_related("group__unit__provider")
    request = requests.get(pk=request_id)
    if notice in TO_CENTRE:
        organiser_id = request.group.unit.provider.organiser_id
        return requests_mail_to(organiser_id, today)
    return _account_address(request.sent_by_id)


def _account_address(account_id: str) -> str:
    """Return the address of the account, "" for a program or for an account without one."""
    try:
        user = user_by_id(UUID(account_id))
    except ValueError:
        return ""
    return address_of(user)
