"""Health and jobs on screen: told in plain words, run again and left undone where that is safe."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

import provning
from provning.accounts.actions import assign_role
from provning.accounts.models import User
from provning.audit.queries import history_of
from provning.kernel.actors import Scope, ScopeKind, system_actor
from provning.operations.jobs import KIND_LABELS
from provning.organisation.models import SchoolUnit
from tests.builders import recorded
from tests.web.conftest import START

pytestmark = pytest.mark.django_db
HEALTH, JOBS = "/installation/", "/installation/jobb/"
NOTICE = "provning.applications.tasks.send_notice"
IMPORT = "provning.imports.tasks.run_staged_import"
SECRET = "Kim Ek 18900101-9802"  # what a job may hold and no screen may show
JOBS_QUERIES = 7
JOB = re.compile(r"^@task\(.*\)\ndef (\w+)", re.MULTILINE)


@pytest.fixture
def admin(signed_in: Callable[..., Client]) -> Client:
    return signed_in("system_administrator")


def job(path: str, status: str, failure: str = "") -> DBTaskResult:  # type: ignore[type-arg] # any task's
    return DBTaskResult.objects.create(
        task_path=path,
        status=status,
        args_kwargs={"args": [SECRET], "kwargs": {}},
        backend_name="default",
        run_after=datetime.now(UTC),
        exception_class_path=failure,
        traceback=SECRET,
    )


def test_health_tells_what_the_doctor_finds(admin: Client) -> None:
    page = admin.get(HEALTH).content.decode()
    assert f'href="{HEALTH}"' in page
    assert "Ingen utför jobben" in page
    assert "Något är fel" in page


def test_a_failed_job_is_told_in_words_without_what_it_was_about(admin: Client) -> None:
    job(NOTICE, TaskResultStatus.FAILED, "builtins.TimeoutError")
    job(IMPORT, TaskResultStatus.FAILED, "some.where.OddError")
    job(IMPORT, TaskResultStatus.FAILED, "lost")
    page = admin.get(JOBS).content.decode()
    lost = "Programmet eller datorn stannade mitt i jobbet. Beställ det igen där det beställdes."
    told = ("Det tog för lång tid.", "Ett fel i programmet (OddError).", lost, SECRET, "Traceback")
    assert [text in page for text in told] == [True, True, True, False, False]
    assert page.count("Kör igen") == 1


def test_a_failed_notice_is_run_again_once(admin: Client) -> None:
    failed = job(NOTICE, TaskResultStatus.FAILED, "builtins.TimeoutError")
    with recorded() as events:
        for _twice in range(2):
            admin.post(f"{JOBS}kor-om/", {"job": str(failed.pk)})
    failed.refresh_from_db()
    assert (failed.status, failed.exception_class_path) == (TaskResultStatus.READY, "")
    assert events == ["job_run_again"]


def test_what_is_not_safe_twice_is_not_run_again(admin: Client) -> None:
    failed = job(IMPORT, TaskResultStatus.FAILED, "builtins.TimeoutError")
    admin.post(f"{JOBS}kor-om/", {"job": str(failed.pk)})
    failed.refresh_from_db()
    assert failed.status == TaskResultStatus.FAILED


def test_a_waiting_notice_is_left_undone_and_one_that_runs_is_not(admin: Client) -> None:
    rows = [job(NOTICE, each) for each in (TaskResultStatus.READY, TaskResultStatus.RUNNING)]
    with recorded() as events:
        for each in (*rows, *rows):
            admin.post(f"{JOBS}avbryt/", {"job": str(each.pk)})
            each.refresh_from_db()
    assert events == ["job_cancelled"]
    [event] = history_of("job", rows[0].pk)
    assert (event.after, history_of("job", rows[1].pk)) == ({"kind": "send_notice"}, [])
    assert [each.status for each in rows] == [TaskResultStatus.FAILED, TaskResultStatus.RUNNING]
    assert "Avbröts av en administratör." in admin.get(JOBS).content.decode()


def test_a_job_that_is_not_there_is_not_found(admin: Client) -> None:
    sent: tuple[dict[str, str], ...] = ({}, {"job": "x"}, {"job": str(uuid4())})
    statuses = [admin.post(f"{JOBS}kor-om/", each).status_code for each in sent]
    assert statuses == [302, 302, 404]


def test_who_administers_one_organiser_sees_neither(
    account: Callable[..., User], unit: SchoolUnit
) -> None:
    user = account()
    scope = Scope(ScopeKind.ORGANISER, unit.provider.organiser_id)
    assign_role(
        actor=system_actor("Prövning", "test"),
        user_id=user.pk,
        role="system_administrator",
        scope=scope,
        valid_from=START,
    )
    limited = Client()
    limited.force_login(user)
    assert [limited.get(url).status_code for url in (HEALTH, JOBS)] == [403, 403]
    assert HEALTH not in limited.get("/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_much_however_long_it_is(
    admin: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        job(NOTICE, TaskResultStatus.SUCCESSFUL)
    admin.get(JOBS)
    with django_assert_num_queries(JOBS_QUERIES):
        page = admin.get(JOBS).content.decode()
    assert page.count("Meddelande om en begäran") == count


def test_every_job_has_a_name_in_plain_words() -> None:
    texts = [path.read_text("utf-8") for path in Path(provning.__path__[0]).rglob("*.py")]
    kinds = {name for text in texts for name in JOB.findall(text)}
    assert kinds == KIND_LABELS.keys()
