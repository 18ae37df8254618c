"""The job that tells subscribers; it orders itself anew, so that one is always waiting."""

from datetime import UTC, datetime, timedelta

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from provning.publishing.actions import tell_subscribers

PAUSE = timedelta(seconds=30)


@task()
def tell() -> None:
    """Tell subscribers, and come back in a while."""
    tell_subscribers(now=datetime.now(UTC))
    keep_telling()


def keep_telling() -> None:
    """See to it that the job waits; ordering it twice makes one."""
    waiting = DBTaskResult.objects.filter(task_path=tell.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        tell.using(run_after=datetime.now(UTC) + PAUSE).enqueue()
