"""Who issues extracts, and who reads them.

Rektor issues (Förordning 2011:1108 4 kap. 22 §). The organiser's policy says whether that is the
rektor of the provider, or the home municipality's for everybody.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from provning.exams.policies import Place, delegated_at, may_at
from provning.exams.queries.scope import either
from provning.extracts.rows import IssuerKind
from provning.kernel.actors import Actor, Permission, ScopeKind
from provning.kernel.problems import NotAllowedError
from provning.organisation.policies_data import PolicyKey
from provning.organisation.queries import (
    UnitRow,
    organiser_scope,
    policy_value,
    unit_scope,
    units_for,
)
from provning.people.queries import PersonRow

ISSUE = Permission.ISSUE_EXTRACTS
# How far a right to issue reaches tells for whom it is held.
SCOPES = {
    IssuerKind.PROVIDER: frozenset({ScopeKind.UNIT, ScopeKind.PROVIDER, ScopeKind.EVERYTHING}),
    IssuerKind.ORGANISER: frozenset({ScopeKind.ORGANISER, ScopeKind.EVERYTHING}),
}


def issuer_kind(organiser_id: UUID, on: date) -> IssuerKind:
    """Return who issues in the organiser's name on the day; one query."""
    return IssuerKind(str(policy_value(organiser_id, PolicyKey.EXTRACT_ISSUER, on)))


def issuing_units(actor: Actor) -> dict[UUID, UnitRow]:
    """Return the units out of whose catalogues the actor has to do with extracts; one query."""
    return {unit.id: unit for unit in units_for(actor, ISSUE)}


def may_issue(actor: Actor, unit: UnitRow, kind: IssuerKind) -> bool:
    """Say whether the actor issues for the one whom the policy names."""
    grants = tuple(grant for grant in actor.grants if grant.scope.kind in SCOPES[kind])
    place = Place(unit.id, unit.provider_id, unit.organiser_id)
    return may_at(replace(actor, grants=grants), ISSUE, place)


def delegated_by(actor: Actor, unit: UnitRow) -> str:
    """Return which rektor has delegated the right to issue for the unit, "" for an own right."""
    return delegated_at(actor, ISSUE, Place(unit.id, unit.provider_id, unit.organiser_id))


def require_unmasked(person: PersonRow) -> None:
    """Raise `NotAllowedError` when the actor may not see whose extract it would be."""
    if person.masked:
        raise NotAllowedError(Permission.VIEW_PROTECTED.value)


def extract_scope(actor: Actor, permission: Permission) -> Q:
    """Return the filter over Extract and ExtractOrder that keeps what lies in the actor's scope.

    What the home municipality has issued lies beyond every provider's.
    """
    return either(unit_scope(actor, permission), organiser_scope(actor, permission))
