"""The life of an ordered job: found while it is under way, claimed by one worker, ended."""

from datetime import UTC, datetime
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from provning.catalogues import rules
from provning.catalogues.models import CatalogueJob
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError

Job = TypeVar("Job", bound=CatalogueJob)
Status = CatalogueJob.Status
UNDER_WAY: Final = (Status.WAITING, Status.RUNNING)


def ordered_now(actor: Actor, submission: UUID) -> dict[str, object]:
    """Return the columns that say who orders a job now, and with which form."""
    return {
        "submission": submission,
        "ordered_at": datetime.now(UTC),
        "ordered_by_account": actor.id,
        "ordered_by_name": actor.name,
        "ordered_by_role": actor.role,
    }


def job_under_way(jobs: QuerySet[Job]) -> tuple[Job | None, bool]:
    """Return the one of the jobs that waits or runs, and whether its worker is lost; held."""
    found = jobs.select_for_update(of=("self",)).filter(status__in=UNDER_WAY).first()
    return found, found is not None and rules.is_stuck(found.started_at, datetime.now(UTC))


def claim(jobs: QuerySet[Job], job_id: UUID, called: str) -> Job | None:
    """Take a waiting job, so that no other worker does; None when another has it.

    In the caller's transaction. Raises `NotFoundError` of what the job is `called`.
    """
    job = jobs.select_for_update(of=("self",)).filter(pk=job_id).first()
    if job is None:
        raise NotFoundError(called)
    if job.status != Status.WAITING:
        return None
    job.status, job.started_at = Status.RUNNING, datetime.now(UTC)
    job.save(update_fields=["status", "started_at"])
    return job


def end(job: CatalogueJob, status: CatalogueJob.Status, message: str) -> dict[str, object]:
    """Keep how a job ended, and return that as the trail tells it."""
    job.status, job.message, job.finished_at = status, message, datetime.now(UTC)
    job.save(update_fields=["status", "message", "finished_at"])
    return {"outcome": status.label, "status": status, "message": message}
