"""Which accounts an administrator reaches from the screens, and what changing one asks of them."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse

from provning.accounts.assurance import Act
from provning.accounts.queries import ManagedAccount, managed_account
from provning.kernel.actors import Actor, Permission, Scope
from provning.organisation.role_places import account_places
from provning.web.identity.confirming import ask_first
from provning.web.screen_request import ScreenRequest

MANAGE = Permission.MANAGE_ACCOUNTS
View = Callable[[ScreenRequest, UUID], HttpResponse]


def places_of(actor: Actor) -> set[Scope]:
    """Return the places where the actor manages accounts, see `account_places`."""
    return account_places(actor)


def reached(actor: Actor, user_id: UUID) -> ManagedAccount:
    """Return an account within reach; raises `NotFoundError` for any other."""
    return managed_account(actor, user_id, places_of(actor))


def administers_sign_in(view: View) -> View:
    """Let a view change how somebody signs in, once the account is reached and the act is asked.

    Stands under `screen`. An account out of reach is as none, whatever the sign-in.
    """

    @wraps(view)
    def asked(request: ScreenRequest, user_id: UUID) -> HttpResponse:
        reached(request.actor, user_id)
        return ask_first(request, Act.ADMINISTER_SIGN_IN) or view(request, user_id)

    return asked
