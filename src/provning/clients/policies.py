"""Who may make clients, and see that they exist."""

from collections.abc import Iterable

from provning.accounts.policies import may_everywhere, require, require_role_right
from provning.kernel.actors import Actor, Permission, Scope


def require_manager(actor: Actor, reach: Iterable[Scope]) -> None:
    """Raise `NotAllowedError` unless the actor may manage a client that reaches so far.

    Nobody lets a machine see more than they may let a person see.
    """
    require(actor, Permission.MANAGE_ACCOUNTS)
    for scope in reach:
        require_role_right(actor, scope)


def manages(actor: Actor, reach: Iterable[Scope]) -> bool:
    """Say whether a client that reaches so far is one of the actor's to manage."""
    allowed = actor.scopes(Permission.MANAGE_ACCOUNTS)
    return may_everywhere(actor, Permission.MANAGE_ACCOUNTS) or set(reach) <= set(allowed)
