"""Who may: the question every action asks, and who may manage accounts and roles."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from provning.accounts.roles import GIVES, REVIEWS, ROLES
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.kernel.problems import NotAllowedError


def require(actor: Actor, permission: Permission) -> None:
    """Raise `NotAllowedError` unless the actor holds the permission in some scope."""
    if not actor.may(permission):
        raise NotAllowedError(permission.value)


def may_everywhere(actor: Actor, permission: Permission) -> bool:
    """Say whether the actor holds the permission without any limit."""
    return Scope(ScopeKind.EVERYTHING) in actor.scopes(permission)


def may_manage_accounts(actor: Actor) -> bool:
    """Say whether the actor may create accounts; an account by itself lies in no scope."""
    return actor.may(Permission.MANAGE_ACCOUNTS)


def require_role_right(actor: Actor, scope: Scope) -> None:
    """Raise `NotAllowedError` unless the actor may give and end roles in the scope.

    This room does not know which provider belongs to which organiser, so a limited administrator
    reaches exactly the scope of their own right, and nobody can give more than they have.
    """
    allowed = actor.scopes(Permission.MANAGE_ACCOUNTS)
    if scope not in allowed and not may_everywhere(actor, Permission.MANAGE_ACCOUNTS):
        raise NotAllowedError(Permission.MANAGE_ACCOUNTS.value)


def may_give(actor: Actor, role: str, scope: Scope, within: Iterable[Scope] = ()) -> bool:
    """Say whether the actor may give and end the role in the scope.

    `within` are the wider places that the scope lies in, for a caller that knows the organisation.
    """
    givers = _granted(actor, Permission.GIVE_ROLES, scope, within)
    return any(role in GIVES.get(giver, ()) for giver in givers)


def may_review(actor: Actor, role: str, scope: Scope, within: Iterable[Scope] = ()) -> bool:
    """Say whether the actor goes through the role in the scope, and keeps or ends it."""
    reviewers = _granted(actor, Permission.REVIEW_ROLES, scope, within)
    return any(role in REVIEWS.get(reviewer, ()) for reviewer in reviewers)


def _granted(
    actor: Actor, permission: Permission, scope: Scope, within: Iterable[Scope]
) -> Iterator[str]:
    """Give the roles by which the actor holds the permission over the scope."""
    reached = {scope, *within, Scope(ScopeKind.EVERYTHING)}
    for grant in actor.grants:
        if permission in grant.permissions and grant.scope in reached:
            yield grant.role


def needs_two(actor: Actor, role: str) -> bool:
    """Say whether the role shows protected persons and so takes two; a program gives it alone."""
    known = ROLES.get(role)
    program = any(grant.role == "system" for grant in actor.grants)
    return known is not None and Permission.VIEW_PROTECTED in known.permissions and not program


def require_giver(actor: Actor, role: str, scope: Scope, within: Iterable[Scope]) -> None:
    """Raise `NotAllowedError` unless the actor may give and end the role in the scope."""
    if not may_give(actor, role, scope, within):
        raise NotAllowedError(Permission.GIVE_ROLES.value)


def require_reviewer(actor: Actor, role: str, scope: Scope, within: Iterable[Scope]) -> None:
    """Raise `NotAllowedError` unless the actor may keep and end the role in the scope."""
    if not may_review(actor, role, scope, within):
        raise NotAllowedError(Permission.REVIEW_ROLES.value)


def require_self(actor: Actor, user_id: UUID) -> None:
    """Raise `NotAllowedError` unless the account is the actor's own."""
    if actor.id != str(user_id):
        raise NotAllowedError("own_account")
