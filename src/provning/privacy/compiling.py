"""Gathering what is held of a person from every room, for the person's own extract."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from provning.access.queries import rows_of_person
from provning.archive.queries import with_deliveries
from provning.audit.queries import HistoryRow, history_of
from provning.audit.registry import event_name, is_registered
from provning.extracts.queries import compile_person
from provning.feeds.queries import with_sent
from provning.kernel.actors import Actor, Grant, Permission
from provning.people.models import PersonNumber
from provning.privacy.carriers import carriers_of
from provning.privacy.own_extract import OwnExtract, requests_about

MOST = 10_000
REGISTER = Permission.REGISTER_PERSONS


def compile_own_extract(actor: Actor, person_id: UUID) -> OwnExtract:
    """Return everything that is held where the actor answers for the register.

    The huvudman answers for what its providers have written too, so the reader has every right at
    the places where the actor registers persons, and nothing elsewhere.
    """
    scopes = actor.scopes(REGISTER)
    grants = tuple(Grant("own_extract", scope, frozenset(Permission)) for scope in scopes)
    reader = Actor(actor.id, actor.name, actor.role, grants)
    numbers = PersonNumber.objects.filter(person=person_id).values_list("number", flat=True)
    compiled = with_deliveries(reader, compile_person(reader, person_id))
    return OwnExtract(
        compiled=with_sent(reader, compiled),
        requests=requests_about(numbers, person_id),
        carriers=tuple(carriers_of(person_id)),
        read=tuple(rows_of_person(person_id, MOST)),
        happened=tuple(_happened(history_of("person", person_id, limit=MOST))),
    )


def _happened(rows: list[HistoryRow]) -> Iterator[tuple[datetime, str]]:
    """Give what the trail tells of the person, the latest first."""
    for row in rows:
        if is_registered(row.name):
            facts = _Facts(row.before | row.after)
            yield row.recorded_at, event_name(row.name).sentence.format_map(facts)


class _Facts(dict[str, object]):
    """Facts to fill a sentence from; one that is not there shows as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"
