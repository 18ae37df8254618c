"""What `audit verify` says where there is no trail to walk."""

from pathlib import Path

import pytest
from django.db import connection

from provning.cli.environment import ANOTHER
from provning.cli.main import main
from tests.cli.running import Here, provning

NOT_RUN = 2


def test_a_database_that_is_not_there_is_said_and_not_made(tmp_path: Path, here: Here) -> None:
    missing = tmp_path / "missing.sqlite3"
    run = here("audit", "verify", "--database", str(missing), database=missing)
    said = f"Databasen {missing} finns inte. {ANOTHER}\n"
    assert (run.returncode, run.stdout, run.stderr) == (NOT_RUN, "", said)
    assert not missing.exists()


def test_without_a_word_it_is_the_configured_database(tmp_path: Path) -> None:
    run = provning("audit", "verify", directory=tmp_path)
    said = f"Databasen {tmp_path / 'provning.sqlite3'} finns inte. {ANOTHER}\n"
    assert (run.returncode, run.stderr) == (NOT_RUN, said)


def test_a_file_that_is_no_database_is_said(tmp_path: Path, here: Here) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Hej!", encoding="utf-8")
    run = here("audit", "verify", "--database", str(text), database=text)
    assert run.returncode == NOT_RUN
    assert run.stderr == f"Databasen {text} går inte att läsa: file is not a database\n"


def test_a_database_without_a_trail_is_said(tmp_path: Path, here: Here) -> None:
    empty = tmp_path / "empty.sqlite3"
    empty.touch()
    run = here("audit", "verify", "--database", str(empty), database=empty)
    said = f"Databasen {empty} har ingen händelselogg. {ANOTHER}\n"
    assert (run.returncode, run.stderr) == (NOT_RUN, said)


@pytest.mark.django_db
@pytest.mark.once("the file is what an embedded database is kept in")
@pytest.mark.parametrize(
    "words",
    [
        "person --id 19900101-0017 --out person.json",
        "archive build --unit Alm --term VT26 --out arkiv",
        "import persons personer.csv --as lena",
        "client list",
        "betyg-xml --from 2026-01-01 --to 2026-06-30 --out betyg.xml",
        "backup --out kopior",
    ],
)
def test_every_command_that_reads_says_that_the_database_is_not_there(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing.sqlite3"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(missing))
    assert main(words.split()) == NOT_RUN
    assert capsys.readouterr().err == f"Databasen {missing} finns inte. {ANOTHER}\n"
