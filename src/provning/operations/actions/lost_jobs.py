"""Jobs whose worker is gone: taken again where that does no harm, else ended and told.

A job that a living worker carries out is never touched. What the job was for is let go in the same
transaction, so that nobody waits for what nobody does.
"""

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from provning.audit.actions import record
from provning.catalogues.actions import end_lost_order, end_lost_signing
from provning.comparisons.actions import put_back_comparison
from provning.extracts.actions import put_back_order
from provning.imports.actions import put_back_import
from provning.kernel.actors import Actor
from provning.operations import events
from provning.operations.jobs import LOST, RUN_AGAIN, job_row
from provning.operations.models import WorkerBeat
from provning.operations.workers import is_gone

if TYPE_CHECKING:
    Job = DBTaskResult[Any, Any]

LOG = logging.getLogger("provning.jobs")
STOPPED: Final = "builtins.SystemExit"
"""What the library keeps of a job that was cut off when its worker was told twice to stop."""
AGAIN: Final = RUN_AGAIN | {"remind", "tell", "remove_what_expired"}
"""What does no harm twice; the last three also order themselves, and would never run again."""
PUT_BACK: Final = {
    "run_staged_import": put_back_import,
    "issue_ordered_extracts": put_back_order,
    "run_asked_comparison": put_back_comparison,
}
"""What goes on from where it was, once it has been put back for another job to claim."""
ENDED: Final = {
    "make_ordered_catalogue": end_lost_order,
    "sign_ordered_catalogue": end_lost_signing,
}
"""What is ended, and ordered again by a person."""
ALIVE: Final = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
TRIES: Final = 3
"""A job that has been begun so often may itself be what ends its worker."""


class _HasAnotherError(Exception):
    """Somebody has ordered the same anew, and a job of its own waits or goes on for it."""


def take_over_lost_jobs(*, actor: Actor, now: datetime) -> int:
    """Look after every job whose worker is gone, and return how many.

    `now` is by `database_clock`. What somebody else has locked is left for the next look.
    """
    count = 0
    for job in _lost(now):
        try:
            count += _take_over(actor, job, now)
        except DatabaseError:
            LOG.warning("lost job is held", extra={"job": job.task_path, "job_id": str(job.pk)})
    return count


def _lost(now: datetime) -> "list[Job]":
    """Return the jobs that are begun and that nobody carries out, and those that were cut off."""
    begun = DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.RUNNING)
        | Q(status=TaskResultStatus.FAILED, exception_class_path=STOPPED)
    )
    jobs = list(begun.defer("traceback", "return_value"))
    heard = dict(WorkerBeat.objects.values_list("worker", "beat_at")) if jobs else {}
    return [job for job in jobs if _is_lost(job, heard, now)]


def _is_lost(job: "Job", heard: dict[str, datetime], now: datetime) -> bool:
    if job.status != TaskResultStatus.RUNNING:
        return True
    worker = job.worker_ids[-1] if job.worker_ids else ""
    return is_gone(worker, heard.get(worker), job.started_at or job.enqueued_at, now)


@transaction.atomic
def _take_over(actor: Actor, seen: "Job", now: datetime) -> bool:
    """Look after one lost job; False when it has ended, or been begun by another, since."""
    found = DBTaskResult.objects.select_for_update(skip_locked=True)
    job = found.filter(pk=seen.pk, status=seen.status, started_at=seen.started_at).first()
    if job is None:
        return False
    again = _let_go(job)
    job.status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
    job.finished_at = None if again else now
    job.exception_class_path, job.traceback = "" if again else LOST, ""
    if again:
        job.started_at, job.run_after = None, now
    job.save()
    event = events.JOB_TAKEN_OVER if again else events.JOB_LOST
    record(event, actor=actor, subjects=[("job", job.pk)], after={"kind": job_row(job).kind})
    facts = {"job": job.task_path, "job_id": str(job.pk), "status": str(job.status)}
    LOG.error("job lost its worker", extra=facts)
    return True


def _let_go(job: "Job") -> bool:
    """Let go of what the job was for; say whether the job is to be done again."""
    kind = job_row(job).kind
    if kind in ENDED:
        ENDED[kind](lost_id=UUID(_first(job)))
        return False
    if len(job.worker_ids) >= TRIES:
        return False
    return kind in AGAIN or (kind in PUT_BACK and _put_back(kind, job))


def _put_back(kind: str, job: "Job") -> bool:
    """Put back what the job was for, unless another job has it already."""
    try:
        with transaction.atomic():
            PUT_BACK[kind](lost_id=UUID(_first(job)))
            # Asked when it is locked, so that nobody orders the same meanwhile.
            alive = DBTaskResult.objects.filter(task_path=job.task_path, status__in=ALIVE)
            if any(_first(other) == _first(job) for other in alive.exclude(pk=job.pk)):
                raise _HasAnotherError  # noqa: TRY301 # what was put back is taken back with it
    except _HasAnotherError:
        return False
    return True


def _first(job: "Job") -> str:
    """Return what the job was given first: the id of what it is for."""
    return str(job.args_kwargs["args"][0])
