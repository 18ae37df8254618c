"""What a release stored is read by this program, on either database, and nothing of it is lost."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from provning.operations.backups.parts import Head, head_of, inspect, members
from tests.cli.running import provning
from tools.python_source import ROOT

RELEASES = sorted((ROOT / "tests" / "data" / "releases").glob("*.backup"))
GROWING = {"audit_auditevent", "audit_auditsubject", "auth_permission", "django_content_type"}
"""Where an upgrade adds rows of its own: that it was restored, and what new tables are called."""
FAULTY_THEN = 4
"""So many stored catalogues of the data are inventions of the tests, which is said."""
Rows = Counter[str]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a data folder whose database is new and of the same kind as the tests' own."""
    if connection.vendor == "sqlite":
        yield tmp_path
        return
    told = connection.settings_dict
    server = f"{told['USER']}:{quote(told['PASSWORD'])}@{told['HOST']}:{told['PORT']}"
    name = f"release_{os.getpid()}"
    with psycopg.connect(f"postgresql://{server}/postgres", autocommit=True) as keeper:
        keeper.execute(f"CREATE DATABASE {name}")
        monkeypatch.setenv("RELEASE_URL", f"postgres://{server}/{name}")
        yield tmp_path
        keeper.execute(f"DROP DATABASE {name} WITH (FORCE)")


def rows_in(path: Path, head: Head, columns: dict[str, list[str]]) -> dict[str, Rows]:
    """Return the rows of each table of a backup, of the columns that are asked for."""
    found: dict[str, Rows] = {table: Counter() for table in columns}
    for name, content in members(path, ""):
        kind, _, rest = name.partition("/")
        table = rest.rpartition("/")[0]
        if kind == "tables" and table in columns:
            for line in content.splitlines():
                row = dict(zip(head.columns[table], json.loads(line), strict=True))
                found[table][json.dumps([row[column] for column in columns[table]])] += 1
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_a_release_is_read_and_nothing_is_lost(release: Path, place: Path) -> None:
    url = os.environ.get("RELEASE_URL", "")
    restored = provning("restore", "--accept-faults", str(release), directory=place, database=url)
    assert restored.returncode == 0, restored.stderr
    assert len(restored.stderr.splitlines()) == FAULTY_THEN
    taken = provning("backup", "--out", str(place / "now"), directory=place, database=url)
    assert taken.returncode == 0, taken.stderr

    before, now = head_of(release, ""), inspect(place / "now", "").head
    assert set(before.migrations) <= set(now.migrations)
    stored = rows_in(release, before, before.columns)
    found = rows_in(place / "now", now, before.columns)
    assert [table for table in stored if stored[table] - found[table]] == []
    assert {table for table in stored if found[table] - stored[table]} <= GROWING


def test_there_is_data_of_the_first_release() -> None:
    assert [path.stem for path in RELEASES][:1] == ["0.1.0"]
    filled = [each for each in inspect(RELEASES[0], "").manifest.tables.values() if each.rows]
    assert len(filled) > 40
