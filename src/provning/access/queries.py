"""Reading the access log, within what the actor may examine."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from provning.access.models import AccessEntry
from provning.access.policies import SEE, examined
from provning.access.rows import AccessRow
from provning.accounts.policies import require
from provning.kernel.actors import Actor
from provning.kernel.identity import parse_identity_number
from provning.people.queries import person_for, persons_by_number, persons_reached

MOST = 500
FIELDS = tuple(name for name in AccessRow.__dataclass_fields__ if name != "number")


def access_of_person(actor: Actor, person_id: UUID, *, limit: int = MOST) -> list[AccessRow]:
    """Return who has read the person, the latest first; `NotFoundError` when out of scope."""
    require(actor, SEE)
    person_for(actor, person_id, SEE)
    return _rows(AccessEntry.objects.filter(person_id=person_id), limit)


def examined_person(actor: Actor, text: str, today: date) -> UUID | None:
    """Return whose number it is or was, None for nobody and for somebody out of scope: the same.

    Raises `ProblemsFoundError` for what is no identity number.
    """
    require(actor, SEE)
    number = parse_identity_number(text, today=today).normal
    owners = persons_by_number([number]).values()
    return persons_reached(actor, SEE).filter(pk__in=owners).first()


def rows_of_person(person_id: UUID, limit: int) -> list[AccessRow]:
    """Return who has read the person, the latest first. For the person's own extract: no actor."""
    return _rows(AccessEntry.objects.filter(person_id=person_id), limit)


def access_log(
    actor: Actor,
    *,
    reader: str = "",
    first: date | None = None,
    last: date | None = None,
    only_opened: bool = False,
    limit: int = MOST,
) -> list[AccessRow]:
    """Return the latest entries that the actor may examine; one query.

    `reader` is an account's id.
    """
    found = AccessEntry.objects.filter(examined(actor), _between(first, last))
    if reader:
        found = found.filter(actor_id=reader)
    if only_opened:
        found = found.filter(opened=True)
    return _rows(found, limit)


def readers(actor: Actor) -> list[tuple[str, str]]:
    """Return the id and name of everybody who has an entry that the actor may examine."""
    found = AccessEntry.objects.filter(examined(actor)).values_list("actor_id", "actor_name")
    return sorted(set(found), key=lambda each: (each[1], each[0]))


def _between(first: date | None, last: date | None) -> Q:
    """Return the entries from midnight to midnight, Swedish time, both days included."""
    found = Q()
    if first:
        found &= Q(at__gte=_midnight(first))
    if last:
        found &= Q(at__lt=_midnight(last + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())).astimezone(UTC)


def _rows(entries: QuerySet[AccessEntry], limit: int) -> list[AccessRow]:
    latest = entries.order_by("-at", "-pk")[:limit]
    return [AccessRow(*values) for values in latest.values_list("pk", *FIELDS)]
