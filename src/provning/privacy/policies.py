"""Who works off the lists: who may see the protected identity of the person."""

from uuid import UUID

from provning.accounts.policies import require
from provning.kernel.actors import Actor, Permission
from provning.people.queries import PersonRow, person_for

SEE = Permission.VIEW_PROTECTED
REGISTER = Permission.REGISTER_PERSONS


def followed_person(actor: Actor, person_id: UUID) -> PersonRow:
    """Return the person; raises `NotFoundError` out of scope, `NotAllowedError` without right."""
    require(actor, SEE)
    return person_for(actor, person_id, SEE)
