"""Jobs that are run again or left undone, where that is safe."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from provning.audit.actions import record
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError
from provning.operations import events
from provning.operations.jobs import CANCELLED, job_row, require_all


@transaction.atomic
def run_job_again(*, actor: Actor, job_id: UUID) -> bool:
    """Put a failed job in the queue again; False when it may not or need not be."""
    job = _held(actor, job_id)
    if not job_row(job).may_run_again:
        return False
    job.status = TaskResultStatus.READY
    job.started_at = job.finished_at = None
    job.exception_class_path = job.traceback = ""
    job.run_after = timezone.now()
    job.save()
    record(events.JOB_RUN_AGAIN, actor=actor, subjects=[("job", job.pk)], after=_facts(job))
    return True


@transaction.atomic
def cancel_job(*, actor: Actor, job_id: UUID) -> bool:
    """Leave a waiting job undone; False when it may not be, or has begun already."""
    job = _held(actor, job_id)
    if not job_row(job).may_be_cancelled:
        return False
    job.status = TaskResultStatus.FAILED
    job.finished_at = timezone.now()
    job.exception_class_path = CANCELLED
    job.save()
    record(events.JOB_CANCELLED, actor=actor, subjects=[("job", job.pk)], after=_facts(job))
    return True


def _held(actor: Actor, job_id: UUID) -> "DBTaskResult[Any, Any]":
    require_all(actor)
    job = DBTaskResult.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFoundError
    return job


def _facts(job: "DBTaskResult[Any, Any]") -> dict[str, object]:
    return {"kind": job_row(job).kind}
