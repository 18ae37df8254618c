"""Who is on which side of a request: the provider that sends it, the centre that handles it."""

from django.db.models import Q

from provning.exams.policies import Place, may_at
from provning.exams.queries import either, group_scope
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotAllowedError


def request_scope(actor: Actor) -> Q:
    """Return the condition for the requests that the actor may see, from either side."""
    sends = group_scope(actor, Permission.SEND_REQUESTS, "group__")
    return either(sends, group_scope(actor, Permission.HANDLE_REQUESTS, "group__"))


def require_at(actor: Actor, permission: Permission, place: Place) -> None:
    """Raise `NotAllowedError` unless the actor is on the permission's side of the request."""
    if not may_at(actor, permission, place):
        raise NotAllowedError(permission.value)
