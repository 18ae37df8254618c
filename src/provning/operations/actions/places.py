"""Where a restored database lands: beside the old file until it is whole, or in the old tables."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from provning.operations.backups.faults import BackupError
from provning.operations.backups.rows import PASSING

STRUCTURE = frozenset({"django_migrations", "django_content_type", "auth_permission"})
LOCK_SECONDS = 10


TAKEN = (
    "Databasen {name} har redan innehåll ({table}). "
    "Återläs i en tom databas, eller ersätt den med --replace."
)


def expect_empty(connection: BaseDatabaseWrapper, refusal: str = TAKEN) -> None:
    """Raise `BackupError` when the database holds anything that somebody has put there.

    `refusal` is a template of the name of the database and of a table that is not empty.
    """
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        return
    names = set(connection.introspection.table_names()) - STRUCTURE - PASSING
    with connection.cursor() as cursor:
        for table in sorted(names):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 # the database's own names
            if cursor.fetchone():
                raise BackupError(refusal.format(name=name, table=table))


@contextmanager
def place(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the database be filled inside; a failure leaves the old one as it was.

    SQLite is filled in a new file, which takes the old one's name when it is whole; the old file is
    kept as NAME.before-restore. Inside a transaction of the caller's it is filled where it is.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        yield
    else:
        with _new_file(connection):
            yield


@contextmanager
def _new_file(connection: BaseDatabaseWrapper) -> Iterator[None]:
    target = Path(connection.settings_dict["NAME"])
    draft = target.with_name(f".{target.name}.restoring")
    connection.close()
    _expect_alone(target)
    _remove(draft)
    connection.settings_dict["NAME"] = str(draft)
    try:
        yield
        connection.close()
        _settle(draft)
        draft.chmod(0o600)
        _swap(draft, target)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(target)
        _remove(draft)


def _swap(draft: Path, target: Path) -> None:
    _expect_alone(target)
    if target.exists():
        target.replace(target.with_name(f"{target.name}.before-restore"))
    draft.rename(target)


def _expect_alone(target: Path) -> None:
    """Refuse a file that another program has open: it would go on writing in the old one."""
    if target.exists():
        _settle(target)


def _settle(path: Path) -> None:
    """Bring the write-ahead log into the file, which only works for whoever is alone with it."""
    try:
        with closing(sqlite3.connect(path, timeout=1)) as opened:
            opened.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.Error as error:
        raise BackupError(
            f"Databasen {path} används ({error}). Stoppa programmet först."
        ) from error


def _remove(path: Path) -> None:
    for each in (
        path,
        *(path.with_name(f"{path.name}-{end}") for end in ("wal", "shm", "journal")),
    ):
        each.unlink(missing_ok=True)
