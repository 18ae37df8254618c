"""Reading a database as of one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let everything that is read inside be of the moment of the first read.

    PostgreSQL: one transaction, REPEATABLE READ. SQLite: one read transaction, which with the
    write-ahead log neither waits for writers nor keeps them waiting. Inside a transaction of the
    caller's it is that one.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias):
            _run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not `atomic`: it would take the one place there is for writers.
        _run(connection, "BEGIN DEFERRED")
        try:
            yield
        finally:
            _run(connection, "ROLLBACK")


def _run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
