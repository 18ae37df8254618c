"""Who may read a catalogue, have one made, and register that it is signed."""

from uuid import UUID

from provning.exams.policies import Place, may_at, may_in_unit, require_in_unit
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotAllowedError
from provning.organisation.queries import UnitRow


def require_make(actor: Actor, unit: UnitRow) -> None:
    """Raise `NotAllowedError` unless the actor may have the unit's catalogue made."""
    require_in_unit(actor, Permission.MAKE_CATALOGUES, unit)


def may_see_protected(actor: Actor, unit: UnitRow) -> bool:
    """Say whether the actor may read the part that speaks of protected persons in the unit."""
    return may_in_unit(actor, Permission.VIEW_PROTECTED, unit)


def signs_as(actor: Actor, unit: UnitRow) -> UUID | None:
    """Return as which person the actor signs catalogues of the unit, None when they do not."""
    if actor.person_id is None:
        return None
    own = frozenset({actor.person_id})
    place = Place(unit.id, unit.provider_id, unit.organiser_id, own)
    return actor.person_id if may_at(actor, Permission.SIGN_CATALOGUES, place) else None


def may_register(actor: Actor, unit: UnitRow, signer_id: UUID, *, electronic: bool = False) -> bool:
    """Say whether the actor may register the person's signature.

    Whoever may have catalogues made registers what stands on paper, a signer their own. An
    electronic signature is given by the signer alone.
    """
    if signer_id == signs_as(actor, unit):
        return True
    return not electronic and may_in_unit(actor, Permission.MAKE_CATALOGUES, unit)


def require_register(
    actor: Actor, unit: UnitRow, signer_id: UUID, *, electronic: bool = False
) -> None:
    """Raise `NotAllowedError` unless the actor may register the person's signature."""
    if not may_register(actor, unit, signer_id, electronic=electronic):
        raise NotAllowedError(Permission.SIGN_CATALOGUES.value)


def require_sign(actor: Actor, unit: UnitRow) -> UUID:
    """Return as which person the actor signs; raise `NotAllowedError` when they sign nothing."""
    person_id = signs_as(actor, unit)
    if person_id is None:
        raise NotAllowedError(Permission.SIGN_CATALOGUES.value)
    return person_id
