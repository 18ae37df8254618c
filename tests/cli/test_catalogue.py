"""`catalogue build` writes what is due; `catalogue verify` names the first thing that is not so."""

import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import Here, Rehearsed, provning

UNIT = "99990009"
HOLDS = re.compile(
    r"Allt håller: (\d+) dokument och versioner, (\d+) gjorda om av sitt innehåll\.\n"
)


@pytest.fixture
def database(rehearsed: Rehearsed, tmp_path: Path) -> Path:
    """Return a copy of the rehearsal's database, to be spoiled."""
    copy = tmp_path / "copy.sqlite3"
    shutil.copy(rehearsed[0] / "rehearsal.sqlite3", copy)
    return copy


def words_of(way: str, database: Path, *more: str) -> tuple[str, ...]:
    """Return the words that have a catalogue made, or prove what is stored, in a database."""
    return ("catalogue", way, *more, "--database", str(database))


def verify(here: Here, database: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Prove what is stored in a database."""
    return here(*words_of("verify", database, *more), database=database)


def build(here: Here, database: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Have a catalogue made."""
    return here(*words_of("build", database, *more), database=database)


def spoil(database: Path, table: str, change: str) -> str:
    """Change a stored row past every guard, as somebody with the file could; return its key."""
    with sqlite3.connect(database) as connection:
        connection.execute(f"DROP TRIGGER {table}_no_update")
        key, name = connection.execute(f"SELECT rowid, * FROM {table}").fetchone()[:2]  # noqa: S608 (the test's own words)
        connection.execute(f"UPDATE {table} SET {change} WHERE rowid = {key}")  # noqa: S608 (as above)
    return str(name)


def test_everything_that_was_stored_holds(rehearsed: Rehearsed, here: Here) -> None:
    database = rehearsed[0] / "rehearsal.sqlite3"
    some = verify(here, database)
    everything = verify(here, database, "--all")

    assert (some.returncode, everything.returncode) == (0, 0), some.stdout + everything.stdout
    found, of_all = HOLDS.fullmatch(some.stdout), HOLDS.fullmatch(everything.stdout)
    assert found
    assert of_all
    assert found[1] == of_all[1]
    assert 0 < int(found[2]) <= int(of_all[2])


def test_a_document_whose_bytes_were_changed_is_named(database: Path, here: Here) -> None:
    name = spoil(database, "catalogues_storeddocument", "content = CAST('fusk' AS BLOB), size = 4")

    run = verify(here, database)

    assert run.returncode == 1
    assert f"Håller inte: dokumentet {name}: innehållet har en annan kontrollsumma" in run.stdout


def test_a_content_that_was_changed_is_named(database: Path, here: Here) -> None:
    spoil(
        database, "catalogues_gradecatalogue", "content = replace(content, 'Prövning', 'Pruvning')"
    )

    run = verify(here, database)

    assert run.returncode == 1
    assert "innehållet (JSON) har en annan kontrollsumma än den som är lagrad" in run.stdout


def test_a_document_that_does_not_follow_from_its_content_is_named(
    database: Path, here: Here
) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("DROP TRIGGER catalogues_gradecatalogue_no_update")
        one, other = connection.execute(
            "SELECT document_id, (SELECT max(stored_id) FROM catalogues_gradecatalogue o"
            " WHERE o.stored_id <> c.stored_id) FROM catalogues_gradecatalogue c"
            " WHERE NOT preliminary LIMIT 1"
        ).fetchone()
        connection.execute(
            "UPDATE catalogues_gradecatalogue SET stored_id = ? WHERE document_id = ?", (other, one)
        )

    run = verify(here, database, "--all")

    assert run.returncode == 1
    assert f"katalogen {one}: dokumentet är ett annat än det som innehållet ger" in run.stdout


def test_a_catalogue_is_built_and_built_again_without_change(database: Path, here: Here) -> None:
    asked = ("--unit", UNIT, "--term", "VT22")
    started = provning(*words_of("build", database, *asked), directory=database.parent)
    runs = [started, build(here, database, *asked)]

    assert [run.returncode for run in runs] == [0, 0], runs[0].stderr
    assert runs[0].stdout == runs[1].stdout
    assert re.fullmatch(r"BK-99990009-VT22-1: 2 beslut, 2 sidor, [0-9a-f]{64}\n", runs[0].stdout)


def test_what_cannot_be_built_says_why(database: Path, here: Here) -> None:
    nothing = build(here, database, "--unit", UNIT, "--term", "VT24")
    whole = build(here, database, "--unit", UNIT, "--term", "VT22", "--teacher", "Karin Wallgren")
    nobody = build(here, database, "--unit", UNIT, "--term", "VT22", "--teacher", "Ingen Alls")
    nowhere = build(here, database, "--unit", "00000000", "--term", "VT22")
    never = build(here, database, "--unit", UNIT, "--term", "sommaren")

    assert [each.returncode for each in (nothing, whole, nobody, nowhere, never)] == [1] * 5
    assert "Inga betyg är beslutade i" in nothing.stderr
    assert "är redan skriven för hela enheten" in whole.stderr
    assert "Ange en av lärarna med namn eller id: Karin Wallgren" in nobody.stderr
    assert nowhere.stderr.startswith("Ange en av enheterna med kod eller id: ")
    assert "sommaren" in never.stderr
