"""Giving and ending roles at places, by those who answer for the places."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from provning.accounts.actions import (
    Seen,
    SeenRole,
    approve_role,
    assign_role,
    end_role,
    keep_roles,
    propose_role,
    refuse_role,
)
from provning.accounts.models import RoleAssignment, RoleProposal
from provning.accounts.policies import needs_two, require
from provning.accounts.queries import proposed_scope, user_by_username
from provning.accounts.rules import user_unknown
from provning.kernel.actors import Actor, Scope
from provning.kernel.problems import NotFoundError, ProblemsFoundError
from provning.organisation.role_places import (
    GIVE,
    REVIEW,
    placed_role_for,
    placed_roles_for,
    wider_places,
)


@transaction.atomic
def give_role(
    *,
    actor: Actor,
    username: str,
    role: str,
    scope: Scope,
    valid_from: date,
    valid_to: date | None = None,
) -> RoleAssignment | RoleProposal:
    """Give an account a role at a place that the actor, or a place around it, answers for.

    A role that shows protected persons becomes a proposal, which somebody else decides.
    """
    require(actor, GIVE)
    username = username.strip().lower()
    user = user_by_username(username)
    if user is None:
        raise ProblemsFoundError([user_unknown(username)])
    give = propose_role if needs_two(actor, role) else assign_role
    return give(
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
    """End a role at a place within reach; `NotFoundError` when the actor ends none there."""
    require(actor, REVIEW)
    found = placed_role_for(actor, assignment_id)
    return end_role(
        actor=actor,
        assignment_id=assignment_id,
        last_day=last_day,
        seen=seen,
        within=found.within,
        leaves_none=leaves_none,
    )


@transaction.atomic
def review_roles(*, actor: Actor, seen: Mapping[int, date | None], today: date) -> int:
    """Keep assigned roles after a review; returns how many were new.

    `seen` are their last days as they stood on the screen, by assigned role. `NotFoundError` for
    one beyond reach, and nothing of it all is stored.
    """
    require(actor, REVIEW)
    within = {each.holding.held.id: each for each in placed_roles_for(actor) if each.may_end}
    if not set(seen) <= set(within):
        raise NotFoundError
    chosen = [
        SeenRole(key, last_day, within[key].place, within[key].within)
        for key, last_day in seen.items()
    ]
    return keep_roles(actor=actor, seen=chosen, today=today)


@transaction.atomic
def decide_role(*, actor: Actor, proposal_id: int, approve: bool) -> RoleProposal:
    """Approve or refuse a proposed role within reach; `NotFoundError` when there is none."""
    require(actor, GIVE)
    decide = approve_role if approve else refuse_role
    scope = proposed_scope(proposal_id)
    if scope is None:
        raise NotFoundError
    return decide(actor=actor, proposal_id=proposal_id, within=wider_places(scope))
