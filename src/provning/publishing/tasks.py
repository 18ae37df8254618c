"""The job that tells subscribers; it orders itself anew, so that one is always waiting."""

from datetime import UTC, datetime, timedelta

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from provning.publishing.actions import clear_finished_calls, tell_subscribers
from provning.publishing.models import Subscription

PAUSE = timedelta(seconds=30)


@task()
def tell() -> None:
    """Tell subscribers, and come back in a while; also after what went wrong."""
    try:
        tell_subscribers(now=datetime.now(UTC))
    finally:
        clear_finished_calls(task_path=tell.module_path)
        keep_telling()


def keep_telling() -> None:
    """See to it that the job waits while anybody subscribes; ordering it twice makes one.

    Where jobs are done at once, none can wait, and nobody is told.
    """
    waiting = DBTaskResult.objects.filter(task_path=tell.module_path, status=TaskResultStatus.READY)
    holds = Subscription.objects.filter(expires_at__gt=datetime.now(UTC))
    if tell.get_backend().supports_defer and holds.exists() and not waiting.exists():
        tell.using(run_after=datetime.now(UTC) + PAUSE).enqueue()
