"""The account that an administrator does something to: within their reach, and locked."""

from collections.abc import Collection
from uuid import UUID

from provning.accounts import policies
from provning.accounts.models import User
from provning.accounts.queries.managed import accounts_within
from provning.kernel.actors import Actor, Permission, Scope
from provning.kernel.problems import NotFoundError


def reached(actor: Actor, user_id: UUID, within: Collection[Scope]) -> User:
    """Return the account, locked; `NotFoundError` for one out of reach as for none.

    `within` are the places in the actor's right, which a caller that knows the organisation has
    found. Who manages accounts everywhere needs none; without any, a limited administrator reaches
    nobody. Raises `NotAllowedError` without the right.
    """
    policies.require(actor, Permission.MANAGE_ACCOUNTS)
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None or not accounts_within(actor, within).filter(pk=user_id).exists():
        raise NotFoundError
    return user
