"""Mail that must not be lost: sent by a job, and tried again when the mail server fails."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from smtplib import SMTPException
from typing import Any, Final
from uuid import UUID

from django.core.mail import send_mail
from django_tasks.base import Task

from provning.accounts.models import User

WAITS: Final = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240, 720))
"""How long to wait before each new attempt; after the last the job fails and is seen as failed."""

_SILENT: dict[str, Callable[[UUID], bool]] = {}


def keep_silent(room: str, is_silent: Callable[[UUID], bool]) -> None:
    """Let a room say which accounts get no mail; a second time replaces the first."""
    _SILENT[room] = is_silent


def address_of(user: User | None) -> str:
    """Return where the account's holder gets mail; "" when closed, without address or dead."""
    if user is None or not user.is_active or not user.email:
        return ""
    return "" if any(is_silent(user.pk) for is_silent in _SILENT.values()) else user.email


def send_or_retry(
    job: Task[Any, Any], *arguments: str, attempt: int, to: str, subject: str, body: str
) -> None:
    """Send a mail; on a failing server queue the job again, with the next attempt last."""
    try:
        send_mail(subject, body, None, [to])
    except (SMTPException, OSError):
        if attempt == len(WAITS) or not job.get_backend().supports_defer:
            raise
        later = job.using(run_after=datetime.now(UTC) + WAITS[attempt])
        later.enqueue(*arguments, attempt + 1)
