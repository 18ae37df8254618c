"""Which accounts an administrator reaches from the screens."""

from uuid import UUID

from provning.accounts.policies import may_everywhere
from provning.accounts.queries import ManagedAccount, managed_account
from provning.kernel.actors import Actor, Permission, Scope
from provning.organisation.role_places import role_places_for

MANAGE = Permission.MANAGE_ACCOUNTS


def places_of(actor: Actor) -> set[Scope]:
    """Return the places within the actor's right; who manages accounts also gives roles there.

    Who manages accounts everywhere needs none: they reach all.
    """
    if may_everywhere(actor, MANAGE):
        return set()
    return {each.scope for each in role_places_for(actor)}


def reached(actor: Actor, user_id: UUID) -> ManagedAccount:
    """Return an account within reach; raises `NotFoundError` for any other."""
    return managed_account(actor, user_id, places_of(actor))
