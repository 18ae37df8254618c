"""What has happened to a person, as far as the reader may know of it."""

import dataclasses
from uuid import UUID

from provning.audit.queries import HistoryRow, history_of
from provning.kernel.actors import Actor
from provning.people import events
from provning.people.queries.persons import enrolments_in_scope, person_for

PERSONAL_FACTS = frozenset({"given_name", "family_name", "number", "email"})
HIDDEN_FACT = "skyddad uppgift"
OF_THE_PERSON = frozenset(
    {
        events.PERSON_REGISTERED,
        events.PERSONS_REGISTERED,
        events.NUMBER_CHANGED,
        events.PROTECTION_SET,
        events.PERSON_RENAMED,
        events.STATUS_SET,
        events.ACCOUNT_LINKED,
        events.ACCOUNT_UNLINKED,
    }
)
ENROLMENTS = frozenset({events.PERSON_ENROLLED, events.PERSONS_ENROLLED})
OF_MANY = frozenset({events.PERSONS_REGISTERED, events.PERSONS_ENROLLED})
"""Acts on many: their facts are about others too, and are left out."""


def person_history(actor: Actor, person_id: UUID) -> list[HistoryRow]:
    """Return what has happened to a person, newest first, without facts the actor may not see.

    An enrolment is told only where the provider is in scope. What the person is placed in and
    graded has the scope of its group, and is not told here. Raises `NotFoundError` as `person_for`.
    """
    row = person_for(actor, person_id)
    seen = [] if row.masked else enrolments_in_scope(actor, person_id)
    providers = {str(each.provider_id) for each in seen}
    told = [each for each in history_of("person", person_id) if _may_read(each, providers)]
    return [_shown(each, masked=row.masked) for each in told]


def _may_read(row: HistoryRow, providers: set[str]) -> bool:
    if row.name not in ENROLMENTS:
        return row.name in OF_THE_PERSON
    named = row.after.get("providers") or [row.after.get("provider")]
    return isinstance(named, list) and bool(providers.intersection(map(str, named)))


def _shown(row: HistoryRow, *, masked: bool) -> HistoryRow:
    if row.name in OF_MANY:
        return dataclasses.replace(row, before={}, after={})
    if not masked:
        return row
    return dataclasses.replace(row, before=_masked(row.before), after=_masked(row.after))


def _masked(facts: dict[str, object]) -> dict[str, object]:
    return {key: HIDDEN_FACT if key in PERSONAL_FACTS else fact for key, fact in facts.items()}
