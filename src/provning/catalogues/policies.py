"""Who may read a catalogue and who may have one made."""

from provning.exams.policies import may_in_unit, require_in_unit
from provning.kernel.actors import Actor, Permission
from provning.organisation.queries import UnitRow


def require_make(actor: Actor, unit: UnitRow) -> None:
    """Raise `NotAllowedError` unless the actor may have the unit's catalogue made."""
    require_in_unit(actor, Permission.MAKE_CATALOGUES, unit)


def may_see_protected(actor: Actor, unit: UnitRow) -> bool:
    """Say whether the actor may read the part that speaks of protected persons in the unit."""
    return may_in_unit(actor, Permission.VIEW_PROTECTED, unit)
