"""What `audit verify` says where there is no trail to walk."""

from pathlib import Path

from tests.cli.running import provning

NOT_RUN = 2


def test_a_database_that_is_not_there_is_said_and_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "missing.sqlite3"
    run = provning("audit", "verify", "--database", str(missing), directory=tmp_path)
    said = f"Databasen {missing} finns inte. Ange en annan med --database.\n"
    assert (run.returncode, run.stdout, run.stderr) == (NOT_RUN, "", said)
    assert not missing.exists()


def test_without_a_word_it_is_the_configured_database(tmp_path: Path) -> None:
    run = provning("audit", "verify", directory=tmp_path)
    said = f"Databasen {tmp_path / 'provning.sqlite3'} finns inte. Ange en annan med --database.\n"
    assert (run.returncode, run.stderr) == (NOT_RUN, said)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Hej!", encoding="utf-8")
    run = provning("audit", "verify", "--database", str(text), directory=tmp_path)
    assert run.returncode == NOT_RUN
    assert run.stderr == f"Databasen {text} går inte att läsa: file is not a database\n"


def test_a_database_without_a_trail_is_said(tmp_path: Path) -> None:
    empty = tmp_path / "empty.sqlite3"
    empty.touch()
    run = provning("audit", "verify", "--database", str(empty), directory=tmp_path)
    said = f"Databasen {empty} har ingen händelselogg. Ange en annan med --database.\n"
    assert (run.returncode, run.stderr) == (NOT_RUN, said)
