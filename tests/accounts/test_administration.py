"""Accounts opened, closed and their holders invited by an administrator, within reach."""

import re
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from provning.accounts.actions import (
    begin_session,
    bind_identity,
    end_role,
    end_sessions,
    invite,
    name_role,
    open_account,
    remove_factor,
    reset_password,
    set_active,
    unbind_identity,
)
from provning.accounts.models import SignIn, User
from provning.accounts.queries import bindings_of, managed_account, managed_accounts
from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from tests.builders import PASSWORD, PROGRAM, TODAY, account, recorded

pytestmark = pytest.mark.django_db


def limited(place: Scope) -> Actor:
    grant = Grant("system_administrator", place, frozenset({Permission.MANAGE_ACCOUNTS}))
    return Actor("somebody", "Olle", grants=(grant,))


def test_an_account_is_opened_and_its_holder_mailed_once(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    number = uuid4()
    with recorded() as events, django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            open_account(
                actor=PROGRAM,
                username="lena.ek",
                name="Lena Ek",
                email="lena@sjostad.example",
                invited=True,
                submission=number,
                today=TODAY,
            )
    user = User.objects.get(pk=number)
    (sent,) = mail.outbox
    assert events == ["user_created", "account_invited"]
    assert user.has_usable_password() is False
    assert (sent.to, sent.subject) == (["lena@sjostad.example"], "Välj ett lösenord")
    assert [each in sent.body for each in ("lena.ek", "Lena", "rövning")] == [False] * 3
    [token] = re.findall(r"losenord/[^/]+/(\S+)/", str(sent.body))
    reset_password(user_id=number, token=token, password=PASSWORD)
    with pytest.raises(NotFoundError):
        reset_password(user_id=number, token=token, password=PASSWORD)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_closing_ends_the_sign_ins_and_happens_once() -> None:
    lena = account("lena")
    begin_session(user=lena, session_key="k", method="password", user_agent="")
    with recorded() as events:
        for _twice in range(2):
            set_active(actor=PROGRAM, user_id=lena.pk, active=False, seen=True)
        set_active(actor=PROGRAM, user_id=lena.pk, active=True, seen=False)
    assert events == ["account_closed", "account_opened"]
    assert SignIn.objects.count() == 0


def test_what_somebody_else_changed_is_told() -> None:
    lena = account("lena")
    with pytest.raises(ConflictError):
        set_active(actor=PROGRAM, user_id=lena.pk, active=False, seen=False)


def test_nobody_closes_their_own_account() -> None:
    lena = account("lena")
    grants = limited(Scope(ScopeKind.EVERYTHING)).grants
    own = Actor(str(lena.pk), "Lena", grants=grants)
    with pytest.raises(ProblemsFoundError) as refused:
        set_active(actor=own, user_id=lena.pk, active=False)
    assert [each.code for each in refused.value.problems] == ["account-own"]


def test_an_invitation_needs_an_open_account_with_an_address() -> None:
    lena = account("lena")
    set_active(actor=PROGRAM, user_id=lena.pk, active=False)
    with pytest.raises(ProblemsFoundError) as refused:
        invite(actor=PROGRAM, user_id=lena.pk)
    codes = [each.code for each in refused.value.problems]
    assert codes == ["invitation-address", "invitation-closed"]


def test_who_manages_one_place_reaches_those_whose_every_role_lies_there() -> None:
    here, there = Scope(ScopeKind.UNIT, uuid4()), Scope(ScopeKind.UNIT, uuid4())
    everywhere = Scope(ScopeKind.EVERYTHING)
    account("inne", "principal", here)
    beyond = [account("ute", "principal", there), account("utan")]
    beyond.append(account("allt", "system_administrator", everywhere))
    who = limited(here)
    assert [each.username for each in managed_accounts(who, {here})] == ["inne"]
    for each in beyond:
        with pytest.raises(NotFoundError):
            managed_account(who, each.pk, {here})
    assert len(managed_accounts(limited(everywhere), set())) == 4


def test_nothing_is_done_to_an_account_beyond_the_places_of_who_manages_it() -> None:
    here, there = Scope(ScopeKind.UNIT, uuid4()), Scope(ScopeKind.UNIT, uuid4())
    who = limited(here)
    user = account("ute", "principal", there)
    binding = bind_identity(
        actor=PROGRAM,
        user_id=user.pk,
        provider="skolan",
        kind="eppn",
        value="ute@sjostad.example",
        scopes=frozenset({"sjostad.example"}),
        today=TODAY,
    )
    key = Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    acts: list[Any] = [
        lambda within: bind_identity(
            actor=who,
            user_id=user.pk,
            provider="skolan",
            kind="eppn",
            value="ute2@sjostad.example",
            scopes=frozenset({"sjostad.example"}),
            today=TODAY,
            within=within,
        ),
        lambda within: unbind_identity(actor=who, binding_id=binding.pk, within=within),
        lambda within: remove_factor(actor=who, user_id=user.pk, factor_id=key.pk, within=within),
        lambda within: end_sessions(actor=who, user_id=user.pk, within=within),
        lambda within: invite(actor=who, user_id=user.pk, within=within),
        lambda within: set_active(actor=who, user_id=user.pk, active=False, within=within),
    ]
    with recorded() as events:
        for act in acts:
            for within in ({here}, set[Scope]()):
                with pytest.raises(NotFoundError):
                    act(within)
    assert events == []
    assert User.objects.filter(is_active=True, pk=user.pk).count() == 1
    User.objects.filter(pk=user.pk).update(email="ute@sjostad.example")
    with recorded() as events:
        for act in acts:
            act({here, there})
    assert events == [
        "identity_bound",
        "identity_unbound",
        "factor_removed",
        "sessions_ended",
        "account_invited",
        "account_closed",
    ]


def test_without_the_right_nothing_is_read_or_done() -> None:
    """Also where there is nothing to be found, and where the same form has come before."""
    lena, nobody, none = account("lena"), Actor("x", "X"), 0
    acts: list[Any] = [
        lambda: managed_accounts(nobody, set()),
        lambda: managed_account(nobody, lena.pk, set()),
        lambda: bindings_of(nobody, lena.pk),
        lambda: open_account(
            actor=nobody,
            username="lena",
            name="Lena",
            email="",
            invited=False,
            submission=lena.pk,
            today=TODAY,
        ),
        lambda: set_active(actor=nobody, user_id=lena.pk, active=False),
        lambda: invite(actor=nobody, user_id=lena.pk),
        lambda: end_sessions(actor=nobody, user_id=lena.pk),
        lambda: remove_factor(actor=nobody, user_id=lena.pk, factor_id=none),
        lambda: unbind_identity(actor=nobody, binding_id=none),
        lambda: end_role(actor=nobody, assignment_id=none, last_day=TODAY),
        lambda: name_role(actor=nobody, organiser_id=lena.pk, role="principal", name="Chef"),
    ]
    with recorded() as events:
        for act in acts:
            with pytest.raises(NotAllowedError):
                act()
    lena.refresh_from_db()
    assert (events, lena.is_active) == ([], True)
