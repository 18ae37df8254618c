"""Delegation at places: where somebody is rektor, who works there, and what is delegated there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from provning.accounts.policies import require
from provning.accounts.queries import (
    DelegationRow,
    HolderRow,
    delegations_at,
    holders_at,
    offices_of,
)
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.organisation.role_places import role_places_for, wider_of_all

DELEGATE = Permission.DELEGATE


@dataclass(frozen=True, slots=True)
class Office:
    """One place where the actor is rektor, with those who work there and may be delegated to."""

    id: int
    scope: Scope
    place: str
    holders: tuple[HolderRow, ...]

    def holder(self, username: str) -> HolderRow | None:
        """Return the one of the username, None for somebody who does not work there."""
        return next((each for each in self.holders if each.username == username), None)


@dataclass(frozen=True, slots=True)
class PlacedDelegation:
    """One delegated task, with the name of its place."""

    row: DelegationRow
    place: str


def offices_for(actor: Actor, today: date) -> list[Office]:
    """Return where the actor is rektor today; five queries and one more for each place."""
    require(actor, DELEGATE)
    names = {each.scope: each.name for each in role_places_for(actor, DELEGATE)}
    wider = wider_of_all(names)
    return [
        Office(
            each.id,
            each.scope,
            names.get(each.scope, ""),
            tuple(holders_at(set(_working_at(each.scope, wider)), today)),
        )
        for each in offices_of(actor, today)
    ]


def delegations_for(actor: Actor, today: date) -> list[PlacedDelegation]:
    """Return what is and has been delegated where the actor is rektor; at most four queries."""
    require(actor, DELEGATE)
    names = {each.scope: each.name for each in role_places_for(actor, DELEGATE)}
    held = set(actor.scopes(DELEGATE))
    return [
        PlacedDelegation(each, names.get(each.scope, ""))
        for each in delegations_at(names, today)
        if each.scope in held
    ]


def _working_at(office: Scope, wider: dict[Scope, tuple[Scope, ...]]) -> Iterator[Scope]:
    """Give the places whose staff work at an office: itself, what lies in it, its own provider."""
    yield office
    yield from (each for each in wider.get(office, ()) if each.kind is ScopeKind.PROVIDER)
    yield from (each for each, around in wider.items() if office in around)
