"""The mail with which a forgotten password is replaced; it tells nothing of the account."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.utils.http import urlsafe_base64_encode
from django_tasks import task

from provning.accounts.mailing import address_of, send_or_retry
from provning.accounts.models import User
from provning.accounts.queries import user_by_id

RESET_PATH = "/logga-in/nytt-losenord/{user}/{token}/"
"""Where the web room lets a new password be chosen."""
SUBJECT = "Nytt lösenord"
BODY = """Någon, troligen du, har bett om ett nytt lösenord. Välj det här inom en timme:

{link}

Har du inte bett om det behöver du inte göra något.
"""
INVITATION_SUBJECT = "Välj ett lösenord"
INVITATION_BODY = """Du har fått ett konto. Välj lösenord här inom en timme:

{link}

Har tiden gått ut ber du den som gav dig kontot om en ny länk.
"""


@task()
def send_reset(user_id: str, attempt: int = 0) -> None:
    """Send the link; it is made when it is sent, and stands in no queue."""
    user = user_by_id(UUID(user_id))
    to = address_of(user)
    if user is None or not to:
        return
    send_or_retry(
        send_reset,
        user_id,
        attempt=attempt,
        to=to,
        subject=SUBJECT,
        body=BODY.format(link=_link(user)),
    )


@task()
def send_invitation(user_id: str, attempt: int = 0) -> None:
    """Send the link of an invitation; it names neither the program's work nor the account."""
    user = user_by_id(UUID(user_id))
    to = address_of(user)
    if user is None or not to:
        return
    send_or_retry(
        send_invitation,
        user_id,
        attempt=attempt,
        to=to,
        subject=INVITATION_SUBJECT,
        body=INVITATION_BODY.format(link=_link(user)),
    )


def _link(user: User) -> str:
    path = RESET_PATH.format(
        user=urlsafe_base64_encode(str(user.pk).encode()),
        token=default_token_generator.make_token(user),
    )
    return f"{settings.PUBLIC_ADDRESS}{path}"
