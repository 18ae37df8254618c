"""The job that tells subscribers: one waits while anybody subscribes, and leaves nothing behind."""

from datetime import UTC, datetime

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from provning.publishing.actions import clear_finished_calls
from provning.publishing.tasks import keep_telling, tell
from tests.publishing.test_subscriptions import subscribed, viewer

pytestmark = pytest.mark.django_db


def waiting() -> int:
    return DBTaskResult.objects.filter(
        task_path=tell.module_path, status=TaskResultStatus.READY
    ).count()


def test_one_job_waits_while_anybody_subscribes() -> None:
    keep_telling()
    assert waiting() == 0
    subscribed(viewer())
    for _time in range(2):
        keep_telling()
    assert waiting() == 1
    (job,) = DBTaskResult.objects.all()
    assert job.run_after > datetime.now(UTC)


def test_where_jobs_are_done_at_once_none_waits(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    subscribed(viewer())
    keep_telling()
    assert waiting() == 0


def test_what_the_job_leaves_is_removed_and_nothing_else() -> None:
    subscribed(viewer())
    keep_telling()
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    keep_telling()
    assert clear_finished_calls(task_path="other") == 0
    assert clear_finished_calls(task_path=tell.module_path) == 1
    assert waiting() == 1
