"""Who may examine which part of the access log."""

from django.db.models import Q

from provning.accounts.policies import may_everywhere, require
from provning.kernel.actors import Actor, Permission
from provning.people.queries import persons_reached

SEE = Permission.VIEW_AUDIT


def examined(actor: Actor) -> Q:
    """Return the filter over `AccessEntry` that keeps what the actor may examine.

    Who does not see everything sees what concerns persons in scope: no lists, and no searches that
    found nobody. Raises `NotAllowedError` for who may examine nothing.
    """
    require(actor, SEE)
    if may_everywhere(actor, SEE):
        return Q()
    return Q(person_id__in=persons_reached(actor, SEE))
