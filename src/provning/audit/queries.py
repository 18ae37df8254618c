"""Reading the trail: one thing's history, and whether the chain holds."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from provning.audit.actions import GENESIS, canonical, digest_of
from provning.audit.guards import missing_guards
from provning.audit.models import AuditEvent, AuditSubject, ChainAnchor

BATCH = 2000


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One event as a reader meets it; `before` and `after` are the stored facts."""

    number: int
    recorded_at: datetime
    name: str
    actor_name: str
    actor_role: str
    before: dict[str, object]
    after: dict[str, object]
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """An event as a link of the chain: with its digest, and which of the asked-for things it names.

    The digest can be noted outside the database (`Noted`) and held against the chain later.
    """

    event: HistoryRow
    digest: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Noted:
    """A chain's end as somebody noted it earlier, outside the database.

    A chain cannot show by itself that its last links were cut off or written anew.
    """

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The chain's end as it was on a day, kept in the database and told outside it."""

    day: date
    noted: Noted


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a walk through the whole chain found; `fault` is "" when every link holds.

    `events` is how many links held, `head` the digest of the last of them. `broken_at` is the
    number of the first event that does not hold; None with a fault when the guards are missing.
    """

    events: int
    head: str
    broken_at: int | None
    fault: str


def history_of(kind: str, key: object, *, limit: int = 200) -> list[HistoryRow]:
    """Return the newest events that speak of one thing, the newest first."""
    events = AuditEvent.objects.filter(links__kind=kind, links__key=str(key)).order_by("-number")
    return [history_row(event) for event in events[:limit]]


def histories_of(kind: str, keys: Iterable[object], *, limit: int = 200) -> list[HistoryRow]:
    """Return the newest events that speak of any of the things, each once, the newest first."""
    links = AuditSubject.objects.filter(kind=kind, key__in={str(key) for key in keys})
    events = AuditEvent.objects.filter(pk__in=links.values("event_id")).order_by("-number")
    return [history_row(event) for event in events[:limit]]


def links_about(kind: str, keys: Iterable[object], names: Iterable[str]) -> list[Link]:
    """Return the events of the names that speak of any of the things, the oldest first.

    Two queries for any number.
    """
    wanted = {str(key) for key in keys}
    links = AuditSubject.objects.filter(kind=kind, key__in=wanted)
    about: dict[int, set[str]] = {}
    for event_id, key in links.values_list("event_id", "key"):
        about.setdefault(event_id, set()).add(key)
    events = AuditEvent.objects.filter(pk__in=about, name__in=list(names)).order_by("number")
    return [Link(history_row(event), event.digest, frozenset(about[event.pk])) for event in events]


def facts_of(names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Give what every event of the names left behind it (`after`), the oldest first, streamed."""
    events = AuditEvent.objects.filter(name__in=list(names)).order_by("number")
    for after in events.values_list("after", flat=True).iterator(BATCH):
        yield json.loads(after)


def chain_head() -> Noted:
    """Return the last link; number 0 and zeros for an empty chain. One query."""
    last = AuditEvent.objects.order_by("-number").values_list("number", "digest").first()
    return Noted(*(last or (0, GENESIS)))


def anchors() -> list[Anchor]:
    """Return the ends of the chain that have been kept, the earliest first; one query."""
    return [Anchor(each.day, Noted(each.number, each.digest)) for each in ChainAnchor.objects.all()]


def verify_chain(noted: Noted | None = None) -> ChainReport:
    """Walk every link from the first and name the first that does not hold.

    With `noted`, that link must also stand in the chain as it was noted: a digest with number 0
    anywhere in it. The anchors of each day must stand in it too.
    """
    previous, expected, found = GENESIS, 1, noted is None or bool(noted.number)
    told = [*(each.noted for each in anchors()), *filter(None, [noted])]
    wanted = {each.number: each for each in told if each.number}
    events = AuditEvent.objects.order_by("number").prefetch_related("links")
    for event in events.iterator(BATCH):
        fault = _fault(event, expected, previous) or _noted_fault(event, wanted.get(event.number))
        if fault:
            return ChainReport(expected - 1, previous, event.number, fault)
        found = found or (noted is not None and event.digest == noted.digest)
        previous, expected = event.digest, expected + 1
    missing = max((*wanted, 0))
    if missing >= expected:
        fault = f"händelse {expected} och de som följde saknas"
        return ChainReport(expected - 1, previous, expected, fault)
    fault = "" if found else "kontrollsumman som antecknades finns inte i kedjan"
    return ChainReport(expected - 1, previous, None, fault or _guard_fault())


def verify_end(count: int) -> ChainReport:
    """Walk the last links only: a quick look; `events` is how many held."""
    newest = AuditEvent.objects.order_by("-number").prefetch_related("links")[: count + 1]
    links = list(reversed(newest))
    first = links[0].number if links else 1
    # The first link that is walked follows the one before it, or the beginning.
    previous = links[0].digest if len(links) > count else GENESIS
    walked = links[1:] if len(links) > count else links
    expected = first + len(links) - len(walked)
    for held, event in enumerate(walked):
        fault = _fault(event, expected + held, previous)
        if fault:
            return ChainReport(held, previous, event.number, fault)
        previous = event.digest
    return ChainReport(len(walked), previous, None, _guard_fault())


def _fault(event: AuditEvent, expected: int, previous: str) -> str:
    if event.number != expected:
        return f"händelse {expected} saknas; nästa som finns är {event.number}"
    if event.previous_digest != previous:
        return f"händelse {event.number} pekar inte på händelsen före sig"
    if event.digest != digest_of(event):
        return f"händelse {event.number} är ändrad: innehållet svarar inte mot sin kontrollsumma"
    linked = canonical(sorted((link.kind, link.key) for link in event.links.all()))
    if linked != event.subjects:
        return f"händelse {event.number} har fått sina kopplingar ändrade"
    return ""


def _noted_fault(event: AuditEvent, noted: Noted | None) -> str:
    if noted and event.number == noted.number and event.digest != noted.digest:
        return f"händelse {event.number} har en annan kontrollsumma än den som antecknades"
    return ""


def _guard_fault() -> str:
    missing = missing_guards(connection)
    return f"databasens spärrar saknas: {', '.join(missing)}" if missing else ""


def history_row(event: AuditEvent) -> HistoryRow:
    """Return an event as a reader meets it."""
    return HistoryRow(
        event.number,
        event.recorded_at,
        event.name,
        event.actor_name,
        event.actor_role,
        json.loads(event.before) if event.before else {},
        json.loads(event.after) if event.after else {},
        event.reason,
    )
