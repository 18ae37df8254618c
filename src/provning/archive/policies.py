"""Who may send deliveries, receive them, make packages and dispose."""

from uuid import UUID

from provning.exams.policies import may_in_unit, require_in_unit
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError
from provning.organisation.queries import UnitRow

SIDES = (Permission.SEND_DELIVERIES, Permission.RECEIVE_DELIVERIES)


def may_send(actor: Actor, unit: UnitRow) -> bool:
    """Say whether the actor may prepare and send the unit's deliveries."""
    return may_in_unit(actor, Permission.SEND_DELIVERIES, unit)


def may_receive(actor: Actor, unit: UnitRow) -> bool:
    """Say whether the actor may receive and return the unit's deliveries."""
    return may_in_unit(actor, Permission.RECEIVE_DELIVERIES, unit)


def may_see_protected(actor: Actor, unit: UnitRow) -> bool:
    """Say whether the actor may read what speaks of protected persons in the unit."""
    return may_in_unit(actor, Permission.VIEW_PROTECTED, unit)


def require_side(actor: Actor, permission: Permission, unit: UnitRow) -> None:
    """Raise `NotAllowedError` unless the actor is on the permission's side of the unit."""
    require_in_unit(actor, permission, unit)


def require_pack(actor: Actor, unit: UnitRow) -> None:
    """Raise `NotAllowedError` unless the actor may make the unit's packages: the receiver's."""
    require_in_unit(actor, Permission.RECEIVE_DELIVERIES, unit)


def require_dispose(actor: Actor, organiser_id: UUID | None) -> None:
    """Raise unless the actor may dispose for the organiser, None for the whole installation.

    `NotAllowedError` without the right, `NotFoundError` when the organiser is out of scope.
    """
    scopes = actor.scopes(Permission.DISPOSE)
    if not scopes:
        raise NotAllowedError(Permission.DISPOSE.value)
    wanted = {Scope(ScopeKind.EVERYTHING)}
    if organiser_id is not None:
        wanted.add(Scope(ScopeKind.ORGANISER, organiser_id))
    if not wanted.intersection(scopes):
        raise NotFoundError("organiser")
