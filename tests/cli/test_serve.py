"""One command serves and works; it starts with one line, mends its worker and stops gracefully."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoDbBlocker

from provning.accounts.models import User
from provning.accounts.tasks import send_reset
from provning.courses.models import RegisterVersion
from provning.courses.register_files import register_digest
from tests.cli.running import environment, opened
from tests.conftest import ORIGIN
from tests.support.ports import free_port

SECONDS = 40
NUMBER = "189001019802"
pytestmark = pytest.mark.once("processes of their own, on a file")


@pytest.fixture
def directory(tmp_path: Path, db: None) -> Path:  # noqa: ARG001 # the tables to copy
    """Return a data folder with a database that has its tables already."""
    if ORIGIN.copy is None:
        pytest.skip("the database is no file")
    with closing(sqlite3.connect(tmp_path / "provning.sqlite3")) as target:
        ORIGIN.copy.backup(target)
    return tmp_path


def until(wanted: Callable[[], object]) -> object:
    """Wait for something that comes about by itself."""
    for _attempt in range(SECONDS * 10):
        found = wanted()
        if found:
            return found
        time.sleep(0.1)
    pytest.fail("it never came about")


def answer(address: str) -> tuple[int, str]:
    """Return status and text, (0, "") while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=5) as got:  # noqa: S310 # our own server
            return got.status, got.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


@pytest.fixture
def silent_mail() -> Iterator[str]:
    """Return the address of a mail server that takes whoever calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"


def order_mail(directory: Path, blocker: DjangoDbBlocker) -> None:
    """Have a link for a new password wait to be sent."""
    with blocker.unblock(), opened(directory / "provning.sqlite3"):
        user = User.objects.create(username="kim", name="Kim", email="kim@provning.example")
        send_reset.enqueue(str(user.pk))


def have_register(directory: Path, blocker: DjangoDbBlocker) -> None:
    """Have the program's own register in force, as wherever it has been started before."""
    with blocker.unblock(), opened(directory / "provning.sqlite3"):
        RegisterVersion.objects.create(
            digest=register_digest(), packaged=True, loaded_at=datetime.now(UTC), courses=0
        )


def mail_job(directory: Path) -> tuple[str, str, list[int]]:
    """Return how the job of the mail stands, what ended it, and the workers that have begun it."""
    with closing(sqlite3.connect(directory / "provning.sqlite3")) as connection:
        [(status, failure, ids)] = connection.execute(
            "SELECT status, exception_class_path, worker_ids FROM"  # noqa: S608 # our own name
            f" {DBTaskResult._meta.db_table} WHERE task_path = ?",
            [send_reset.module_path],
        )
        return status, failure, [int(name.rsplit("-", 2)[1]) for name in json.loads(ids)]


def workers(directory: Path) -> list[int]:
    """Return the process numbers of the workers that have said that they live, latest first."""
    with closing(sqlite3.connect(directory / "provning.sqlite3")) as connection:
        rows = connection.execute("SELECT worker FROM operations_workerbeat ORDER BY started_at")
        return [int(name.rsplit("-", 2)[1]) for (name,) in rows]


def test_it_serves_mends_its_worker_with_its_job_and_stops(
    directory: Path, django_db_blocker: DjangoDbBlocker, silent_mail: str
) -> None:
    port = free_port()
    order_mail(directory, django_db_blocker)
    have_register(directory, django_db_blocker)
    with (directory / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "provning.cli", "serve", "--port", str(port)],
            env={**environment(directory), "PROVNING_EMAIL_URL": silent_mail},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        base = f"http://127.0.0.1:{port}"
        until(lambda: answer(f"{base}/readyz")[0] == 200)
        assert answer(f"{base}/finns-inte/{NUMBER}/")[0] == 404
        assert "provning_ready 1.0" in answer(f"{base}/metrics")[1]
        [first] = workers(directory)
        until(lambda: mail_job(directory) == ("RUNNING", "", [first]))
        os.kill(first, signal.SIGKILL)
        until(lambda: len(workers(directory)) == 2)
        until(lambda: mail_job(directory) == ("FAILED", "lost", [first]))
    finally:
        server.send_signal(signal.SIGTERM)
        printed, _nothing = server.communicate(timeout=SECONDS)
    assert server.returncode == 0
    database = directory / "provning.sqlite3"
    assert printed == f"Prövning 0.1.0 på {base}/ med sqlite {database}\n"
    second = workers(directory)[1]
    assert not Path(f"/proc/{second}").exists()
    text = (directory / "log").read_text("utf-8")
    assert NUMBER not in text
    lines = [json.loads(line) for line in text.splitlines()]
    ended = [each for each in lines if each["logger"] == "provning.serve"]
    assert [(each["event"], each["status"]) for each in ended] == [("worker ended", -9)]


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_newer_database_is_refused_at_the_start(directory: Path, command: str) -> None:
    with closing(sqlite3.connect(directory / "provning.sqlite3")) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('exams', '0999_x', '2030-01-01')"
        )
        connection.commit()
    words = ["--port", str(free_port())] if command == "serve" else []
    run = subprocess.run(
        [sys.executable, "-m", "provning.cli", command, *words],
        env=environment(directory),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        "Databasen hör till ett nyare program än detta (exams.0999_x). Starta det nyare "
        "programmet, eller återläs säkerhetskopian från före uppgraderingen: "
        "./prov restore FIL --replace\n"
    )
