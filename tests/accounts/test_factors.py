"""Second factors: taken into use with a code, used once each, taken away; told of in the trail."""

from typing import Any
from unittest.mock import ANY

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret

from provning.accounts.actions import (
    add_key,
    add_totp,
    begin_session,
    confirm_code,
    confirm_key,
    new_recovery_codes,
    remove_factor,
)
from provning.accounts.models import SignIn, User
from provning.accounts.queries import FactorRow, factors_of
from provning.audit.queries import history_of
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from provning.people.queries import actor_for
from tests.builders import PROGRAM, TODAY, account, recorded
from tests.support.second_step import code_of, with_app

pytestmark = pytest.mark.django_db


def test_an_app_is_taken_into_use_with_its_code_and_ten_codes_to_fall_back_on() -> None:
    user = account("lena")
    with recorded() as events:
        secret, codes = with_app(user)
    assert (events, len(set(codes))) == (["factor_added"], 10)
    assert factors_of(user.pk) == [FactorRow(ANY, "totp", "", ANY, None)]
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    with pytest.raises(ProblemsFoundError) as refused:
        with_app(user)
    assert [each.code for each in refused.value.problems] == ["totp-taken"]


def test_a_code_holds_once() -> None:
    user = account("lena")
    secret, [first, *_rest] = with_app(user)
    code = code_of(secret)
    assert confirm_code(user_id=user.pk, code=code) == []
    assert [each.used_at is None for each in factors_of(user.pk)] == [False]
    with recorded() as events:
        again = confirm_code(user_id=user.pk, code=code)
    assert ([each.code for each in again], events) == (["code-wrong"], ["factor_refused"])
    assert confirm_code(user_id=user.pk, code=f" {first[:4]} {first[4:]}") == []
    assert [each.code for each in confirm_code(user_id=user.pk, code=first)] == ["code-wrong"]


def test_a_code_opens_no_closed_account_and_no_other() -> None:
    user, other = account("lena"), account("nils")
    secret, [first, *_rest] = with_app(user)
    assert [each.code for each in confirm_code(user_id=other.pk, code=first)] == ["code-wrong"]
    User.objects.update(is_active=False)
    assert [each.code for each in confirm_code(user_id=user.pk, code=code_of(secret))] == [
        "code-wrong"
    ]


def test_new_codes_replace_the_old_ones() -> None:
    user = account("lena")
    _secret, [old, *_rest] = with_app(user)
    with recorded() as events:
        [new, *more] = new_recovery_codes(actor=actor_for(user, TODAY), user_id=user.pk)
    assert events == ["factor_added"]
    event = history_of("user", user.pk)[0]
    assert (event.actor_name, event.after) == (
        "Lena",
        {"username": "lena", "kind": "recovery_codes"},
    )
    assert [code for code in (new, *more) if code in repr(event)] == []
    assert [each.code for each in confirm_code(user_id=user.pk, code=old)] == ["code-wrong"]
    assert confirm_code(user_id=user.pk, code=new) == []


def test_nobody_adds_a_step_to_anothers_account_or_renews_its_codes() -> None:
    user, other = account("lena"), actor_for(account("nils"), TODAY)
    secret, _codes = with_app(user)
    before = list(Authenticator.objects.order_by("pk").values())
    acts: list[Any] = [
        lambda: add_totp(actor=other, user_id=user.pk, secret=secret, code=code_of(secret)),
        lambda: add_key(actor=other, user_id=user.pk, name="Nyckel", credential={}),
        lambda: new_recovery_codes(actor=other, user_id=user.pk),
    ]
    for act in acts:
        with pytest.raises(NotAllowedError):
            act()
    assert list(Authenticator.objects.order_by("pk").values()) == before


def test_without_a_factor_there_are_no_codes() -> None:
    user = account("lena")
    with pytest.raises(NotFoundError):
        new_recovery_codes(actor=actor_for(user, TODAY), user_id=user.pk)


def test_a_wrong_first_code_adds_nothing() -> None:
    user = account("lena")
    with pytest.raises(ProblemsFoundError):
        add_totp(
            actor=actor_for(user, TODAY),
            user_id=user.pk,
            secret=generate_totp_secret(),
            code="000",
        )
    assert factors_of(user.pk) == []


def test_the_last_factor_takes_the_codes_with_it_and_an_administrator_may_take_it() -> None:
    user, other = account("lena"), account("nils")
    with_app(user)
    [factor] = factors_of(user.pk)
    with pytest.raises(NotAllowedError):
        remove_factor(actor=actor_for(other, TODAY), user_id=user.pk, factor_id=factor.id)
    with pytest.raises(NotFoundError):
        remove_factor(actor=actor_for(other, TODAY), user_id=other.pk, factor_id=factor.id)
    begin_session(user=user, session_key="k", method="password", user_agent="")
    with recorded() as events:
        remove_factor(actor=PROGRAM, user_id=user.pk, factor_id=factor.id)
    assert (events, Authenticator.objects.count()) == (["factor_removed"], 0)
    assert SignIn.objects.filter(user=user).count() == 0


@pytest.mark.parametrize("answer", [{}, {"id": "x"}, {"response": {"clientDataJSON": "?"}}])
def test_an_answer_no_key_gave_is_refused(answer: dict[str, object]) -> None:
    from allauth.core.context import request_context
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = SessionStore()
    with request_context(request):
        found = confirm_key(user_id=account("lena").pk, response=answer)
    assert [each.code for each in found] == ["key-refused"]
