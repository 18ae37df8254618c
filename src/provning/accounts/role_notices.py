"""The notice by e-mail that somebody's roles have changed: it names no role, place or person."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django_tasks import task

from provning.accounts.mailing import address_of, send_or_retry
from provning.accounts.models import User

SUBJECT = "Dina roller i Prövning har ändrats"


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
