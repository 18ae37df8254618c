"""Writing many rows at once: for the few places where hundreds are saved while somebody waits.

Django's own way asks every field of every row how it is stored, which for a sheet of a hundred
grades takes longer than the rest of the save. Here each value is known by its type, and the
statement is built once for each number of rows. Constraints and guards are the database's own and
hold as ever.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, models

# SQLite takes at most 999 values in a statement.
MOST_VALUES = 999
PLAIN = (str, int, bool, type(None))


def insert_models(rows: Sequence[models.Model], *, over: str = "") -> None:
    """Insert rows of one model that have their keys; nothing for no rows.

    `over` is the unique column by which a row takes an earlier one's place. Raises `TypeError` for
    a value of a type that is not known here.
    """
    if not rows:
        return
    model = type(rows[0])
    columns = tuple(str(field.column) for field in model._meta.concrete_fields)
    values = attrgetter(*(field.attname for field in model._meta.concrete_fields))
    insert_values(model._meta.db_table, columns, [values(row) for row in rows], over=over)
    for row in rows:
        row._state.adding = False  # noqa: SLF001 # Django's own word for a row that is stored


def insert_values(
    table: str, columns: tuple[str, ...], rows: Sequence[Sequence[object]], *, over: str = ""
) -> None:
    """Insert rows of a table of ours, in the order of its columns; as `insert_models`."""
    for values, count in _batches(rows, len(columns)):
        with connection.cursor() as cursor:
            cursor.execute(_statement(table, columns, count, over), values)


def insert_numbered(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert rows of a model whose keys the database numbers, and give each its own."""
    key = model._meta.pk.attname
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = tuple(str(field.column) for field in fields)
    read = attrgetter(*(field.attname for field in fields))
    keys: list[int] = []
    for values, count in _batches([read(row) for row in rows], len(columns)):
        with connection.cursor() as cursor:
            insert = _statement(model._meta.db_table, columns, count, "")
            cursor.execute(f"{insert} RETURNING {key}", values)
            keys += [number for (number,) in cursor.fetchall()]
    for row, number in zip(rows, keys, strict=True):
        row.pk = number
        row._state.adding = False  # noqa: SLF001 # Django's own word for a row that is stored


def _batches(rows: Sequence[Sequence[object]], width: int) -> Iterator[tuple[list[Any], int]]:
    """Give the values of as many rows as a statement takes, one after another, and their number."""
    size = MOST_VALUES // width
    for start in range(0, len(rows), size):
        batch = rows[start : start + size]
        yield [stored(value) for value in chain.from_iterable(batch)], len(batch)


@cache
def _statement(table: str, columns: tuple[str, ...], count: int, over: str) -> str:
    row = f"({', '.join(['%s'] * len(columns))})"
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * count)}"
    if not over:
        return insert
    taken = ", ".join(f"{each} = EXCLUDED.{each}" for each in columns if each != over)
    return f"{insert} ON CONFLICT ({over}) DO UPDATE SET {taken}"


def stored(value: Any) -> Any:
    """Return a value as the database is sent it; raises `TypeError` for a type not known here."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, Enum):
        return value.value
    message = f"{type(value).__name__} is not written this way"
    raise TypeError(message)
