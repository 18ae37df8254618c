"""The tables of a new database are made at once, and are those of the migrations one by one."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from provning.operations.management.commands.migrate import is_empty

pytestmark = pytest.mark.django_db
STEPS = "steps"
WRITTEN = {
    "django_migrations": "app, name",
    "django_content_type": "app_label, model",
    "auth_permission": "codename, name",
}
ADDED = "after_validation bool NOT NULL"
"""A column that a migration adds by a statement of its own; only its default is not the same."""
Shape = set[tuple[object, ...]]
POSTGRESQL = (
    "SELECT 'column', table_name, column_name, data_type, character_maximum_length, is_nullable,"
    " column_default, is_identity FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)"
    " FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)


@pytest.fixture
def steps(tmp_path: Path) -> Iterator[BaseDatabaseWrapper]:
    """Return an empty database beside the tests' own, and of the same kind."""
    name = str(tmp_path / "steps.sqlite3")
    if connection.vendor == "postgresql":
        name = f"steps_{os.getpid()}"
        _beside(f"CREATE DATABASE {name}")
    connections.databases[STEPS] = {**connection.settings_dict, "NAME": name}
    connections[STEPS].connect()  # By itself, a test lets nothing connect but to the tests' own.
    yield connections[STEPS]
    connections[STEPS].close()
    del connections[STEPS]
    del connections.databases[STEPS]
    if connection.vendor == "postgresql":
        _beside(f"DROP DATABASE {name}")


def test_the_tables_of_a_new_database_are_those_of_the_migrations_one_by_one(
    steps: BaseDatabaseWrapper,
) -> None:
    assert is_empty(steps)
    call_command(migrate.Command(), database=STEPS, verbosity=0)

    assert not is_empty(steps)
    assert shape(connection) == shape(steps)
    assert rows(connection) == rows(steps)


def shape(of: BaseDatabaseWrapper) -> Shape:
    """Return everything that a database is made of but its rows."""
    if of.vendor == "postgresql":
        found = [row for query in POSTGRESQL for row in _asked(of, query)]
        return {(*row[:6], *row[7:]) if row[2:3] == ("after_validation",) else row for row in found}
    found = _asked(of, "SELECT type, tbl_name, name, sql FROM sqlite_master")
    return {(*row[:3], _alike(str(row[3]))) for row in found}


def rows(of: BaseDatabaseWrapper) -> dict[str, Shape]:
    """Return what the migrations have written in each table that they write in."""
    return {
        table: set(_asked(of, f"SELECT {columns} FROM {table}"))  # noqa: S608 # the test's own words
        for table, columns in WRITTEN.items()
    }


def _alike(sql: str) -> str:
    """Return a statement with the columns of a table sorted; quotation marks say nothing."""
    plain = sql.replace('"', "")
    plain = plain.replace(f"{ADDED} DEFAULT false", ADDED)
    if not plain.startswith("CREATE TABLE"):
        return plain
    head, _, rest = plain.partition(" (")
    return f"{head} ({sorted(re.split(r', (?=[a-z_]+ [a-z]|CONSTRAINT)', rest[:-1]))})"


def _asked(of: BaseDatabaseWrapper, query: str) -> list[tuple[object, ...]]:
    with of.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _beside(statement: str) -> None:
    """Carry out a statement about databases, from a connection outside every transaction."""
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 # what Django makes its own test databases by
        cursor.execute(statement)
