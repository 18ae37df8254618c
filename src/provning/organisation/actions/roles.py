"""Giving and ending roles at places, by those who answer for the places."""

from datetime import date

from django.db import transaction

from provning.accounts.actions import Seen, assign_role, end_role
from provning.accounts.models import RoleAssignment
from provning.accounts.policies import require
from provning.accounts.queries import user_by_username
from provning.accounts.rules import user_unknown
from provning.kernel.actors import Actor, Scope
from provning.kernel.problems import ProblemsFoundError
from provning.organisation.role_places import GIVE, placed_role_for, wider_places


@transaction.atomic
def give_role(
    *,
    actor: Actor,
    username: str,
    role: str,
    scope: Scope,
    valid_from: date,
    valid_to: date | None = None,
) -> RoleAssignment:
    """Give an account a role at a place that the actor, or a place around it, answers for."""
    require(actor, GIVE)
    username = username.strip().lower()
    user = user_by_username(username)
    if user is None:
        raise ProblemsFoundError([user_unknown(username)])
    return assign_role(
        actor=actor,
        user_id=user.pk,
        role=role,
        scope=scope,
        valid_from=valid_from,
        valid_to=valid_to,
        within=wider_places(scope),
    )


@transaction.atomic
def take_role(
    *,
    actor: Actor,
    assignment_id: int,
    last_day: date,
    seen: Seen = None,
    leaves_none: bool = False,
) -> RoleAssignment:
    """End a role at a place within reach; `NotFoundError` when the actor gives none there."""
    require(actor, GIVE)
    found = placed_role_for(actor, assignment_id)
    return end_role(
        actor=actor,
        assignment_id=assignment_id,
        last_day=last_day,
        seen=seen,
        within=wider_places(found.holding.held.scope),
        leaves_none=leaves_none,
    )
