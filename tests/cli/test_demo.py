"""The demo: a whole municipality from one command, and a server that answers."""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from provning.cli.environment import use_data_directory
from tests.cli.running import Here, environment, provning
from tests.support.require import required
from tools.python_source import ROOT

SECONDS = 30


class Built(NamedTuple):
    """The demo's folder, what was printed, and how many jobs still waited when it was built."""

    directory: Path
    printed: str
    waiting: int


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the demo once."""
    directory = tmp_path_factory.mktemp("demo")
    run = provning("demo", "--no-serve", directory=directory)
    assert run.returncode == 0, run.stdout + run.stderr
    # A server that another test starts leaves its own.
    waiting = count(directory, "django_tasks_database_dbtaskresult", "status <> 'SUCCESSFUL'")
    return Built(directory, run.stdout, waiting)


@pytest.fixture
def demo(built: Built) -> Path:
    """Return the folder of the demo."""
    return built.directory


def count(directory: Path, table: str, where: str = "1") -> int:
    """Count rows of the demo's database."""
    with closing(sqlite3.connect(directory / "provning.sqlite3")) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()  # noqa: S608 (the test's own words)
    return int(row[0])


def test_the_municipality_is_whole(demo: Path) -> None:
    assert count(demo, "organisation_provider") == 2
    assert count(demo, "organisation_schoolunit") == 3
    assert count(demo, "people_person", "protection <> 'Ingen'") == 1
    assert count(demo, "people_enrolment") == 300
    assert count(demo, "grading_gradedecision") > 400


def test_the_sign_ins_stand_last_and_no_job_is_left_to_print_more(built: Built) -> None:
    mails, _, rest = built.printed.rpartition("Allt är uppsatt.")
    assert "Subject: " in mails
    assert "larare" in rest
    assert "Subject: " not in rest
    assert built.waiting == 0


def test_every_account_has_the_password_that_is_printed(built: Built) -> None:
    printed = re.search(r"Lösenord för alla konton: (\S+)", built.printed)
    assert printed
    with closing(sqlite3.connect(built.directory / "provning.sqlite3")) as connection:
        [(hashed,)] = connection.execute("SELECT DISTINCT password FROM accounts_user").fetchall()
    assert Argon2PasswordHasher().verify(printed[1], hashed)


def test_three_terms_have_groups(demo: Path) -> None:
    with closing(sqlite3.connect(demo / "provning.sqlite3")) as connection:
        rows = connection.execute("SELECT DISTINCT year, season FROM exams_examgroup").fetchall()
    assert len(rows) == 3


def test_two_of_its_teachers_decide_together_and_disagree_about_one_grade(demo: Path) -> None:
    assert count(demo, "exams_examgroup", "co_grading_teacher_id IS NOT NULL") == 1
    assert count(demo, "grading_gradeopinion") == 4
    with closing(sqlite3.connect(demo / "provning.sqlite3")) as connection:
        differing = connection.execute(
            "SELECT count(*) FROM grading_gradeopinion"
            " GROUP BY placement_id HAVING count(DISTINCT value) > 1"
        ).fetchall()
    assert differing == [(2,)]


def test_its_trail_is_whole(demo: Path, here: Here) -> None:
    run = here("audit", "verify", database=demo / "provning.sqlite3")
    assert run.returncode == 0, run.stdout


def test_a_second_start_builds_nothing(demo: Path) -> None:
    before = count(demo, "audit_auditevent")
    run = provning("demo", "--no-serve", directory=demo)
    assert run.returncode == 0
    assert count(demo, "audit_auditevent") == before


def test_it_never_moves_in_with_a_real_municipality(demo: Path, tmp_path: Path) -> None:
    shutil.copy(demo / "provning.sqlite3", tmp_path)
    with closing(sqlite3.connect(tmp_path / "provning.sqlite3")) as connection:
        connection.execute("UPDATE organisation_organiser SET name = 'Bergtuna kommun'")
        connection.commit()
    before = (tmp_path / "provning.sqlite3").read_bytes()
    run = provning("demo", "--no-serve", directory=tmp_path)
    assert run.returncode == 2
    assert run.stderr == (
        "Databasen hör till Bergtuna kommun. Demot läggs inte dit. "
        "Välj en annan mapp: PROVNING_DATA_DIR=var/demo ./prov demo\n"
    )
    assert (tmp_path / "provning.sqlite3").read_bytes() == before


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_port_that_is_taken_is_said_before_anything_is_made(command: str, tmp_path: Path) -> None:
    directory = tmp_path / "unmade"
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        run = provning(command, "--port", str(port), directory=directory)
    assert run.returncode == 2
    assert run.stderr.startswith(f"127.0.0.1:{port} går inte att lyssna på")
    assert run.stderr.endswith("Välj en annan --port.\n")
    assert not directory.exists()


def test_its_folder_and_key_are_its_owners_alone(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVNING_DATA_DIR", "put back afterwards")
    assert use_data_directory(tmp_path / "own").stat().st_mode & 0o077 == 0
    assert (demo / "secret-key").stat().st_mode & 0o077 == 0


def test_the_server_answers_and_sends_its_files_compressed(demo: Path) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "provning.cli", "demo", "--port", str(port)],
        env=environment(demo),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    )
    try:
        assert "Logga in" in first_page(f"http://127.0.0.1:{port}/")
        assert encoding_of(f"http://127.0.0.1:{port}/static/lists.css") == "gzip"
        printed = lines_until(server, "/api/ss12000/")
        grades = run_in_shell("\n".join(printed[-2:]))
        assert [len(each["data"]) for each in grades] == [2]
        assert all(each["trial"] for each in grades[0]["data"])
        units, groups, named = run_in_shell(example(port, *keys_of(printed)))
        assert len(units["data"]) == 3
        assert len(groups["data"]) == 2
        assert "displayName" in named["data"][0]["student"]
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=SECONDS)
        assert server.stdout
        server.stdout.close()


def lines_until(server: subprocess.Popen[str], last: str) -> list[str]:
    """Return what the demo has printed, to the line that holds a text."""
    printed: list[str] = []
    assert server.stdout
    for line in server.stdout:
        printed.append(line.strip())
        if last in line:
            return printed
    pytest.fail("the demo printed no such line")


def keys_of(printed: list[str]) -> list[str]:
    """Return the client's id and secret."""
    words = [line.split() for line in printed]
    found = {each[0]: each[1] for each in words if len(each) == 2}
    return [found["client_id"], found["client_secret"]]


def example(port: int, client_id: str, secret: str) -> str:
    """Return the example of the interface's page, for this server and client."""
    page = (ROOT / "docs/interfaces/ss12000.md").read_text("utf-8")
    found = re.search(r"```sh\n(.*?)```", page, re.DOTALL)
    assert found
    told = found[1].replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    return f"ID={client_id}\nSECRET={secret}\n{told}"


def run_in_shell(text: str) -> list[Any]:
    """Run lines as they stand, and return every JSON object that they print."""
    required(shutil.which("curl"), "curl is missing")
    run = subprocess.run(["/bin/sh", "-ec", text], capture_output=True, text=True, check=True)
    decoder, found, rest = json.JSONDecoder(), [], run.stdout.strip()
    while rest:
        value, end = decoder.raw_decode(rest)
        found.append(value)
        rest = rest[end:].strip()
    return found


def encoding_of(address: str) -> str | None:
    """Return how a file comes to somebody who takes it compressed."""
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310 (our own server)
    with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310 (our own server)
        encoding: str | None = answer.headers["Content-Encoding"]
        return encoding


def first_page(address: str) -> str:
    """Return the page as soon as the server answers."""
    for _attempt in range(SECONDS * 10):
        try:
            with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 (our own server)
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not answer")
