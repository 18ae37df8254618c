"""Whether a worker of the jobs is still there; what is not known for sure counts as there.

On SQLite everybody shares a machine, and a worker holds a lock on a file, which the machine lets go
of with the process. That answers at once, and also while a job holds the database so long that its
worker cannot write that it lives. On PostgreSQL workers may be on several machines, whose processes
say nothing to each other: there the beats in the database answer, by the clock of the database.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

SILENT: Final = timedelta(minutes=2)
"""A worker writes that it lives every quarter of a minute; after so long it does not."""
FORGOTTEN: Final = timedelta(days=1)
NEVER_HEARD: Final = timedelta(hours=1)
"""A job whose worker has no beat: it was restored from a backup, or is done by a command."""


@contextmanager
def held_lock(worker: str) -> Iterator[None]:
    """Hold the worker's lock for as long as the block, or the process, lives."""
    path = _path(worker)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _tidy(path.parent)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def is_gone(worker: str, beat_at: datetime | None, started_at: datetime, now: datetime) -> bool:
    """Say whether the worker that began a job at `started_at` is there no more.

    `beat_at` is when it last said that it lives. All by the clock of `database_clock`.
    """
    locked = _is_locked(worker) if connection.vendor == "sqlite" else None
    if locked is not None:
        return not locked
    return now - beat_at > SILENT if beat_at else now - started_at > NEVER_HEARD


def database_clock() -> datetime:
    """Return the moment by the one clock that every worker of the database shares."""
    if connection.vendor != "postgresql":
        return datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _is_locked(worker: str) -> bool | None:
    """Say whether somebody holds the worker's lock, None when it never had any here."""
    try:
        with _path(worker).open("r") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except OSError:
        return True
    return False


def _tidy(folder: Path) -> None:
    """Remove what workers that were killed have left, when their jobs are long since taken over."""
    for path in folder.iterdir():
        old = time.time() - path.stat().st_mtime > FORGOTTEN.total_seconds()
        if old and not _is_locked(path.name):
            path.unlink(missing_ok=True)


def _path(worker: str) -> Path:
    return Path(settings.DATA_DIR) / "workers" / worker
