"""How an event is told to somebody: in full, or without what it says of persons.

An event of the organisation, the accounts or the running of the program is told in full. Anything
else may hold names, numbers and grades: it is told in full only to who may see every person it
speaks of, unmasked, and else with dots where its facts stood.
"""

import re
from collections.abc import Collection, Iterable
from types import ModuleType
from uuid import UUID

from django.utils.translation import gettext as _

from provning.accounts import events as accounts
from provning.audit.registry import EventName, event_name, event_names, is_registered
from provning.audit.search import FoundEvent
from provning.clients import events as clients
from provning.kernel.actors import Actor, Permission
from provning.operations import events as operations
from provning.organisation import events as organisation
from provning.people.queries import persons_for
from provning.web import markup
from provning.web.sentences import sentence

FACT = re.compile(r"\{[a-z_]*\}")


def _codes(*modules: ModuleType) -> frozenset[str]:
    """Return the names of events that the modules register."""
    found = [value for each in modules for value in vars(each).values()]
    return frozenset(each for each in found if isinstance(each, str) and is_registered(each))


OPEN = _codes(accounts, clients, operations, organisation)


def kinds() -> list[tuple[str, str]]:
    """Return every kind of event with its sentence, dots where facts will stand, in order."""
    return sorted(((each.code, _dotted(each)) for each in event_names()), key=lambda one: one[1])


def told_in_full(actor: Actor, rows: Iterable[FoundEvent]) -> frozenset[int]:
    """Return the numbers of those of the events that the actor may read in full; one query."""
    rows = list(rows)
    of_persons = {row.event.number: _persons(row) for row in rows if row.event.name not in OPEN}
    wanted = {key for keys in of_persons.values() for key in keys}
    may = actor.may(Permission.VIEW_PERSONS)
    seen = persons_for(actor, wanted) if wanted and may else {}
    clear = {key for key, person in seen.items() if not person.masked}
    whole = {number for number, keys in of_persons.items() if keys and set(keys) <= clear}
    return frozenset(whole | {row.event.number for row in rows if row.event.name in OPEN})


def said(row: FoundEvent, in_full: Collection[int]) -> str:
    """Return what happened, in the reader's language."""
    if row.event.number in in_full:
        return sentence(row.event)
    return _dotted(event_name(row.event.name)) if is_registered(row.event.name) else row.event.name


def changes(row: FoundEvent, in_full: Collection[int]) -> list[str]:
    """Return each fact that the event changed: what it was and what it became."""
    if row.event.number not in in_full:
        return []
    before, after = row.event.before, row.event.after
    changed = [key for key in after if before.get(key) != after[key] and key in before]
    return [f"{key}: {_value(before[key])} → {_value(after[key])}" for key in changed]


def _value(value: object) -> object:
    return markup.NOTHING if value is None or value == "" else value


def _persons(row: FoundEvent) -> list[UUID]:
    return [UUID(key) for key in row.keys("person")]


def _dotted(name: EventName) -> str:
    return FACT.sub("…", _(name.sentence)).replace("….", "…")
