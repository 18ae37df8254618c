"""A line in the log for each job that has ended: which, how, and nothing of what it was about."""

import logging
from typing import TYPE_CHECKING, Any

from django_tasks.signals import task_finished

if TYPE_CHECKING:
    from django_tasks.base import TaskResult

LOG = logging.getLogger("provning.jobs")


def log_jobs() -> None:
    """Have every job of this process written down when it ends."""
    task_finished.connect(_write, dispatch_uid="provning.jobs")


def _write(task_result: "TaskResult[Any]", **_kwargs: object) -> None:
    well = not task_result.errors
    facts = {
        "job": task_result.task.module_path,
        "job_id": str(task_result.id),
        "status": str(task_result.status),
        "error": "" if well else task_result.errors[0].exception_class_path,
    }
    LOG.log(logging.INFO if well else logging.ERROR, "job finished", extra=facts)
