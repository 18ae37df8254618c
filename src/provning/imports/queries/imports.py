"""Imports in the actor's reach."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from provning.audit.asking import worded_once
from provning.imports.kinds import KINDS
from provning.imports.models import STATUSES, StagedImport, StagedRow
from provning.imports.policies import import_scope
from provning.imports.progress import progress_of
from provning.imports.rows import ImportRow
from provning.imports.rules import is_stalled
from provning.imports.states import RUNNING, WHOLE, Status
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError, Problem

Counts = dict[UUID, dict[str, dict[str, int]]]


def imports_for(actor: Actor, limit: int = 50) -> list[ImportRow]:
    """Return the newest imports that the actor sees; two queries."""
    found = StagedImport.objects.filter(import_scope(actor)).select_related("organiser", "provider")
    return _rows(list(found.order_by("-uploaded_at", "pk")[:limit]))


def import_for(actor: Actor, import_id: UUID, kind_key: str = "") -> ImportRow:
    """Return one import, of a kind when one is given; two queries.

    Raises `NotFoundError` when there is none, or when it is out of reach.
    """
    found = [each for each in _one(actor, import_id) if kind_key in {"", each.kind}]
    if not found:
        raise NotFoundError("staged_import")
    return _rows(found)[0]


@worded_once
def _one(actor: Actor, import_id: UUID) -> QuerySet[StagedImport]:
    found = StagedImport.objects.filter(import_scope(actor), pk=import_id)
    return found.select_related("organiser", "provider")


def _rows(found: Sequence[StagedImport]) -> list[ImportRow]:
    counts = _counts([each.id for each in found])
    return [_row(each, counts.get(each.id, {})) for each in found]


def _counts(ids: Sequence[UUID]) -> Counts:
    """Return the numbers of rows by verdict and by outcome; one query."""
    grouped = (
        StagedRow.objects.filter(staged_id__in=ids)
        .order_by()
        .values_list("staged_id", "verdict", "outcome")
        .annotate(number=Count("pk"))
    )
    counts: Counts = {}
    for key, verdict, outcome, number in grouped:
        of_import = counts.setdefault(key, {"verdict": {}, "outcome": {}})
        for what, value in (("verdict", verdict), ("outcome", outcome)):
            of_import[what][value] = of_import[what].get(value, 0) + number
    return counts


def _row(staged: StagedImport, counts: dict[str, dict[str, int]]) -> ImportRow:
    status = Status(staged.status)
    done, told = progress_of(staged.id) if status in WHOLE else (0, None)
    heard = max(staged.progress_at, told or staged.progress_at)
    return ImportRow(
        id=staged.id,
        kind=KINDS[staged.kind],
        place_name=staged.provider.name if staged.provider else staged.organiser.name,
        status=status,
        status_label=STATUSES[status],
        stalled=status in RUNNING and is_stalled(heard, datetime.now(UTC)),
        file_name=staged.file_name,
        size=staged.size,
        sha256=staged.sha256,
        headers=tuple(staged.headers),
        columns=dict(staged.columns),
        total=staged.total,
        planned=staged.planned,
        done=done,
        counts=counts.get("verdict", {}),
        outcomes=counts.get("outcome", {}),
        faults=tuple(Problem.from_facts(each) for each in staged.faults),
        uploaded_at=staged.uploaded_at,
        uploaded_by_name=staged.uploaded_by_name,
        committed_at=staged.committed_at,
        committed_by_name=staged.committed_by_name,
        finished_at=staged.finished_at,
    )
