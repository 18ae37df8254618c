"""Notices by e-mail that it has changed how an account is signed in to: what, when, what to do.

They name no person, no provider and no code. Whoever has got into an account, or administers it,
adds no way in that its holder does not hear of.
"""

from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop
from django_tasks import task

from provning.accounts.mailing import address_of, send_or_retry
from provning.accounts.models import User


class SignInChange(StrEnum):
    """What has happened to how an account is signed in to."""

    STEP_ADDED = "step_added"
    STEP_REMOVED = "step_removed"
    CODES_RENEWED = "codes_renewed"
    PASSWORD_SET = "password_set"  # noqa: S105 # the name of a change
    IDENTITY_BOUND = "identity_bound"


SUBJECTS: Final = {
    SignInChange.STEP_ADDED: gettext_noop("Ett andra steg har lagts till på ditt konto i Prövning"),
    SignInChange.STEP_REMOVED: gettext_noop(
        "Ett andra steg har tagits bort från ditt konto i Prövning"
    ),
    SignInChange.CODES_RENEWED: gettext_noop(
        "Ditt konto i Prövning har fått nya återställningskoder"
    ),
    SignInChange.PASSWORD_SET: gettext_noop("Ditt konto i Prövning har fått ett nytt lösenord"),
    SignInChange.IDENTITY_BOUND: gettext_noop(
        "Ditt konto i Prövning har fått ett nytt sätt att logga in"
    ),
}
WHEN: Final = gettext_noop("Det skedde %(day)s klockan %(time)s.")
EXPECTED: Final = gettext_noop("Var det du, eller har du bett om det, behöver du inte göra något.")
UNEXPECTED: Final = gettext_noop(
    "Var det inte du? Hör genast av dig till den som sköter konton hos er. Byt sedan lösenord, och "
    "avsluta alla andra inloggningar, på sidan för ditt konto:"
)


def tell_of_sign_in(user: User, change: SignInChange) -> None:
    """Put the notice in the queue as soon as the caller's transaction is stored, not before."""
    if user.email:
        now = datetime.now(UTC).isoformat()
        job = partial(send_sign_in_notice.enqueue, str(user.pk), change.value, now)
        transaction.on_commit(job, robust=True)


@task()
def send_sign_in_notice(user_id: str, change: str, at: str, attempt: int = 0) -> None:
    """Tell the account's holder in their own language; `at` is when it happened, in ISO 8601.

    On a failing mail server, try again later.
    """
    user = User.objects.filter(pk=UUID(user_id)).first()
    to = address_of(user)
    if user is None or not to:
        return
    when = timezone.localtime(datetime.fromisoformat(at))
    filled = {"day": f"{when:%Y-%m-%d}", "time": f"{when:%H.%M}"}
    with translation.override(user.language):
        subject = gettext(SUBJECTS[SignInChange(change)])
        told = f"{gettext(WHEN) % filled} {gettext(EXPECTED)}\n\n{gettext(UNEXPECTED)}"
    send_or_retry(
        send_sign_in_notice,
        user_id,
        change,
        at,
        attempt=attempt,
        to=to,
        subject=subject,
        body=f"{told}\n\n{settings.PUBLIC_ADDRESS}/konto/\n",
    )
