"""The one way into the audit trail."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from uuid import UUID

from django.db import connection, transaction

from provning.audit.inserting import insert_numbered, insert_values
from provning.audit.models import AuditEvent, ChainAnchor
from provning.audit.registry import is_registered
from provning.kernel.actors import Actor

GENESIS = "0" * 64
# Any number works as long as every program takes the same lock before it reads the chain's end.
_CHAIN_LOCK = 7_201_108


Facts = Mapping[str, object]


class UnregisteredEventError(LookupError):
    """An action used an event name that no room has registered."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of several things that an action did at once; the fields are those of `record`."""

    name: str
    subjects: tuple[tuple[str, object], ...]
    before: Facts | None = None
    after: Facts | None = None
    reason: str = ""


def record(
    name: str,
    *,
    actor: Actor,
    subjects: Iterable[tuple[str, object]],
    before: Facts | None = None,
    after: Facts | None = None,
    reason: str = "",
) -> AuditEvent:
    """Append one event to the chain, inside the caller's transaction.

    `subjects` are pairs of kind and id (`("exam_group", group.id)`). Raises
    `UnregisteredEventError` for an unknown name, `TransactionManagementError` outside atomic.
    """
    occurrence = Occurrence(name, tuple(subjects), before, after, reason)
    [event] = record_many(actor=actor, occurrences=[occurrence])
    return event


def record_many(*, actor: Actor, occurrences: Iterable[Occurrence]) -> list[AuditEvent]:
    """Append several events to the chain, in their order; a handful of statements for any number.

    Raises as `record`.
    """
    chosen = list(occurrences)
    unknown = [each.name for each in chosen if not is_registered(each.name)]
    if unknown:
        raise UnregisteredEventError(unknown[0])
    if not connection.in_atomic_block:
        message = "an audit event belongs to the transaction of its action"
        raise transaction.TransactionManagementError(message)
    number, previous = _end_of_chain()
    events = []
    for place, each in enumerate(chosen, start=1):
        event = _event(actor, each, number + place, previous)
        previous = event.digest
        events.append(event)
    insert_numbered(AuditEvent, events)
    pairs = zip(events, chosen, strict=True)
    links = [(event.pk, *pair) for event, each in pairs for pair in _pairs(each)]
    insert_values("audit_auditsubject", ("event_id", "kind", "key"), links)
    return events


@transaction.atomic
def keep_anchor(*, today: date) -> tuple[ChainAnchor, bool]:
    """Keep the chain's end as the day's anchor; a second time on a day returns the first one.

    Returns the anchor and whether it is new. No event tells of it: an anchor is about the chain,
    and an event a day would only make the chain longer.
    """
    number, digest = _end_of_chain()
    return ChainAnchor.objects.get_or_create(
        day=today, defaults={"number": number, "digest": digest, "taken_at": datetime.now(UTC)}
    )


def _event(actor: Actor, occurrence: Occurrence, number: int, previous: str) -> AuditEvent:
    """Return the link that follows the one with the digest `previous`."""
    event = AuditEvent(
        number=number,
        recorded_at=datetime.now(UTC),
        name=occurrence.name,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_role=actor.role,
        subjects=canonical(_pairs(occurrence)),
        before=canonical(occurrence.before) if occurrence.before else "",
        after=canonical(occurrence.after) if occurrence.after else "",
        reason=occurrence.reason,
        previous_digest=previous,
    )
    event.digest = digest_of(event)
    return event


def _pairs(occurrence: Occurrence) -> list[tuple[str, str]]:
    """Return what the event speaks of, each thing once, in order."""
    return sorted({(kind, str(key)) for kind, key in occurrence.subjects})


def digest_of(event: AuditEvent) -> str:
    """Return the SHA-256, in hexadecimal, of everything the event says and of its predecessor."""
    parts = [
        event.number,
        event.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.name,
        event.actor_id,
        event.actor_name,
        event.actor_role,
        event.subjects,
        event.before,
        event.after,
        event.reason,
        event.previous_digest,
    ]
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def canonical(value: object) -> str:
    """Write a value as JSON in the one form that is hashed: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        value, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be written in an audit event")


def _end_of_chain() -> tuple[int, str]:
    """Return the number and the digest of the last event, which nobody follows until we have.

    Asked before every event, so in the words of the database: Django's take ten times as long.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
        cursor.execute("SELECT number, digest FROM audit_auditevent ORDER BY number DESC LIMIT 1")
        return cursor.fetchone() or (0, GENESIS)
