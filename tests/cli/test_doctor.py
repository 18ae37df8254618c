"""The doctor says what is wrong, also where nothing can be started, and changes nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from provning.cli.main import main
from provning.config.environment import Variables
from tests.cli.running import environment


def doctor(
    directory: Path, *words: str, **variables: str
) -> tuple[int, str, subprocess.CompletedProcess[str]]:
    """Run the doctor with more variables; returns its exit status and what it said."""
    run = subprocess.run(
        [sys.executable, "-m", "provning.cli", "doctor", *words],
        env={**environment(directory), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout, run


def test_a_database_that_is_not_there_is_said_and_not_made(tmp_path: Path) -> None:
    status, said, run = doctor(tmp_path)
    missing = tmp_path / "provning.sqlite3"
    assert (status, run.stderr) == (1, "")
    assert f"Fel     Databasen {missing} finns inte.\n        → Kontrollera DATABASE_URL" in said
    assert not missing.exists()


def test_a_server_that_does_not_answer_is_said_to_programs_too(tmp_path: Path) -> None:
    status, said, _run = doctor(
        tmp_path, "--json", DATABASE_URL="postgres://nobody:hemligt@127.0.0.1:1/none"
    )
    last = json.loads(said)[-1]
    assert (status, last["code"], last["level"]) == (1, "database", "fault")
    assert last["text"].startswith("Databasen none svarar inte: ")
    assert last["remedy"] == "Kontrollera att databasen är i gång och att DATABASE_URL stämmer."
    assert "hemligt" not in said


def test_settings_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    missing = str(tmp_path / "key")
    status, said, _run = doctor(tmp_path, PROVNING_SECRET_KEY_FILE=missing)
    assert status == 1
    assert said.startswith("Fel     Inställningarna går inte att läsa: PROVNING_SECRET_KEY_FILE: ")
    assert "docs/settings.md" in said


@pytest.mark.django_db
def test_warnings_alone_are_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from provning.operations import checks

    monkeypatch.setattr(
        checks,
        "diagnose",
        lambda _now: [checks.Finding("x", checks.Condition.WARNING, "Se", "Gör")],
    )
    monkeypatch.setenv("PROVNING_SECRET_KEY", os.environ.get("PROVNING_SECRET_KEY", "x"))
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out == "Varning Se\n        → Gör\n"


def test_a_secret_is_read_from_its_file_without_the_last_newline(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k\u00e5\n\n ", "utf-8")
    read = Variables({"NAME_FILE": str(tmp_path / "key"), "NAME": "other", "PLAIN": "x "})
    assert (read["NAME"], read["PLAIN"]) == ("k\u00e5\n\n ", "x ")
    (tmp_path / "key").write_text("hemligt\r\n", "utf-8")
    assert Variables({"NAME_FILE": str(tmp_path / "key")})["NAME"] == "hemligt"


def test_a_secret_whose_file_is_missing_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"NAME_FILE: .*/key går inte att läsa"):
        Variables({"NAME_FILE": str(tmp_path / "key")})["NAME"]


def test_what_a_restore_refuses_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PROVNING_DATA_DIR", str(tmp_path))
    letter = tmp_path / "brev.txt"
    letter.write_text("Hej! " * 50, "utf-8")
    assert main(["restore", "--check", str(letter)]) == 1
    assert main(["restore", "--check", str(tmp_path / "borta")]) == 1
    assert capsys.readouterr().err == (
        f"brev.txt är ingen säkerhetskopia från Prövning.\n{tmp_path / 'borta'} finns inte.\n"
    )
