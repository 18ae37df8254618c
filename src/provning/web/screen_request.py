"""What a screen knows about its request."""

from django.http import HttpRequest

from provning.accounts.models import User
from provning.kernel.actors import Actor


class ScreenRequest(HttpRequest):
    """The request of a screen that needs sign-in: who asks is settled before the view runs."""

    actor: Actor
    user: User


def actor_of(request: HttpRequest) -> Actor | None:
    """Return who is signed in, None for nobody, also when a request was stopped on its way in."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor


def is_fetch(request: HttpRequest) -> bool:
    """Say whether one of our modules asks for a fragment, not a person for a page."""
    return request.headers.get("X-Requested-With") == "fetch"
