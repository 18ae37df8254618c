"""Sign-ins: listed for their owner, ended by the owner or an administrator, and by what changes."""

from uuid import uuid4

import pytest

from provning.accounts.actions import (
    assign_role,
    begin_session,
    end_other_sessions,
    end_role,
    end_session,
    end_sessions,
)
from provning.accounts.models import SignIn, User
from provning.accounts.queries import owner_of_session, sessions_of
from provning.audit.queries import history_of
from provning.kernel.actors import Scope, ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError
from provning.people.queries import actor_for
from tests.builders import FIRST, PROGRAM, TODAY, account, recorded

pytestmark = pytest.mark.django_db


def signed_in(user: User, *keys: str) -> list[SignIn]:
    return [
        begin_session(user=user, session_key=key, method="password", user_agent="Firefox")
        for key in keys
    ]


def test_ones_own_sign_ins_are_listed_and_one_is_ended() -> None:
    lena, nils = account("lena"), account("nils")
    _here, there = signed_in(lena, "here", "there")
    [others] = signed_in(nils, "nils")
    rows = sessions_of(lena.pk, "here")
    assert [(row.current, row.user_agent) for row in rows] == [
        (True, "Firefox"),
        (False, "Firefox"),
    ]
    me = actor_for(lena, TODAY)
    with recorded() as events:
        end_session(actor=me, user_id=lena.pk, sign_in_id=there.pk)
    assert (events, len(sessions_of(lena.pk, "here"))) == (["sessions_ended"], 1)
    with pytest.raises(NotFoundError):
        end_session(actor=me, user_id=lena.pk, sign_in_id=others.pk)
    with pytest.raises(NotAllowedError):
        end_session(actor=me, user_id=nils.pk, sign_in_id=others.pk)
    assert owner_of_session("nils") == nils.pk


def test_all_others_end_at_once_and_the_own_stays() -> None:
    lena = account("lena")
    signed_in(lena, "here", "there", "home")
    me = actor_for(lena, TODAY)
    with recorded() as events:
        assert end_other_sessions(actor=me, user_id=lena.pk, kept="here") == 2
    told = history_of("user", lena.pk)[0].after
    assert (events, told) == (["sessions_ended"], {"username": "lena", "count": 2})
    with pytest.raises(NotAllowedError):
        end_other_sessions(actor=actor_for(account("nils"), TODAY), user_id=lena.pk, kept="")
    assert [row.current for row in sessions_of(lena.pk, "here")] == [True]
    with recorded() as events:
        assert end_other_sessions(actor=me, user_id=lena.pk, kept="here") == 0
    assert events == []


def test_an_administrator_ends_everything_and_nobody_else_does() -> None:
    lena, nils = account("lena"), account("nils")
    signed_in(lena, "a", "b")
    with pytest.raises(NotAllowedError):
        end_sessions(actor=actor_for(nils, TODAY), user_id=lena.pk)
    before = lena.get_session_auth_hash()
    end_sessions(actor=PROGRAM, user_id=lena.pk)
    lena.refresh_from_db()
    assert (SignIn.objects.count(), lena.get_session_auth_hash() == before) == (0, False)
    with pytest.raises(NotFoundError):
        end_sessions(actor=PROGRAM, user_id=uuid4())


def test_a_role_that_is_ended_ends_the_sign_ins() -> None:
    lena = account("lena")
    assignment = assign_role(
        actor=PROGRAM,
        user_id=lena.pk,
        role="internal_provider",
        scope=Scope(ScopeKind.PROVIDER, uuid4()),
        valid_from=FIRST,
    )
    signed_in(lena, "a")
    end_role(actor=PROGRAM, assignment_id=assignment.pk, last_day=TODAY)
    assert SignIn.objects.count() == 0
