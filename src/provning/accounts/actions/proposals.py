"""Roles that show protected persons: proposed by one, decided by another."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.accounts import events, policies, rules
from provning.accounts.actions.roles import give_now, require_known_giver
from provning.accounts.models import RoleAssignment, RoleProposal, User
from provning.accounts.queries import scope_of
from provning.audit.actions import record
from provning.audit.conflicts import changed_meanwhile, refused_as
from provning.kernel.actors import Actor, Scope
from provning.kernel.four_eyes import four_eyes_problems
from provning.kernel.problems import NotAllowedError, NotFoundError, refuse_if

State = RoleProposal.State


@transaction.atomic
def propose_role(
    *,
    actor: Actor,
    user_id: UUID,
    role: str,
    scope: Scope,
    valid_from: date,
    valid_to: date | None = None,
    within: Iterable[Scope] = (),
) -> RoleProposal:
    """Propose a role; proposed once more, the open proposal is the one there is."""
    require_known_giver(actor, role, scope, within)
    user = User.objects.select_for_update().get(pk=user_id)
    refuse_if(
        rules.own_role_problems(actor.id, user.pk)
        + rules.role_problems(role, scope, valid_from, valid_to)
    )
    place = {"role": role, "scope_kind": scope.kind, "scope_id": scope.id}
    days = {"valid_from": valid_from, "valid_to": valid_to}
    waiting = RoleProposal.objects.filter(user=user, state=State.PROPOSED, **place).first()
    if waiting and (waiting.valid_from, waiting.valid_to) == (valid_from, valid_to):
        return waiting
    refuse_if([rules.proposal_waits()] if waiting else [])
    held = RoleAssignment.objects.filter(user=user, **place)
    refuse_if(
        rules.overlap_problems(valid_from, valid_to, held.values_list("valid_from", "valid_to"))
    )
    with refused_as(rules.proposal_waits()):
        proposal = RoleProposal.objects.create(
            user=user,
            proposed_by=account_of(actor),
            proposed_at=datetime.now(UTC),
            **place,
            **days,
        )
    _record(events.ROLE_PROPOSED, actor, proposal)
    return proposal


@transaction.atomic
def approve_role(*, actor: Actor, proposal_id: int, within: Iterable[Scope] = ()) -> RoleProposal:
    """Give the role that somebody else has proposed for somebody else."""
    proposal = _proposal(actor, proposal_id, within)
    if _decided(proposal, State.APPROVED):
        return proposal
    refuse_if(four_eyes_problems(str(proposal.proposed_by_id), actor.id))
    give_now(
        actor=actor,
        user_id=proposal.user_id,
        role=proposal.role,
        scope=scope_of(proposal),
        valid_from=proposal.valid_from,
        valid_to=proposal.valid_to,
        event=events.ROLE_APPROVED,
    )
    _decide(actor, proposal, State.APPROVED)
    return proposal


@transaction.atomic
def refuse_role(*, actor: Actor, proposal_id: int, within: Iterable[Scope] = ()) -> RoleProposal:
    """Turn a proposal down; whoever made it may take it back so too."""
    proposal = _proposal(actor, proposal_id, within)
    if _decided(proposal, State.REFUSED):
        return proposal
    _decide(actor, proposal, State.REFUSED)
    _record(events.ROLE_REFUSED, actor, proposal)
    return proposal


def _proposal(actor: Actor, proposal_id: int, within: Iterable[Scope]) -> RoleProposal:
    """Return the proposal, locked; `NotFoundError` when it is out of reach."""
    proposal = RoleProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if proposal and policies.may_give(actor, proposal.role, scope_of(proposal), within):
        return proposal
    raise NotFoundError


def _decided(proposal: RoleProposal, state: str) -> bool:
    """Say whether the same has been decided already; raises when something else has."""
    if proposal.state == State.PROPOSED:
        return False
    if proposal.state == state:
        return True
    raise changed_meanwhile("user", proposal.user_id)


def _decide(actor: Actor, proposal: RoleProposal, state: str) -> None:
    proposal.state, proposal.decided_at = state, datetime.now(UTC)
    proposal.decided_by = account_of(actor)
    proposal.save(update_fields=["state", "decided_at", "decided_by"])


def account_of(actor: Actor) -> User:
    """Return the actor's account: programs propose, approve and review nothing."""
    try:
        return User.objects.get(pk=UUID(actor.id))
    except (ValueError, User.DoesNotExist) as error:
        raise NotAllowedError("own_account") from error


def _record(name: str, actor: Actor, proposal: RoleProposal) -> None:
    record(
        name,
        actor=actor,
        subjects=[("user", proposal.user_id)],
        after={
            "username": proposal.user.username,
            "role": proposal.role,
            "scope_kind": proposal.scope_kind,
            "scope_id": proposal.scope_id,
            "valid_from": proposal.valid_from,
            "valid_to": proposal.valid_to,
        },
    )
