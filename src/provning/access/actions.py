"""The one way into the access log, and out of it when an entry's day has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from provning.access.disposal import old_entries
from provning.access.models import PLACE_LENGTH, REASON_LENGTH, SELECTION_LENGTH, AccessEntry
from provning.access.rules import reason_problems
from provning.accounts.policies import require
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError, refuse_if
from provning.people.queries import person_to_open, persons_by_number, persons_reached

KEEP_DAYS: Final = 1826
"""Five years: as long as unlawful reading can be tried by a court (Brottsbalken 35 kap. 1 §)."""


@dataclass(frozen=True, slots=True)
class Access:
    """One reading to be logged; the fields are those of `AccessEntry`."""

    kind: str
    place: str
    person_id: UUID | None = None
    count: int = 1
    opened: bool = False
    outside: bool = False
    selection: str = ""
    reason: str = ""


def log_access(*, actor: Actor, entries: Sequence[Access]) -> None:
    """Write down what was read; one statement for any number."""
    made = [_entry(actor, each, datetime.now(UTC)) for each in entries]
    if len(made) == 1:
        made[0].save(force_insert=True)
    elif made:
        AccessEntry.objects.bulk_create(made)


def log_name_search(*, actor: Actor, place: str, count: int) -> None:
    """Write down a search by name, and how many it found; the name itself is not kept."""
    log_access(actor=actor, entries=[Access(AccessEntry.Kind.SEARCH, place, count=count)])


def log_number_search(
    *,
    actor: Actor,
    place: str,
    numbers: Iterable[str],
    reason: str = "",
    right: Permission = Permission.VIEW_PERSONS,
) -> None:
    """Write down that persons were asked for by number; the one way in for every such place.

    `numbers` are in normal form, and are not kept. One number is one entry on whose it is, also
    when they are out of the actor's scope. Several are one entry with how many were found, and one
    more on each person out of scope whose number was among them.
    """
    asked = set(numbers)
    owners = persons_by_number(asked)
    mine = set(persons_reached(actor, right).filter(pk__in=owners.values()))
    beyond = [each for each in dict.fromkeys(owners.values()) if each not in mine]
    if len(asked) == 1:
        owner = next(iter(owners.values()), None)
        entries = [_number_entry(place, owner, found=owner in mine)]
    else:
        found = sum(each in mine for each in owners.values())
        whole = _number_entry(place, None, found=found == len(asked))
        selection = f"{len(asked)} nummer"
        entries = [replace(whole, count=found, selection=selection)] if asked else []
        entries += [_number_entry(place, each, found=False) for each in beyond]
    log_access(actor=actor, entries=[replace(each, reason=reason.strip()) for each in entries])


@transaction.atomic
def open_protected(*, actor: Actor, person_id: UUID, reason: str, place: str) -> None:
    """Write down why a protected identity is opened; the boundary shows it from then on.

    Raises `NotFoundError` when the person is out of scope, or the actor has no right to see them.
    """
    entitled = actor.without_opening()
    row = person_to_open(entitled, person_id)
    if row.masked or not row.protected:
        raise NotFoundError
    refuse_if(reason_problems(reason))
    entry = Access(AccessEntry.Kind.UNMASKING, place, person_id, opened=True, reason=reason.strip())
    log_access(actor=actor, entries=[entry])


def log_opening(*, actor: Actor, place: str, what: str, reason: str) -> None:
    """Write down why a document with protected persons is opened, before it is handed out.

    `what` is its address. Whom it gives in clear is logged each time that it leaves.
    """
    refuse_if(reason_problems(reason))
    entry = Access(AccessEntry.Kind.FILE, place, opened=True, selection=what, reason=reason.strip())
    log_access(actor=actor, entries=[entry])


@transaction.atomic
def dispose_entries(*, actor: Actor, before: date, keys: Iterable[str]) -> int:
    """Remove those of the entries that were made before the day; returns how many."""
    require(actor, Permission.DISPOSE)
    count, _by_model = old_entries(before).filter(pk__in=list(keys)).delete()
    return count


def _number_entry(place: str, owner: UUID | None, *, found: bool) -> Access:
    kind = AccessEntry.Kind.SEARCH
    return Access(kind, place, person_id=owner, count=int(found), outside=not found)


def _entry(actor: Actor, access: Access, at: datetime) -> AccessEntry:
    return AccessEntry(
        at=at,
        keep_until=(at + timedelta(days=KEEP_DAYS)).date(),
        actor_id=actor.id,
        actor_name=actor.name,
        actor_role=actor.role,
        kind=access.kind,
        person_id=access.person_id,
        count=access.count,
        opened=access.opened,
        outside=access.outside,
        place=access.place[:PLACE_LENGTH],
        selection=access.selection[:SELECTION_LENGTH],
        reason=access.reason[:REASON_LENGTH],
    )
