"""A role that shows protected persons takes two people."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from provning.accounts.actions import assign_role
from provning.accounts.models import RoleAssignment, RoleProposal, User
from provning.accounts.queries import grants_of
from provning.audit.queries import history_of
from provning.kernel.actors import Actor, Scope, ScopeKind
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.organisation.actions import decide_role, give_role
from provning.organisation.role_places import approvers_of, placed_proposals_for
from tests.builders import TODAY, Town, account, actor, recorded

pytestmark = pytest.mark.django_db


def giver(user: User) -> Actor:
    grants = actor("system_administrator", ScopeKind.EVERYTHING).grants
    return Actor(str(user.pk), user.name, grants=grants)


def propose(town: Town, who: Actor, day_shift: int = 0) -> RoleProposal:
    found = give_role(
        actor=who,
        username="lena",
        role="principal",
        scope=Scope(ScopeKind.UNIT, town.centrum),
        valid_from=TODAY - timedelta(days=day_shift),
    )
    assert isinstance(found, RoleProposal)
    return found


def codes(refusal: pytest.ExceptionInfo[ProblemsFoundError]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def test_the_role_gives_nothing_until_another_has_approved_it(town: Town) -> None:
    lena, siv, tor = account("lena"), account("siv"), account("tor")
    with recorded() as events:
        first, second = propose(town, giver(siv)), propose(town, giver(siv))
        before = grants_of(lena, TODAY)
        for _twice in range(2):
            decide_role(actor=giver(tor), proposal_id=first.pk, approve=True)
    assert (first.pk, before) == (second.pk, ())
    assert [grant.role for grant in grants_of(lena, TODAY)] == ["principal"]
    assert events == ["role_proposed", "role_approved"]


def test_neither_proposer_nor_receiver_approves(town: Town) -> None:
    lena, siv = account("lena"), account("siv")
    proposal = propose(town, giver(siv))
    said = []
    for user in (siv, lena):
        with pytest.raises(ProblemsFoundError) as refusal:
            decide_role(actor=giver(user), proposal_id=proposal.pk, approve=True)
        said += codes(refusal)
        [shown] = placed_proposals_for(giver(user))
        assert shown.may_approve is False
    assert (said, grants_of(lena, TODAY)) == (["four-eyes", "role-own"], ())
    for user in (siv, lena):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleProposal.objects.update(
                state="approved", decided_by=user, decided_at=datetime.now(UTC)
            )


def test_those_who_may_approve_are_named(town: Town) -> None:
    lena, siv, tor, gone = (account(each) for each in ("lena", "siv", "tor", "gone"))
    propose(town, giver(siv))
    [row] = placed_proposals_for(giver(siv))
    assert approvers_of(row, TODAY) == []
    holds = {"role": "system_administrator", "scope_kind": "everything", "valid_from": TODAY}
    for user in (lena, siv, tor):
        RoleAssignment.objects.create(user=user, **holds)
    RoleAssignment.objects.create(user=gone, **holds, valid_to=TODAY)
    assert approvers_of(row, TODAY + timedelta(days=1)) == [tor.name]


def test_what_was_refused_is_not_approved_after(town: Town) -> None:
    lena, siv, tor = account("lena"), account("siv"), account("tor")
    proposal = propose(town, giver(siv))
    with recorded() as events:
        for _twice in range(2):
            decide_role(actor=giver(siv), proposal_id=proposal.pk, approve=False)
    assert events == ["role_refused"]
    refused, proposed = history_of("user", lena.pk)[:2]
    assert (proposed.name, refused.actor_name, refused.after) == (
        "role_proposed",
        siv.name,
        {
            "username": "lena",
            "role": "principal",
            "scope_kind": "unit",
            "scope_id": str(town.centrum),
            "valid_from": TODAY.isoformat(),
            "valid_to": None,
        },
    )
    with pytest.raises(ConflictError):
        decide_role(actor=giver(tor), proposal_id=proposal.pk, approve=True)
    assert (grants_of(lena, TODAY), placed_proposals_for(giver(tor))) == ((), [])


def test_a_role_is_proposed_once_at_a_time(town: Town) -> None:
    account("lena")
    who = giver(account("siv"))
    propose(town, who)
    with pytest.raises(ProblemsFoundError) as refusal:
        propose(town, who, day_shift=1)
    assert codes(refusal) == ["role-proposed"]


def test_a_proposal_beyond_reach_is_as_one_that_is_not(town: Town) -> None:
    account("lena")
    proposal = propose(town, giver(account("siv")))
    manager = actor("internal_provider_manager", ScopeKind.PROVIDER, town.own)
    assert placed_proposals_for(manager) == []
    for number in (proposal.pk, proposal.pk + 99):
        with pytest.raises(NotFoundError):
            decide_role(actor=manager, proposal_id=number, approve=True)


def test_nobody_goes_past_the_proposal(town: Town) -> None:
    lena = account("lena")
    with pytest.raises(NotAllowedError):
        assign_role(
            actor=giver(account("siv")),
            user_id=lena.pk,
            role="principal",
            scope=Scope(ScopeKind.UNIT, town.centrum),
            valid_from=TODAY,
        )
    assert grants_of(lena, TODAY) == ()
