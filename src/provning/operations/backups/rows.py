"""Rows of any table as lines of text, the same on every database, and back again.

A line is a JSON array with the values of the table's columns in the order of their names. Moments
are UTC with microseconds, ids and days their usual text, bytes Base64. Rows stand in the order of
their keys. The content hash is one SHA-256 over every table's name, columns, number of rows and
digest of its lines: two databases with the same hash say the same.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models import BinaryField, CharField, F, Field, JSONField, Model, QuerySet
from django.db.models.functions import Collate

from provning.operations.backups.faults import BackupError

Migrations = list[tuple[str, str]]
PASSING: Final = frozenset({"django_session", "operations_workerbeat"})
"""What belongs to the running machine and is not content: who is signed in, that a worker lives."""
FETCHED: Final = 500
FEW: Final = 20
"""Rows that may be large (stored documents) are read and written a few at a time."""
BYTE_ORDER: Final = {"postgresql": "C", "sqlite": "BINARY"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table at some state of the migrations; `fields` by the names of their columns."""

    name: str
    model: type[Model]
    fields: tuple["Field[Any, Any]", ...]

    @property
    def columns(self) -> list[str]:
        """Return the names of the columns, in order."""
        return [str(field.column) for field in self.fields]

    @property
    def batch(self) -> int:
        """Return how many rows are held at once."""
        large = any(isinstance(field, BinaryField) for field in self.fields)
        return FEW if large else FETCHED


@dataclass(frozen=True, slots=True)
class TableDigest:
    """What a table held: its columns, how many rows, and the SHA-256 of their lines."""

    columns: list[str]
    rows: int
    sha256: str


def applied(connection: BaseDatabaseWrapper) -> Migrations:
    """Return the migrations that the database has, by name; raises `BackupError` for unknown ones.

    A database may hold migrations that this program lacks when a newer program has opened it.
    """
    loader = MigrationExecutor(connection).loader
    return expect_known(sorted(loader.applied_migrations), loader.disk_migrations)


def expect_known(migrations: Migrations, known: Iterable[object]) -> Migrations:
    """Return the migrations when this program has them all."""
    missing = [each for each in migrations if each not in set(known)]
    if missing:
        raise BackupError(
            f"Innehållet hör till ett nyare program än detta ({'.'.join(missing[0])}). "
            "Uppgradera programmet först."
        )
    return migrations


def tables_of(connection: BaseDatabaseWrapper, migrations: Migrations) -> list[Table]:
    """Return every table as the migrations make it, by name; what is passing is left out."""
    return list(_tables(connection.alias, tuple(migrations)))


@lru_cache(maxsize=2)
def _tables(alias: str, migrations: tuple[tuple[str, str], ...]) -> tuple[Table, ...]:
    """Build the models as they were then: it takes a tenth of a second, so the latest are kept."""
    loader = MigrationExecutor(connections[alias]).loader
    models = loader.project_state(list(migrations)).apps.get_models(include_auto_created=True)
    tables = [_table(model) for model in models if model._meta.managed]
    chosen = [each for each in tables if each.name not in PASSING]
    return tuple(sorted(chosen, key=lambda each: each.name))


def _table(model: type[Model]) -> Table:
    fields = sorted(model._meta.local_concrete_fields, key=lambda field: str(field.column))
    return Table(model._meta.db_table, model, tuple(fields))


def lines_of(table: Table, connection: BaseDatabaseWrapper) -> Iterator[bytes]:
    """Return the table's rows as lines, in the order of the key, read a few at a time."""
    key = table.model._meta.pk
    order: Any = F(key.attname)
    if isinstance(key, CharField):
        order = Collate(order, BYTE_ORDER[connection.vendor])
    rows: QuerySet[Model] = QuerySet(table.model, using=connection.alias).order_by(order)
    names = [field.attname for field in table.fields]
    for row in rows.values_list(*names).iterator(chunk_size=table.batch):
        yield line_of(row)


def line_of(row: tuple[object, ...]) -> bytes:
    """Write a row as a line."""
    return _ENCODER.encode(row).encode() + b"\n"


def _plain(value: object) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode("ascii")
    raise TypeError(f"{type(value).__name__} has no form in a backup")


_ENCODER: Final = json.JSONEncoder(
    default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
)


def row_of(table: Table, line: bytes, connection: BaseDatabaseWrapper) -> list[Any]:
    """Read a line back as what the database stores in each column."""
    values = json.loads(line)
    return [
        _stored(field, value, connection) for field, value in zip(table.fields, values, strict=True)
    ]


def _stored(field: "Field[Any, Any]", value: object, connection: BaseDatabaseWrapper) -> object:
    if value is None or isinstance(field, JSONField):
        return field.get_db_prep_save(value, connection)
    return field.get_db_prep_save(field.to_python(value), connection)


class Digester:
    """Takes a table's lines in, in order, and gives its digest."""

    def __init__(self, columns: list[str]) -> None:
        """Begin without rows."""
        self._columns, self._rows, self._hash = columns, 0, hashlib.sha256()

    def take(self, line: bytes) -> None:
        """Take one more line."""
        self._rows += 1
        self._hash.update(line)

    def digest(self) -> TableDigest:
        """Return what has been taken in."""
        return TableDigest(self._columns, self._rows, self._hash.hexdigest())


def content_hash(tables: dict[str, TableDigest]) -> str:
    """Return the one hash over all tables, in hexadecimal."""
    parts = [[name, each.columns, each.rows, each.sha256] for name, each in sorted(tables.items())]
    return hashlib.sha256(_ENCODER.encode(parts).encode()).hexdigest()


def digests_of(tables: Iterable[Table], connection: BaseDatabaseWrapper) -> dict[str, TableDigest]:
    """Read every row of the tables and return their digests."""
    found = {}
    for table in tables:
        digester = Digester(table.columns)
        for line in lines_of(table, connection):
            digester.take(line)
        found[table.name] = digester.digest()
    return found
