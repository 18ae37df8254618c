"""Reminders that a delivery is due: one look a day, and e-mails without any personal datum.

The job that looks orders itself anew, so that one is always waiting and nobody has to think of it.
"""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from provning.accounts.mailing import address_of, send_or_retry
from provning.accounts.queries import user_by_id
from provning.archive.actions import remind_of_deliveries
from provning.archive.models import DeliveryReminder
from provning.kernel.actors import system_actor

DELIVERIES_PATH = "/leveranser/"
"""Where the web room lists the deliveries."""
TO_SEND = "Påminnelse: betygskataloger ska skickas senast {due}"
TO_RECEIVE = "Påminnelse: en leverans av betygskataloger ska tas emot senast {due}"
MORNING = time(6)


@task()
def remind() -> None:
    """Remind of the deliveries that are due, and come back tomorrow."""
    look(timezone.localtime())


def look(now: datetime) -> None:
    """Remind of what is due on the day, and have the job wait for the next morning.

    It waits also after what went wrong. `now` is local time, which decides the day.
    """
    try:
        remind_of_deliveries(actor=system_actor("Prövning", "reminder"), today=now.date())
    finally:
        tomorrow = now.date() + timedelta(days=1)
        keep_reminding(timezone.make_aware(datetime.combine(tomorrow, MORNING)))


def keep_reminding(at: datetime) -> None:
    """See to it that the job waits, from `at` unless one waits already.

    Two servers that order at once make two, which are one again when both are done; the same day
    is reminded of once whoever looks. Where jobs are done at once, none can wait.
    """
    waiting = DBTaskResult.objects.filter(
        task_path=remind.module_path, status=TaskResultStatus.READY
    )
    if remind.get_backend().supports_defer and not waiting.exists():
        remind.using(run_after=at).enqueue()


@task()
def send_reminder(reminder_id: str, user_id: str, attempt: int = 0) -> None:
    """Send one account its reminder; a closed account or one without address gets none."""
    to = address_of(user_by_id(UUID(user_id)))
    if not to:
        return
    reminder = DeliveryReminder.objects.get(pk=reminder_id)
    subject = TO_SEND if reminder.side == DeliveryReminder.Side.PROVIDER else TO_RECEIVE
    send_or_retry(
        send_reminder,
        reminder_id,
        user_id,
        attempt=attempt,
        to=to,
        subject=subject.format(due=reminder.due.isoformat()),
        body=f"{settings.PUBLIC_ADDRESS}{DELIVERIES_PATH}\n",
    )
