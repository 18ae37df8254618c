"""Which jobs are finished since so long that their rows may go."""

from datetime import UTC, date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from provning.kernel.disposal import Disposable

FINISHED = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)


def jobs_to_dispose(before: date) -> list[Disposable]:
    """Return the jobs that ended before the day, the oldest first; one query."""
    return [
        Disposable(
            str(job.pk),
            f"Utfört jobb, {job.task_path.rpartition('.')[2]}",
            timezone.localtime(job.finished_at).date(),
        )
        for job in finished_jobs(before).order_by("finished_at", "pk")
    ]


def finished_jobs(before: date) -> QuerySet["DBTaskResult[Any, Any]"]:
    """Return the jobs that ended before the day, well or not."""
    limit = timezone.make_aware(datetime.combine(before, datetime.min.time()))
    return DBTaskResult.objects.filter(status__in=FINISHED, finished_at__lt=limit.astimezone(UTC))
