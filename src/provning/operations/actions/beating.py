"""The worker says that it lives."""

from datetime import datetime

from django.db import transaction

from provning.operations.models import WorkerBeat
from provning.operations.workers import FORGOTTEN


@transaction.atomic
def beat(*, worker: str, started_at: datetime, now: datetime) -> None:
    """Write that a worker lives, and forget those that have been silent for a day.

    No event: it happens every quarter of a minute and says nothing of anybody.
    """
    WorkerBeat.objects.update_or_create(
        worker=worker, defaults={"started_at": started_at, "beat_at": now}
    )
    WorkerBeat.objects.filter(beat_at__lt=now - FORGOTTEN).delete()
