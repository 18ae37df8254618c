"""A newer course register comes by files, and what refers to the old one stays."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from provning.courses.register_files import PACKAGED
from tests.cli.running import Here, provning


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with the project's own register, made by the command once."""
    directory = tmp_path_factory.mktemp("register")
    run = provning("register", "load", str(PACKAGED), directory=directory)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("0 nya kurser, 0 ändrade, ")
    return directory / "provning.sqlite3"


def folder(parent: Path) -> Path:
    """Return a copy of the project's own files."""
    copy = parent / "files"
    shutil.copytree(PACKAGED, copy)
    return copy


def rows(database: Path) -> list[tuple[object, ...]]:
    """Return every stored course."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT * FROM courses_course ORDER BY code").fetchall()


def test_a_changed_name_is_loaded_and_the_course_stays(
    filled: Path, tmp_path: Path, here: Here
) -> None:
    shutil.copy(filled, tmp_path)
    files = folder(tmp_path)
    gy11 = files / "courses_gy11.csv"
    gy11.write_text(gy11.read_text("utf-8").replace("Matematik 3b", "Matematik 3 b"), "utf-8")
    run = here("register", "load", str(files), database=tmp_path / "provning.sqlite3")
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("0 nya kurser, 1 ändrade, ")
    with closing(sqlite3.connect(tmp_path / "provning.sqlite3")) as connection:
        query = "SELECT name FROM courses_course WHERE code = 'MATMAT03b'"
        assert connection.execute(query).fetchall() == [("Matematik 3 b",)]


def test_a_missing_file_is_named_and_nothing_is_loaded(
    filled: Path, tmp_path: Path, here: Here
) -> None:
    shutil.copy(filled, tmp_path)
    files = folder(tmp_path)
    (files / "levels_gy25.csv").unlink()
    run = here("register", "load", str(files), database=tmp_path / "provning.sqlite3")
    assert run.returncode == 1
    assert "levels_gy25.csv" in run.stderr
    assert rows(tmp_path / "provning.sqlite3") == rows(filled)
