"""The reminder by e-mail that a delivery is due: a day and a link, and never a personal datum."""

from uuid import UUID

from django.conf import settings
from django_tasks import task

from provning.accounts.mailing import send_or_retry
from provning.accounts.queries import user_by_id
from provning.archive.models import DeliveryReminder

DELIVERIES_PATH = "/leveranser/"
"""Where the web room lists the deliveries."""
TO_SEND = "Påminnelse: betygskataloger ska skickas senast {due}"
TO_RECEIVE = "Påminnelse: en leverans av betygskataloger ska tas emot senast {due}"


@task()
def send_reminder(reminder_id: str, user_id: str, attempt: int = 0) -> None:
    """Send one account its reminder; a closed account or one without address gets none."""
    user = user_by_id(UUID(user_id))
    if user is None or not user.is_active or not user.email:
        return
    reminder = DeliveryReminder.objects.get(pk=reminder_id)
    subject = TO_SEND if reminder.side == DeliveryReminder.Side.PROVIDER else TO_RECEIVE
    send_or_retry(
        send_reminder,
        reminder_id,
        user_id,
        attempt=attempt,
        to=user.email,
        subject=subject.format(due=reminder.due.isoformat()),
        body=f"{settings.PUBLIC_ADDRESS}{DELIVERIES_PATH}\n",
    )
