"""Searching the trail: pages by the number of the last event read, never by counting."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import overload
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from provning.audit.models import AuditEvent, AuditSubject
from provning.audit.queries import HistoryRow, history_row

SWEDEN = ZoneInfo("Europe/Stockholm")
Place = tuple[str, str]
"""A thing's kind and key."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for; what is empty does not narrow. Days are Swedish and inclusive."""

    names: frozenset[str] = frozenset()
    actor_id: str = ""
    subject: Place | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One event and the things it speaks of."""

    event: HistoryRow
    actor_id: str
    subjects: tuple[Place, ...]

    def keys(self, kind: str) -> list[str]:
        """Return the keys of the event's things of one kind."""
        return [key for each, key in self.subjects if each == kind]


class Found(Sequence[FoundEvent]):
    """Events found, the newest first: read a part at a time, and counted only when asked how many.

    `places` are the things that one of must be spoken of, None for the whole trail.
    """

    def __init__(self, wanted: Wanted, places: Collection[Place] | None) -> None:
        """Read nothing yet."""
        self._events = _narrowed(wanted, places)
        self._begins: dict[int, int] = {}
        self._told: Callable[[list[FoundEvent]], None] | None = None

    def when_read(self, told: Callable[[list[FoundEvent]], None]) -> None:
        """Let somebody know of each part that is read from now on."""
        self._told = told

    def page(self, size: int, before: int | None = None) -> list[FoundEvent]:
        """Return at most so many events older than the number; one query."""
        events = self._events if before is None else self._events.filter(number__lt=before)
        return self._read(events.order_by("-number")[:size])

    def _read(self, events: QuerySet[AuditEvent]) -> list[FoundEvent]:
        rows = [_found(event) for event in events]
        if self._told:
            self._told(rows)
        return rows

    def __len__(self) -> int:
        """Count them; one query over all that was found."""
        return self._events.count()

    @overload
    def __getitem__(self, index: int) -> FoundEvent: ...

    @overload
    def __getitem__(self, index: slice) -> list[FoundEvent]: ...

    def __getitem__(self, index: int | slice) -> FoundEvent | list[FoundEvent]:
        """Return a part; parts read one after the other each begin where the last one ended."""
        if isinstance(index, int):
            return self[index : index + 1][0]
        start, size = index.start or 0, (index.stop or 0) - (index.start or 0)
        before = self._begins.get(start)
        if before is None and start:
            return self._read(self._events.order_by("-number")[start : start + size])
        part = self.page(size, before)
        if part:
            self._begins = {start + len(part): part[-1].event.number}
        return part

    def __iter__(self) -> Iterator[FoundEvent]:
        """Read them all, a part at a time."""
        before = None
        while part := self.page(1000, before):
            yield from part
            before = part[-1].event.number


def _narrowed(wanted: Wanted, places: Collection[Place] | None) -> QuerySet[AuditEvent]:
    events = AuditEvent.objects.all()
    if places is not None:
        events = events.filter(pk__in=_about(places))
    if wanted.subject is not None:
        events = events.filter(pk__in=_about([wanted.subject]))
    if wanted.names:
        events = events.filter(name__in=wanted.names)
    if wanted.actor_id:
        events = events.filter(actor_id=wanted.actor_id)
    if wanted.first:
        events = events.filter(recorded_at__gte=_midnight(wanted.first))
    if wanted.last:
        events = events.filter(recorded_at__lt=_midnight(wanted.last + timedelta(days=1)))
    return events


def _about(places: Collection[Place]) -> QuerySet[AuditSubject, int]:
    kinds: dict[str, set[str]] = {}
    for kind, key in places:
        kinds.setdefault(kind, set()).add(key)
    found = AuditSubject.objects.none()
    for kind, keys in kinds.items():
        found |= AuditSubject.objects.filter(kind=kind, key__in=keys)
    return found.values_list("event_id", flat=True)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), SWEDEN).astimezone(UTC)


def _found(event: AuditEvent) -> FoundEvent:
    subjects = tuple((kind, key) for kind, key in json.loads(event.subjects))
    return FoundEvent(history_row(event), event.actor_id, subjects)
