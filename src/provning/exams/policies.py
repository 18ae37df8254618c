"""Whether an actor may do something to a group or in a unit."""

from dataclasses import dataclass
from uuid import UUID

from provning.exams.rows import GroupRow
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.kernel.problems import NotAllowedError
from provning.organisation.queries import UnitRow


@dataclass(frozen=True, slots=True)
class Place:
    """Where something lies: its unit with everything above, and the teachers whose group it is."""

    unit_id: UUID
    provider_id: UUID
    organiser_id: UUID
    teacher_ids: frozenset[UUID] = frozenset()


def may_in_unit(actor: Actor, permission: Permission, unit: UnitRow) -> bool:
    """Say whether the actor holds the permission for the whole unit."""
    return may_at(actor, permission, Place(unit.id, unit.provider_id, unit.organiser_id))


def may_on_group(actor: Actor, permission: Permission, group: GroupRow) -> bool:
    """Say whether the actor holds the permission for the group."""
    return may_at(actor, permission, _place_of(group))


def require_in_unit(actor: Actor, permission: Permission, unit: UnitRow) -> None:
    """Raise `NotAllowedError` unless the actor holds the permission for the whole unit."""
    if not may_in_unit(actor, permission, unit):
        raise NotAllowedError(permission.value)


def require_on_group(actor: Actor, permission: Permission, group: GroupRow) -> None:
    """Raise `NotAllowedError` unless the actor holds the permission for the group."""
    if not may_on_group(actor, permission, group):
        raise NotAllowedError(permission.value)


def may_at(actor: Actor, permission: Permission, place: Place) -> bool:
    """Say whether any grant of the permission reaches the place."""
    return any(_reaches(scope, place, actor.person_id) for scope in actor.scopes(permission))


def delegated_at(actor: Actor, permission: Permission, place: Place) -> str:
    """Return who delegated the right by which the actor does rektor's work at the place.

    "" when the right is their own, or there is none. What a teacher may in own groups is no such
    right.
    """
    reaching = [
        grant
        for grant in actor.grants
        if permission in grant.permissions
        and grant.scope.kind is not ScopeKind.OWN_GROUPS
        and _reaches(grant.scope, place, actor.person_id)
    ]
    own = any(not grant.delegated_by for grant in reaching)
    return "" if own or not reaching else reaching[0].delegated_by


def delegated_on_group(actor: Actor, permission: Permission, group: GroupRow) -> str:
    """Return who delegated the right by which the actor does rektor's work on the group, or ""."""
    return delegated_at(actor, permission, _place_of(group))


def _place_of(group: GroupRow) -> Place:
    return Place(group.unit_id, group.provider_id, group.organiser_id, group.teacher_ids)


def _reaches(scope: Scope, place: Place, person_id: UUID | None) -> bool:
    """Say whether the scope holds the place; own groups are those the person grades."""
    if scope.kind is ScopeKind.OWN_GROUPS:
        return person_id in place.teacher_ids and scope.id == place.unit_id
    ids = {
        ScopeKind.ORGANISER: place.organiser_id,
        ScopeKind.PROVIDER: place.provider_id,
        ScopeKind.UNIT: place.unit_id,
    }
    return scope.kind is ScopeKind.EVERYTHING or ids[scope.kind] == scope.id
