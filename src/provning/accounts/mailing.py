"""Mail that must not be lost: sent by a job, and tried again when the mail server fails."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPException
from typing import Any, Final

from django.core.mail import send_mail
from django_tasks.base import Task

WAITS: Final = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240, 720))
"""How long to wait before each new attempt; after the last the job fails and is seen as failed."""


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
