"""Jobs whose worker is gone: taken again or ended, and never while a worker carries them out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from provning.accounts.tasks import send_reset
from provning.archive.tasks import remind
from provning.audit.models import AuditEvent
from provning.catalogues.models import CatalogueOrder
from provning.catalogues.tasks import seal_and_check_signatures
from provning.extracts.models import ExtractOrder
from provning.imports.actions import upload_file
from provning.imports.models import StagedImport
from provning.kernel.actors import system_actor
from provning.operations.actions import beat
from provning.operations.actions.lost_jobs import take_over_lost_jobs
from provning.operations.models import WorkerBeat
from provning.operations.workers import FORGOTTEN, NEVER_HEARD, SILENT, held_lock
from tests.builders import TODAY
from tests.catalogues import test_orders as catalogues
from tests.catalogues.world import graded_group
from tests.extracts import test_orders as extracts
from tests.extracts.world import office
from tests.grading import world
from tests.imports.world import PERSON_HEADERS, Desk, build_desk, csv_file
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC) - timedelta(hours=1)
PROGRAM = system_actor("Prövning", "worker")
GONE, HERE = "gone-1-a", "here-2-b"
READY, RUNNING, FAILED, DONE = (str(each) for each in TaskResultStatus)
desk = kept(build_desk)
Job = DBTaskResult[Any, Any]


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    """Let nobody hold a lock but who does so in the test."""
    settings.DATA_DIR = tmp_path


def begun(job: Job, *, by: str = GONE, times: int = 1) -> Job:
    """Let a worker have begun the job ten minutes ago, and have been silent since if it is gone."""
    started = NOW - timedelta(minutes=10)
    for worker, at in ((GONE, started), (HERE, NOW)):
        beat(worker=worker, started_at=started, now=at)
    job.status, job.started_at, job.worker_ids = RUNNING, started, [by] * times
    job.save()
    return job


def only_job() -> Job:
    return DBTaskResult.objects.get()


def mail() -> Job:
    send_reset.enqueue(str(uuid4()))
    return only_job()


def look() -> int:
    return take_over_lost_jobs(actor=PROGRAM, now=NOW)


def now_of(job: Job) -> tuple[str, str]:
    job.refresh_from_db()
    return str(job.status), job.exception_class_path


def told() -> list[str]:
    names = AuditEvent.objects.filter(name__in=("job_lost", "job_taken_over"))
    return list(names.order_by("number").values_list("name", flat=True))


def test_what_must_be_done_once_is_ended_and_told_once() -> None:
    job = begun(mail())
    assert (look(), look()) == (1, 0)
    assert now_of(job) == (FAILED, "lost")
    assert (job.finished_at, told()) == (NOW, ["job_lost"])


def test_a_job_in_a_living_worker_is_left_alone() -> None:
    job = begun(mail(), by=HERE)
    assert (look(), now_of(job), told()) == (0, (RUNNING, ""), [])


def test_a_worker_is_gone_when_it_has_been_silent_for_two_minutes() -> None:
    job = begun(mail())
    beat(worker=GONE, started_at=NOW, now=NOW - SILENT)
    assert (look(), now_of(job)) == (0, (RUNNING, ""))


def test_a_worker_that_has_been_silent_for_a_day_is_forgotten() -> None:
    for worker, silent in (
        ("a", FORGOTTEN + timedelta(seconds=1)),
        ("b", FORGOTTEN),
        ("c", SILENT),
    ):
        beat(worker=worker, started_at=NOW - 2 * FORGOTTEN, now=NOW - silent)
    beat(worker=HERE, started_at=NOW, now=NOW)
    assert set(WorkerBeat.objects.values_list("worker", flat=True)) == {"b", "c", HERE}


def test_a_worker_that_was_never_heard_has_an_hour() -> None:
    job = begun(mail(), by="restored")
    assert look() == 0
    DBTaskResult.objects.update(started_at=NOW - NEVER_HEARD - timedelta(seconds=1))
    assert (look(), now_of(job)) == (1, (FAILED, "lost"))


def test_a_held_lock_says_on_one_machine_that_a_silent_worker_lives(
    settings: Settings, tmp_path: Path
) -> None:
    if "sqlite" not in settings.DATABASES["default"]["ENGINE"]:
        pytest.skip("workers may be on several machines")
    job = begun(mail())
    with held_lock(GONE):
        assert look() == 0
    assert list((tmp_path / "workers").iterdir()) == []
    (tmp_path / "workers" / HERE).touch()  # what is left by a worker that was killed
    DBTaskResult.objects.update(worker_ids=[HERE])
    assert (look(), now_of(job)) == (1, (FAILED, "lost"))


@pytest.mark.parametrize(
    ("job", "given"), [(seal_and_check_signatures, [str(uuid4())]), (remind, [])]
)
def test_what_does_no_harm_twice_waits_again_until_it_has_been_begun_three_times(
    job: Any,
    given: list[str],
) -> None:
    job.enqueue(*given)
    begun(only_job())
    assert (look(), now_of(only_job())) == (1, (READY, ""))
    begun(only_job(), times=3)
    assert (look(), now_of(only_job())) == (1, (FAILED, "lost"))
    assert told() == ["job_taken_over", "job_lost"]


def test_a_job_that_its_worker_was_made_to_leave_is_lost_too() -> None:
    remind.enqueue()
    job = only_job()
    job.status, job.exception_class_path, job.worker_ids = FAILED, "builtins.SystemExit", [HERE]
    job.save()
    assert (look(), now_of(job)) == (1, (READY, ""))


@pytest.mark.django_db(transaction=True)
def test_an_order_of_extracts_goes_on_with_the_persons_that_remain() -> None:
    at = office()
    extracts.graded(at, ["Berg", "Ceder"])
    ordered = extracts.order(at)
    begun(only_job())
    ExtractOrder.objects.update(status="running")

    assert look() == 1
    call_command("db_worker", batch=True, interval=0, verbosity=0)

    assert extracts.outcome(at, ordered) == [("Berg", "issued", ""), ("Ceder", "issued", "")]
    assert str(only_job().status) == DONE


def staged(desk: Desk) -> StagedImport:
    """Return an import whose rows a worker was planning when it was lost."""
    made = upload_file(
        actor=desk.town.centre,
        kind_key="persons",
        place=str(desk.town.organiser),
        file_name="fil.csv",
        content=csv_file(PERSON_HEADERS, [("189001019802", "Kim", "Ek")]),
        submission=uuid4(),
        today=TODAY,
    )
    StagedImport.objects.update(queued=False)
    begun(only_job())
    return made


def test_the_step_of_an_import_is_done_from_its_start(desk: Desk) -> None:
    made = staged(desk)
    assert look() == 1
    assert desk.run(made).status == "ready"
    assert made.rows.count() == 1


def test_an_import_that_somebody_has_begun_anew_is_left_to_that_job(desk: Desk) -> None:
    made = staged(desk)
    [job] = DBTaskResult.objects.all()
    other = DBTaskResult.objects.create(
        task_path=job.task_path,
        args_kwargs={"args": [str(made.id), "2026-11-28"], "kwargs": {}},
        status=RUNNING,
        worker_ids=[HERE],
        started_at=NOW,
        backend_name="default",
        run_after=NOW,
    )
    assert look() == 1
    assert (now_of(job), now_of(other)) == ((FAILED, "lost"), (RUNNING, ""))
    made.refresh_from_db()
    assert made.queued is False


def test_a_lost_catalogue_can_be_ordered_again_at_once() -> None:
    graded = graded_group([world.person()])
    ordered = catalogues.order(graded)
    begun(only_job())
    CatalogueOrder.objects.update(status="running", started_at=NOW)
    assert look() == 1
    ordered.refresh_from_db()
    said = "Arbetet avbröts innan katalogen var klar. Beställ igen."
    assert (ordered.status, ordered.message) == ("failed", said)
    assert catalogues.order(graded).pk != ordered.pk
