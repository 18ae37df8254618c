"""Long files some rows at a time, so that memory stays what it is however long they are."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from provning.imports.kind import ImportKind
from provning.imports.models import StagedRow
from provning.imports.progress import note_progress

Item = TypeVar("Item")
AT_ONCE = 2000


class Progress:
    """How many steps of a job are done, told as they are."""

    def __init__(self, import_id: UUID) -> None:
        """Begin at nothing."""
        self._import_id, self._done = import_id, 0

    def add(self, count: int) -> None:
        """Tell that so many more are done."""
        self._done += count
        note_progress(self._import_id, self._done)


def order_of(kind: ImportKind) -> list[str]:
    """Return what a kind's rows are taken in by."""
    return ["key", "number"] if kind.gathered else ["number"]


def stored_parts(rows: QuerySet[StagedRow], order: Sequence[str]) -> Iterator[list[StagedRow]]:
    """Give stored rows in an order, as they stand when their turn comes; only ids are held."""
    ids = list(rows.order_by(*order).values_list("pk", flat=True))
    for some in in_parts(ids, AT_ONCE):
        found = StagedRow.objects.in_bulk(some)
        yield [found[each] for each in some]


def in_parts(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Give the items in lists of so many, the last one shorter."""
    remaining = iter(items)
    while part := list(islice(remaining, size)):
        yield part
