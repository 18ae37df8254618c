"""Tests with real transactions leave rows behind: the database as it was made comes back quickly.

Django's own flush empties every table one after another and makes content types and permissions
again; the guards would refuse it. SQLite's file is put back from a copy in memory. PostgreSQL
deletes from the tables that were filled, with its triggers at rest for that one transaction, and
gets guards back that a test took away.
"""

import sqlite3
from dataclasses import dataclass, field

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from provning.audit.guards import install_guards, missing_guards


@dataclass(slots=True)
class Origin:
    """A database as it was when it was made."""

    copy: sqlite3.Connection | None = None
    filled: frozenset[str] = field(default_factory=frozenset)

    def remember(self, connection: BaseDatabaseWrapper) -> None:
        """Keep what there is now: what the migrations wrote."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            self.copy = sqlite3.connect(":memory:", check_same_thread=False)
            connection.connection.backup(self.copy)
        else:
            self.filled = _filled(connection)

    def restore(self, connection: BaseDatabaseWrapper) -> None:
        """Put the database back."""
        connection.ensure_connection()
        if self.copy:
            self.copy.backup(connection.connection)
        else:
            _empty(connection, _filled(connection) - self.filled)

    def forget(self) -> None:
        """Let the copy go."""
        if self.copy:
            self.copy.close()


def _filled(connection: BaseDatabaseWrapper) -> frozenset[str]:
    """Return the tables that have rows."""
    names = connection.introspection.table_names()
    part = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM \"{0}\")"
    parts = [part.format(name) for name in names]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return frozenset(row[0] for row in cursor.fetchall())


def _empty(connection: BaseDatabaseWrapper, tables: frozenset[str]) -> None:
    """Delete every row of the tables of a PostgreSQL; foreign keys are triggers and rest too."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in sorted(tables):
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608 # the tables' own names
    if missing_guards(connection):
        install_guards(connection)
