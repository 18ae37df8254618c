"""What is asked of the installation as a whole."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from provning.audit.models import AuditEvent
from provning.operations.events import BACKUP_TAKEN
from provning.operations.models import WorkerBeat


@dataclass(frozen=True, slots=True)
class JobFigures:
    """How many jobs there are in each state, and since when the oldest that may run has waited."""

    counts: dict[str, int]
    oldest: datetime | None


def last_backup() -> datetime | None:
    """Return when the latest backup was taken, None when none has been."""
    taken = AuditEvent.objects.filter(name=BACKUP_TAKEN).order_by("-number")
    return taken.values_list("recorded_at", flat=True).first()


def last_beat() -> datetime | None:
    """Return when a worker last said that it lives, None when none ever has."""
    return WorkerBeat.objects.values_list("beat_at", flat=True).first()


def job_figures(now: datetime) -> JobFigures:
    """Count the jobs; two queries."""
    counted = DBTaskResult.objects.values_list("status").annotate(Count("pk")).order_by()
    counts = dict.fromkeys((each.value for each in TaskResultStatus), 0)
    counts.update({str(status): number for status, number in counted})
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY, run_after__lte=now)
    oldest: datetime | None = ready.aggregate(since=Min("enqueued_at"))["since"]
    return JobFigures(counts, oldest)


def trail_length() -> int:
    """Return the number of the latest event."""
    return AuditEvent.objects.values_list("number", flat=True).order_by("-number").first() or 0
