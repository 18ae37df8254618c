"""Who reads of exports and who makes them."""

from uuid import UUID

from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotAllowedError, NotFoundError
from provning.organisation.models import Organiser
from provning.organisation.queries import organiser_scope

VIEW = Permission.VIEW_REPORTS
MAKE = Permission.MAKE_REPORTS


def require_organiser(actor: Actor, organiser_id: UUID) -> Organiser:
    """Return the organiser whose exports the actor makes, locked: one extract at a time.

    Raises `NotFoundError` when it is out of scope, `NotAllowedError` without the right anywhere.
    """
    if not actor.may(MAKE):
        raise NotAllowedError(MAKE.value)
    organisers = Organiser.objects.select_for_update(of=("self",), no_key=True)
    found = organisers.filter(organiser_scope(actor, MAKE, ""), pk=organiser_id).first()
    if found is None:
        raise NotFoundError("organiser")
    return found


def may_make(actor: Actor, organiser_id: UUID) -> bool:
    """Say whether the actor makes the organiser's exports; one query."""
    found = Organiser.objects.filter(organiser_scope(actor, MAKE, ""), pk=organiser_id)
    return actor.may(MAKE) and found.exists()


def sees_protected(actor: Actor, organiser_id: UUID) -> bool:
    """Say whether the actor may read what speaks of any protected person of the organiser's."""
    right = Permission.VIEW_PROTECTED
    found = Organiser.objects.filter(organiser_scope(actor, right, ""), pk=organiser_id)
    return actor.may(right) and found.exists()
