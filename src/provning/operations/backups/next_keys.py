"""Up to which number each table has counted: a removed row's number is never given again."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField

from provning.operations.backups.rows import Table


def counting(tables: Iterable[Table]) -> dict[str, str]:
    """Return the tables whose keys the database counts, with the name of the key's column."""
    keys = {each.name: each.model._meta.pk for each in tables}
    return {name: str(key.column) for name, key in keys.items() if isinstance(key, AutoField)}


def last_keys(connection: BaseDatabaseWrapper, tables: Iterable[Table]) -> dict[str, int]:
    """Return the last number given in each table that counts and has begun."""
    names = counting(tables)
    if connection.vendor == "sqlite":
        told = _rows(connection, "SELECT name, seq FROM sqlite_sequence")
        return {str(name): int(last) for name, last in told if name in names and last}
    return {
        name: last for name, column in names.items() if (last := _last(connection, name, column))
    }


def _last(connection: BaseDatabaseWrapper, table: str, column: str) -> int:
    """Return PostgreSQL's last number of a table, 0 before the first."""
    [[sequence]] = _rows(connection, f"SELECT pg_get_serial_sequence('{table}', '{column}')")
    query = f"SELECT last_value, is_called FROM {sequence}"  # noqa: S608 # the database's own name
    [[last, begun]] = _rows(connection, query)
    return int(last) if begun else 0


def _rows(connection: BaseDatabaseWrapper, query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
