"""Notices by e-mail of what an account may do and whose it is; they name no role or person."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django_tasks import task

from provning.accounts.mailing import address_of, send_or_retry
from provning.accounts.models import User

SUBJECT = "Dina roller i Prövning har ändrats"
LINK_SUBJECT = "Kopplingen mellan ditt konto och dig i Prövning har ändrats"


def tell_of_roles(user: User) -> None:
    """Put the notice in the queue as soon as the caller's transaction is stored, not before."""
    if user.email:
        transaction.on_commit(partial(send_role_notice.enqueue, str(user.pk)), robust=True)


@task()
def send_role_notice(user_id: str, attempt: int = 0) -> None:
    """Tell the account's holder to sign in and look; on a failing mail server, try again later."""
    to = address_of(User.objects.filter(pk=UUID(user_id)).first())
    if not to:
        return
    body = f"Logga in för att se dem: {settings.PUBLIC_ADDRESS}/\n"
    send_or_retry(send_role_notice, user_id, attempt=attempt, to=to, subject=SUBJECT, body=body)


def tell_of_link(user: User) -> None:
    """Put the notice that it has changed whose account it is in the queue, as `tell_of_roles`."""
    if user.email:
        transaction.on_commit(partial(send_link_notice.enqueue, str(user.pk)), robust=True)


@task()
def send_link_notice(user_id: str, attempt: int = 0) -> None:
    """Tell the account's holder whom to ask; on a failing mail server, try again later."""
    to = address_of(User.objects.filter(pk=UUID(user_id)).first())
    if not to:
        return
    body = (
        "Kopplingen bestämmer vilka prövningsgrupper du når. Har du inte väntat dig det, hör av dig"
        f" till den som sköter konton hos er: {settings.PUBLIC_ADDRESS}/\n"
    )
    subject = LINK_SUBJECT
    send_or_retry(send_link_notice, user_id, attempt=attempt, to=to, subject=subject, body=body)
