"""How far a job has come that stores nothing until all of it is done.

Taking in and taking back are one transaction each, whose rows nobody else sees before its end, and
SQLite lets nobody else write meanwhile. So how far they have come stands in a small file in the
folder of the installation's data. Where the server does not share that folder with the worker, the
screen only says that the job runs.
"""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings


def note_progress(import_id: UUID, done: int) -> None:
    """Tell that so many steps are done; a folder that cannot be written stops no import."""
    path = _path(import_id)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(done), encoding="ascii")
    except OSError:
        return


def progress_of(import_id: UUID) -> tuple[int, datetime | None]:
    """Return how many steps are done and when that was told; 0 and None when nothing is known."""
    path = _path(import_id)
    try:
        done, told = int(path.read_text(encoding="ascii") or 0), path.stat().st_mtime
    except (OSError, ValueError):
        return 0, None
    return done, datetime.fromtimestamp(told, UTC)


def forget_progress(import_id: UUID) -> None:
    """Let the file go when the job has ended, whatever its end was."""
    try:
        _path(import_id).unlink(missing_ok=True)
    except OSError:
        return


def _path(import_id: UUID) -> Path:
    return Path(settings.DATA_DIR) / "progress" / str(import_id)
