"""What the actions share: a comparison held, its files looked at, a job set going."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from provning.comparisons.models import ComparedFile, ComparedPiece, Comparison
from provning.comparisons.policies import own_comparisons
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError
from provning.reconciliation import Side, Source, look_at

PIECE = 4 * 1024 * 1024


def held_comparison(actor: Actor, comparison_id: UUID, today: date) -> Comparison:
    """Return a comparison of the actor's, locked; raises `NotFoundError` for anybody else's."""
    found = Comparison.objects.select_for_update(of=("self",)).filter(own_comparisons(actor, today))
    comparison = found.filter(pk=comparison_id).first()
    if comparison is None:
        raise NotFoundError("comparison")
    return comparison


@contextmanager
def looked_at(files: Mapping[Side, ComparedFile]) -> Iterator[dict[Side, Source]]:
    """Give the files as sources on disk; they are gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        sources = {}
        for side, file in files.items():
            path = Path(folder, side.value)
            with path.open("wb") as written:
                for piece in file.pieces.order_by("number").iterator(chunk_size=1):
                    written.write(piece.content)
            sources[side] = look_at(path, side, file.columns)
        yield sources


@contextmanager
def unmapped(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let SQLite read without mapping its file into memory: large files are read here, once.

    What has been mapped stays in the process as long as the connection; the database's own cache
    is enough for the rest. Another database is left as it is.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA mmap_size").fetchone()
        cursor.execute("PRAGMA mmap_size=0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA mmap_size={int(before[0]) if before else 0}")


def keep_pieces(file: ComparedFile, path: Path) -> None:
    """Store a file's content, a piece at a time."""
    with path.open("rb") as content:
        pieces = iter(lambda: content.read(PIECE), b"")
        for number, piece in enumerate(pieces):
            ComparedPiece.objects.create(file=file, number=number, content=piece)


def drop_pieces(comparison: Comparison) -> None:
    """Remove the content of a comparison's files; that they were there stays."""
    ComparedPiece.objects.filter(file__comparison=comparison).delete()


def set_going(comparison: Comparison, today: date) -> None:
    """Hand the comparison to a worker, in the same transaction."""
    # The job calls back into this room, so it is imported when both are loaded.
    from provning.comparisons.tasks import run_asked_comparison

    comparison.status, comparison.queued = Comparison.Status.RUNNING, True
    comparison.progress_at = now()
    comparison.save(update_fields=["status", "queued", "progress_at"])
    run_asked_comparison.enqueue(str(comparison.id), today.isoformat())


def order_removal(comparison: Comparison) -> None:
    """See to it that a worker removes the comparison when its time is out.

    Where jobs are done at once none can wait; the next comparison then removes what is old.
    """
    from provning.comparisons.tasks import remove_what_expired  # as above

    if remove_what_expired.get_backend().supports_defer:
        midnight = datetime.combine(comparison.expires_on, time.min, ZoneInfo(settings.TIME_ZONE))
        remove_what_expired.using(run_after=midnight).enqueue(comparison.expires_on.isoformat())


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)
