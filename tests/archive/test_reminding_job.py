"""The job that looks for what is due: one waits, it does its work, and comes back next morning."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from provning.archive.models import DeliveryReminder
from provning.archive.tasks import keep_reminding, look, remind
from tests.archive.test_reminders import DUE, FIRST_DAY, account
from tests.archive.world import shelf
from tests.grading import world

SWEDEN = ZoneInfo("Europe/Stockholm")
pytestmark = pytest.mark.django_db


def waiting() -> list[datetime]:
    jobs = DBTaskResult.objects.filter(task_path=remind.module_path, status=TaskResultStatus.READY)
    return list(jobs.values_list("run_after", flat=True))


def test_a_server_that_starts_has_it_look_at_once_and_a_second_adds_none() -> None:
    now = datetime.now(UTC)
    for moment in (now, now + timedelta(minutes=1)):
        keep_reminding(moment)

    assert waiting() == [now]


def test_it_reminds_of_what_is_due_and_waits_for_the_next_morning() -> None:
    stage = shelf([world.person("Ada", "Åkesson")])
    stage.print()
    account("rektor", "principal", "unit", stage.graded.town.unit.pk)

    look(datetime.combine(FIRST_DAY, time(23, 30), SWEDEN))

    assert DeliveryReminder.objects.get().due == DUE
    assert waiting() == [datetime.combine(FIRST_DAY + timedelta(days=1), time(6), SWEDEN)]


def test_where_jobs_are_done_at_once_none_waits(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    keep_reminding(datetime.now(UTC))
    assert waiting() == []
