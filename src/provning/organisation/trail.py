"""Who may search the trail for what: all of it, or what speaks of the own places."""

from provning.accounts.policies import may_everywhere, require
from provning.audit.search import Found, Place, Wanted
from provning.kernel.actors import Actor, Permission
from provning.organisation.queries import organisers_for, providers_for, units_for

SEE = Permission.VIEW_AUDIT


def search_trail(actor: Actor, wanted: Wanted) -> Found:
    """Return the events in the actor's scope, which are read when they are asked for.

    Who sees the trail of some places reaches the events that name a unit, provider or huvudman
    there: at most three queries here.
    """
    require(actor, SEE)
    return Found(wanted, None if may_everywhere(actor, SEE) else _places(actor))


def _places(actor: Actor) -> list[Place]:
    places = [("unit", str(row.id)) for row in units_for(actor, SEE)]
    places += [("provider", str(row.id)) for row in providers_for(actor, SEE)]
    return places + [("organiser", str(key)) for key, _name in organisers_for(actor, SEE)]
