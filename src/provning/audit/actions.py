"""The one way into the audit trail."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from uuid import UUID

from django.db import connection, transaction

from provning.audit.models import AuditEvent, AuditSubject
from provning.audit.registry import is_registered
from provning.kernel.actors import Actor

GENESIS = "0" * 64
# Any number works as long as every program takes the same lock before it reads the chain's end.
_CHAIN_LOCK = 7_201_108


Facts = Mapping[str, object]


class UnregisteredEventError(LookupError):
    """An action used an event name that no room has registered."""


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
    if not is_registered(name):
        raise UnregisteredEventError(name)
    if not connection.in_atomic_block:
        message = "an audit event belongs to the transaction of its action"
        raise transaction.TransactionManagementError(message)
    pairs = sorted({(kind, str(key)) for kind, key in subjects})
    number, previous = _end_of_chain()
    event = AuditEvent(
        number=number + 1,
        recorded_at=datetime.now(UTC),
        name=name,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_role=actor.role,
        subjects=canonical(pairs),
        before=canonical(before) if before else "",
        after=canonical(after) if after else "",
        reason=reason,
        previous_digest=previous,
    )
    event.digest = digest_of(event)
    event.save(force_insert=True)
    AuditSubject.objects.bulk_create(
        [AuditSubject(event=event, kind=kind, key=key) for kind, key in pairs]
    )
    return event


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
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = AuditEvent.objects.order_by("-number").values_list("number", "digest").first()
    return last or (0, GENESIS)
