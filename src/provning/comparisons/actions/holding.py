"""What the actions share: a comparison held, its files looked at, a job set going."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from provning.comparisons.models import ComparedFile, Comparison
from provning.comparisons.policies import own_comparisons
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError
from provning.reconciliation import Side, Source, look_at


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
            path.write_bytes(file.content)
            sources[side] = look_at(path, side, file.columns)
        yield sources


def set_going(comparison: Comparison, today: date) -> None:
    """Hand the comparison to a worker, in the same transaction."""
    # The job calls back into this room, so it is imported when both are loaded.
    from provning.comparisons.tasks import run_asked_comparison

    comparison.status, comparison.queued = Comparison.Status.RUNNING, True
    comparison.progress_at = now()
    comparison.save(update_fields=["status", "queued", "progress_at"])
    run_asked_comparison.enqueue(str(comparison.id), today.isoformat())


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)
