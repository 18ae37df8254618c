"""Where roles hold: the places an actor gives roles in, and the wider places each lies in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from provning.accounts.policies import may_everywhere, may_give, may_review
from provning.accounts.queries import (
    HoldingRow,
    ProposalRow,
    givers_at,
    holdings_at,
    waiting_roles,
)
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.kernel.problems import NotFoundError
from provning.organisation.models import Organiser, Provider, SchoolUnit
from provning.organisation.queries import organisers_for, providers_for, units_for

GIVE = Permission.GIVE_ROLES
REVIEW = Permission.REVIEW_ROLES
EVERYWHERE = Scope(ScopeKind.EVERYTHING)


@dataclass(frozen=True, slots=True)
class RolePlace:
    """A place that roles hold in; `name` is "" for the whole installation."""

    scope: Scope
    name: str


@dataclass(frozen=True, slots=True)
class PlacedRole:
    """One role that an account holds or has held at a place; `may_end` says whether the actor may.

    `may_end` is about rights alone: a role that has ended already has it too. `within` are the
    wider places that the place lies in.
    """

    holding: HoldingRow
    place: str
    may_end: bool
    within: tuple[Scope, ...] = ()

    def is_past(self, today: date) -> bool:
        """Say whether the last day has gone by."""
        last = self.holding.held.valid_to
        return last is not None and last < today


@dataclass(frozen=True, slots=True)
class PlacedProposal:
    """One role that waits for a second person.

    `may_approve` is false for two: who proposed it and who is to have it.
    """

    proposal: ProposalRow
    place: str
    may_approve: bool


def role_places_for(actor: Actor, permission: Permission = GIVE) -> list[RolePlace]:
    """Return the places the actor gives (or reviews) roles in, the widest first; three queries."""
    found = [RolePlace(EVERYWHERE, "")] if may_everywhere(actor, permission) else []
    found += [
        RolePlace(Scope(ScopeKind.ORGANISER, pk), name)
        for pk, name in organisers_for(actor, permission)
    ]
    found += [
        RolePlace(Scope(ScopeKind.PROVIDER, each.id), each.name)
        for each in providers_for(actor, permission)
        # Who answers for one unit reaches its provider to read of it, not the provider's roles.
        if {
            EVERYWHERE,
            Scope(ScopeKind.ORGANISER, each.organiser_id),
            Scope(ScopeKind.PROVIDER, each.id),
        }.intersection(actor.scopes(permission))
    ]
    found += [
        RolePlace(Scope(ScopeKind.UNIT, each.id), f"{each.provider_name}, {each.name}")
        for each in units_for(actor, permission)
    ]
    return found


def account_places(actor: Actor) -> set[Scope]:
    """Return the places where the actor manages accounts, not those where they give roles alone.

    Who manages accounts everywhere needs none: they reach all.
    """
    if may_everywhere(actor, Permission.MANAGE_ACCOUNTS):
        return set()
    return {each.scope for each in role_places_for(actor, Permission.MANAGE_ACCOUNTS)}


def placed_roles_for(actor: Actor) -> list[PlacedRole]:
    """Return who holds or has held a role where the actor reviews roles; at most six queries."""
    names = {each.scope: each.name for each in role_places_for(actor, REVIEW)}
    for scope, name in tuple(names.items()):
        if scope.kind is ScopeKind.UNIT:
            names[Scope(ScopeKind.OWN_GROUPS, scope.id)] = name
    wider = wider_of_all(names)
    return [
        PlacedRole(
            each,
            names[each.held.scope],
            may_review(actor, each.held.role, each.held.scope, wider.get(each.held.scope, ())),
            wider.get(each.held.scope, ()),
        )
        for each in holdings_at(names)
    ]


def placed_proposals_for(actor: Actor) -> list[PlacedProposal]:
    """Return the roles that wait for a second person where the actor gives them; seven queries."""
    waiting = waiting_roles()
    if not waiting:
        return []
    names = {each.scope: each.name for each in role_places_for(actor)}
    wider = wider_of_all(names)
    found = []
    for each in waiting:
        held = each.wanted.held
        if held.scope in names and may_give(
            actor, held.role, held.scope, wider.get(held.scope, ())
        ):
            two = {str(each.proposed_by), str(each.wanted.user_id)}
            found.append(PlacedProposal(each, names[held.scope], actor.id not in two))
    return found


def approvers_of(row: PlacedProposal, today: date) -> list[str]:
    """Return the names of those who may approve what waits; at most two queries.

    For callers that have the proposal within the actor's reach. Empty when nobody else may yet.
    """
    held = row.proposal.wanted.held
    two = {row.proposal.proposed_by, row.proposal.wanted.user_id}
    reached = {held.scope, *wider_places(held.scope), EVERYWHERE}
    return [name for user_id, name in givers_at(held.role, reached, today) if user_id not in two]


def placed_role_for(actor: Actor, assignment_id: int) -> PlacedRole:
    """Return one role that the actor may end; raises `NotFoundError` when there is none."""
    for each in placed_roles_for(actor):
        if each.holding.held.id == assignment_id and each.may_end:
            return each
    raise NotFoundError


def place_names(scopes: Iterable[Scope]) -> dict[Scope, str]:
    """Return what the places of somebody's own roles are called, "" for everywhere; three queries.

    For callers that have the scopes from the roles of who reads them.
    """
    scopes = tuple(scopes)
    ids = {each.id for each in scopes if each.id}
    units = SchoolUnit.objects.filter(pk__in=ids).values_list("pk", "name")
    providers = Provider.objects.filter(pk__in=ids).values_list("pk", "name")
    organisers = Organiser.objects.filter(pk__in=ids).values_list("pk", "name")
    names = {**dict(organisers), **dict(providers), **dict(units)}
    return {each: names.get(each.id, "") if each.id else "" for each in scopes}


def wider_places(scope: Scope) -> tuple[Scope, ...]:
    """Return the wider places that a scope lies in; at most one query."""
    return wider_of_all([scope]).get(scope, ())


def wider_of_all(scopes: Iterable[Scope]) -> dict[Scope, tuple[Scope, ...]]:
    """Return the wider places of every scope; two queries."""
    scopes = tuple(scopes)
    ids = [(each.kind, each.id) for each in scopes if each.id]
    providers = {key for kind, key in ids if kind is ScopeKind.PROVIDER}
    units = {key for _kind, key in ids} - providers
    own = Provider.objects.filter(pk__in=providers).values_list("pk", "organiser_id")
    organiser_of = {pk: Scope(ScopeKind.ORGANISER, organiser) for pk, organiser in own}
    asked = SchoolUnit.objects.filter(pk__in=units).values_list(
        "pk", "provider_id", "provider__organiser_id"
    )
    above = {
        pk: (
            Scope(ScopeKind.UNIT, pk),
            Scope(ScopeKind.PROVIDER, provider),
            Scope(ScopeKind.ORGANISER, organiser),
        )
        for pk, provider, organiser in asked
    }
    found: dict[Scope, tuple[Scope, ...]] = {}
    for each in scopes:
        if each.kind is ScopeKind.PROVIDER and each.id in organiser_of:
            found[each] = (organiser_of[each.id],)
        elif each.id in above:
            found[each] = above[each.id]
    return found
