"""What a role would let somebody do, had they signed in more surely."""

from dataclasses import replace

from django.http import HttpRequest

from provning.accounts.marks import screen_rule_of
from provning.accounts.models import User
from provning.kernel.actors import Actor, Permission
from provning.people.queries import actor_for
from provning.web.clock import today
from provning.web.identity.sessions import assurance_of, password_is_enough
from provning.web.screen_request import actor_of


def hides(request: HttpRequest, permission: Permission) -> bool:
    """Say whether the sign-in alone keeps a right from who asks; two queries after a weak one.

    Such a right is that to see protected persons, see `accounts.assurance.within`.
    """
    actor = actor_of(request)
    if actor is None or _is_enough(request) or actor.may(permission):
        return False
    return _as_given(request, actor).may(permission)


def closes(request: HttpRequest) -> bool:
    """Say whether the sign-in alone keeps who asks from the screen they asked for."""
    actor, found = actor_of(request), request.resolver_match
    rule = screen_rule_of(found.func) if found else None
    if actor is None or rule is None or _is_enough(request) or rule.allows(actor):
        return False
    return rule.allows(_as_given(request, actor))


def _is_enough(request: HttpRequest) -> bool:
    """Say whether the sign-in lets everything be done that the roles do."""
    return password_is_enough() or assurance_of(request).strong


def _as_given(request: HttpRequest, actor: Actor) -> Actor:
    """Return who asks with every right of their roles."""
    if not isinstance(request.user, User):
        return actor
    return replace(actor, grants=actor_for(request.user, today()).grants)
