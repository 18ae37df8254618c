"""Comparisons of the one who asked for them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import overload
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from provning.comparisons.models import ComparedFile, Comparison, ComparisonRow
from provning.comparisons.policies import own_comparisons
from provning.comparisons.rows import (
    UNREAD,
    ComparisonLine,
    FileLine,
    fault_of,
    mismatch_of,
    report_of,
)
from provning.comparisons.rules import is_stalled
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError, Problem
from provning.reconciliation import Fault, Mismatch, Report, Side

AT_A_TIME = 2000
ORDER = {side.value: place for place, side in enumerate(Side)}


def comparisons_for(actor: Actor, today: date, limit: int = 20) -> list[ComparisonLine]:
    """Return the actor's newest comparisons; three queries."""
    found = Comparison.objects.filter(own_comparisons(actor, today)).select_related("provider")
    return _lines(list(found.order_by("-asked_at", "pk")[:limit]))


def comparison_for(actor: Actor, comparison_id: UUID, today: date) -> ComparisonLine:
    """Return one comparison; raises `NotFoundError` for anybody but who asked, and too late."""
    found = Comparison.objects.filter(own_comparisons(actor, today), pk=comparison_id)
    comparison = found.select_related("provider").first()
    if comparison is None:
        raise NotFoundError("comparison")
    return _lines([comparison])[0]


def whole_report(actor: Actor, comparison_id: UUID, today: date) -> Report:
    """Return the report with every row, for a file; raises as `comparison_for`."""
    line = comparison_for(actor, comparison_id, today)
    rows = ComparisonRow.objects.filter(comparison_id=line.id).order_by("number")
    mismatches: list[Mismatch] = []
    faults: list[Fault] = []
    for kind, facts in rows.values_list("kind", "facts").iterator(AT_A_TIME):
        if kind == UNREAD:
            faults.append(fault_of(facts))
        else:
            mismatches.append(mismatch_of(facts))
    comparison = Comparison.objects.only("answer").get(pk=line.id)
    return report_of(comparison.answer, tuple(mismatches), tuple(faults))


class Rows(Sequence[Mismatch | Fault]):
    """The rows of a kind, read from the database in the parts that are asked for."""

    def __init__(self, comparison_id: UUID, kind: str) -> None:
        """Count them; `comparison_id` has been asked for by its own.

        With `kind` "" they are the mismatches of every kind, in the report's order.
        """
        self._found: QuerySet[ComparisonRow, dict[str, object]] = (
            ComparisonRow.objects.filter(
                Q(kind=kind) if kind else ~Q(kind=UNREAD), comparison_id=comparison_id
            )
            .order_by("number")
            .values_list("facts", flat=True)
        )
        self._read = fault_of if kind == UNREAD else mismatch_of
        self._count = self._found.count()

    def __len__(self) -> int:
        """Return how many there are."""
        return self._count

    @overload
    def __getitem__(self, place: int) -> Mismatch | Fault: ...

    @overload
    def __getitem__(self, place: slice) -> list[Mismatch | Fault]: ...

    def __getitem__(self, place: int | slice) -> Mismatch | Fault | list[Mismatch | Fault]:
        """Return one row, or a part of them; one query."""
        if isinstance(place, slice):
            return [self._read(facts) for facts in self._found[place]]
        return self._read(self._found[place])

    def __iter__(self) -> Iterator[Mismatch | Fault]:
        """Give them all."""
        return (self._read(facts) for facts in self._found.iterator(AT_A_TIME))


def _lines(found: list[Comparison]) -> list[ComparisonLine]:
    ids = [each.id for each in found]
    counts: dict[UUID, dict[str, int]] = {}
    grouped = (
        ComparisonRow.objects.filter(comparison_id__in=ids)
        .order_by()
        .values_list("comparison_id", "kind")
        .annotate(number=Count("pk"))
    )
    for key, kind, number in grouped:
        counts.setdefault(key, {})[kind] = number
    files: dict[UUID, list[FileLine]] = {}
    for each in ComparedFile.objects.filter(comparison_id__in=ids):
        line = FileLine(Side(each.side), each.file_name, tuple(each.headers), dict(each.columns))
        files.setdefault(each.comparison_id, []).append(line)
    return [_line(each, counts.get(each.id, {}), files.get(each.id, [])) for each in found]


def _line(each: Comparison, counts: dict[str, int], files: list[FileLine]) -> ComparisonLine:
    running = each.status == Comparison.Status.RUNNING
    return ComparisonLine(
        id=each.id,
        place_name=each.provider.name,
        stored=each.stored,
        term=each.term,
        status=each.status,
        status_label=str(Comparison.Status(each.status).label),
        stalled=running and is_stalled(each.progress_at, datetime.now(UTC)),
        read=each.read,
        files=tuple(sorted(files, key=lambda file: ORDER[file.side.value])),
        faults=tuple(Problem.from_facts(fault) for fault in each.faults),
        counts=counts,
        summary=report_of(each.answer),
        asked_at=each.asked_at,
        expires_on=each.expires_on,
    )
