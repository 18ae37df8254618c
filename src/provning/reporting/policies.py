"""Who reads of exports and who makes them."""

from uuid import UUID

from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotAllowedError, NotFoundError
from provning.organisation.models import Organiser
from provning.organisation.queries import organiser_scope

VIEW = Permission.VIEW_REPORTS
MAKE = Permission.MAKE_REPORTS


def require_organiser(actor: Actor, organiser_id: UUID) -> Organiser:
    """Return the organiser whose exports the actor makes.

    Raises `NotFoundError` when it is out of scope, `NotAllowedError` without the right anywhere.
    """
    if not actor.may(MAKE):
        raise NotAllowedError(MAKE.value)
    found = Organiser.objects.filter(organiser_scope(actor, MAKE, ""), pk=organiser_id).first()
    if found is None:
        raise NotFoundError("organiser")
    return found
