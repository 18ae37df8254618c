"""Loading rows past the guards, inside the one transaction that ends with proving them."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from provning.operations.backups.next_keys import counting
from provning.operations.backups.parts import FILES, TABLES, Whole, members
from provning.operations.backups.rows import PASSING, Table, row_of


def load(
    connection: BaseDatabaseWrapper, path: Path, key: str, whole: Whole, tables: list[Table]
) -> Iterator[tuple[str, bytes]]:
    """Empty the tables, write the backup's rows, and return its files as they come.

    Triggers rest meanwhile, those that forbid changes and those that stamp; then they stand as
    before. Relations are checked at the end.
    """
    known = {table.name: table for table in tables}
    with _triggers_at_rest(connection, tables):
        _empty(connection, tables)
        for name, content in members(path, key):
            kind, _, rest = name.partition("/")
            if kind == TABLES:
                _insert(connection, known[rest.rpartition("/")[0]], content)
            elif kind == FILES:
                yield rest, content
        _count_on(connection, tables, whole.head.next_keys)
        connection.check_constraints()


def _insert(connection: BaseDatabaseWrapper, table: Table, content: bytes) -> None:
    """Write lines as rows, a few at a time."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column) for column in table.columns)
    places = ", ".join(["%s"] * len(table.columns))
    statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({places})"  # noqa: S608 # names of our own tables
    rows = (row_of(table, line, connection) for line in content.splitlines())
    with connection.cursor() as cursor:
        while batch := list(islice(rows, table.batch)):
            cursor.executemany(statement, batch)


def _empty(connection: BaseDatabaseWrapper, tables: list[Table]) -> None:
    """Remove every row, what is passing too: who was signed in signs in again."""
    quote = connection.ops.quote_name
    names = sorted({*(table.name for table in tables), *PASSING & set(_names(connection))})
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(quote(name) for name in names)}")
            return
        for name in names:
            cursor.execute(f"DELETE FROM {quote(name)}")  # noqa: S608 # names of our own tables


def _count_on(
    connection: BaseDatabaseWrapper, tables: list[Table], next_keys: dict[str, int]
) -> None:
    """Let each table count on from where it was."""
    with connection.cursor() as cursor:
        for name, column in counting(tables).items():
            last = next_keys.get(name)
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                    [name, column, last or 1, last is not None],
                )
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, last or 0]
                )


@contextmanager
def _triggers_at_rest(connection: BaseDatabaseWrapper, tables: list[Table]) -> Iterator[None]:
    """Let no trigger of ours fire inside; afterwards they stand word for word as before."""
    # What waits for the commit is done first: PostgreSQL alters no table with events waiting.
    connection.check_constraints()
    if connection.vendor == "postgresql":
        names = [connection.ops.quote_name(table.name) for table in tables]
        _run(connection, [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in names])
        yield
        connection.check_constraints()
        _run(connection, [f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in names])
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        _run(connection, [f"DROP TRIGGER {name}" for name, _text in triggers])
        yield
        _run(connection, [text for _name, text in triggers])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _names(connection: BaseDatabaseWrapper) -> list[str]:
    return connection.introspection.table_names()
