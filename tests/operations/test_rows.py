"""Rows as lines: the same on every database, in pieces, whatever their number."""

import base64
import tarfile
import tracemalloc
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from itertools import repeat
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from provning.operations.backups.faults import BackupError
from provning.operations.backups.frame import new_file
from provning.operations.backups.parts import MANIFEST, Head, Writer, inspect, members
from provning.operations.backups.rows import (
    Table,
    TableDigest,
    content_hash,
    expect_known,
    line_of,
    row_of,
)
from provning.people.models import Person

MANY = 40_000
LINE = line_of((7, "x" * 1000))
MOST_MEMORY = 12_000_000
"""Bytes: a few pieces of a megabyte and what compression needs, of forty megabytes of rows."""


def head(**columns: list[str]) -> Head:
    return Head("0.1.0", "2026-11-27T03:00:00+00:00", "sqlite", [], columns, {})


def test_a_row_is_one_line_that_both_databases_write_alike() -> None:
    moment = datetime(2026, 11, 27, 4, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    row = (
        UUID(int=1),
        moment,
        date(2026, 1, 2),
        True,
        None,
        "Åsa\n",
        b"\x00\xff",
        {"b": 1, "a": 2},
    )
    assert line_of(row).decode() == (
        '["00000000-0000-0000-0000-000000000001","2026-11-27T03:00:00.000005+00:00","2026-01-02",'
        'true,null,"Åsa\\n","AP8=",{"a":2,"b":1}]\n'
    )


def test_bytes_of_either_database_are_the_same() -> None:
    assert line_of((memoryview(b"abc"),)) == line_of((b"abc",))


def test_a_value_without_a_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no form in a backup"):
        line_of((object(),))


@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    moment=st.datetimes(timezones=st.just(UTC)),
    day=st.dates(),
    key=st.uuids(),
    content=st.binary(),
)
def test_every_value_is_read_back_as_it_was(
    text: str, moment: datetime, day: date, key: UUID, content: bytes
) -> None:
    fields = {field.attname: field for field in Person._meta.local_concrete_fields}
    chosen = tuple(fields[name] for name in ("id", "given_name"))
    table = Table("people_person", Person, chosen)
    wanted = [fields["id"].get_db_prep_save(key, connection), text]
    assert row_of(table, line_of((key, text)), connection) == wanted
    line = line_of((moment, day, content))
    assert line.count(b"\n") == 1
    assert base64.b64encode(content) in line


def test_the_hash_depends_on_every_part() -> None:
    base = {"a": TableDigest(["x"], 1, "00")}
    others = [
        {"b": TableDigest(["x"], 1, "00")},
        {"a": TableDigest(["y"], 1, "00")},
        {"a": TableDigest(["x"], 2, "00")},
        {"a": TableDigest(["x"], 1, "01")},
        {**base, "b": TableDigest([], 0, "00")},
    ]
    assert len({content_hash(each) for each in [base, *others]}) == 1 + len(others)


def test_the_order_of_the_tables_is_nothing() -> None:
    one, two = TableDigest(["x"], 1, "00"), TableDigest(["y"], 2, "01")
    assert content_hash({"a": one, "b": two}) == content_hash({"b": two, "a": one})


def test_migrations_that_this_program_lacks_are_named() -> None:
    with pytest.raises(BackupError, match=r"nyare program än detta \(b\.0002\)"):
        expect_known([("a", "0001"), ("b", "0002")], [("a", "0001")])


def test_a_long_table_passes_through_little_memory(tmp_path: Path) -> None:
    tracemalloc.start()
    with new_file(tmp_path / "a", "") as stream:
        writer = Writer(stream, head(t=["id", "text"]))
        writer.table("t", ["id", "text"], repeat(LINE, MANY))
        manifest = writer.close()
    found = inspect(tmp_path / "a", "").manifest
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found.rows, found.content) == (MANY, manifest.content)
    assert most < MOST_MEMORY


def test_a_part_that_is_another_than_the_manifest_says_is_named(tmp_path: Path) -> None:
    """A file that is whole in itself, but whose parts were put together by somebody else."""

    def write(name: str, line: bytes) -> Path:
        with new_file(tmp_path / name, "") as stream:
            writer = Writer(stream, head(t=["id"]))
            writer.table("t", ["id"], [line])
            writer.file("signing/revoked", line)
            writer.close()
        return tmp_path / name

    parts = dict(members(write("a", b"[1]\n"), ""))
    parts["tables/t/000001"] = b"[2]\n"
    forged = forge(tmp_path / "b", parts)
    with pytest.raises(BackupError, match=r"b är skadad eller ändrad \(tables/t\)"):
        inspect(forged, "")


def test_a_backup_without_its_manifest_is_refused(tmp_path: Path) -> None:
    with new_file(tmp_path / "b", "") as stream:
        Writer(stream, head(t=["id"])).close()
    first = dict(members(tmp_path / "b", ""))
    del first[MANIFEST]
    forge(tmp_path / "a", first)
    with pytest.raises(BackupError, match=MANIFEST):
        inspect(tmp_path / "a", "")


def forge(path: Path, parts: dict[str, bytes]) -> Path:
    """Write a file that is whole, of any parts."""
    with new_file(path, "") as stream, tarfile.open(fileobj=stream, mode="w|") as archive:
        for name, content in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, BytesIO(content))
    return path
