"""Sign-ins: begun, seen, ended by their owner or by an administrator, and told of."""

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from provning.accounts import events, policies
from provning.accounts.actions.reached import reached
from provning.accounts.assurance import Assurance
from provning.accounts.models import SignIn, User
from provning.audit.actions import record
from provning.kernel.actors import Actor, Scope
from provning.kernel.problems import NotFoundError

GATE = Actor("system:sign-in", "Inloggningen", "system")


def begin_session(*, user: User, session_key: str, method: str, user_agent: str) -> SignIn:
    """Write down a sign-in, so that its owner can see it and end it; no event: it has its own."""
    now = datetime.now(UTC)
    found, _made = SignIn.objects.update_or_create(
        session_key=session_key,
        defaults={
            "user": user,
            "method": method[:60],
            "user_agent": user_agent[:80],
            "began_at": now,
            "seen_at": now,
        },
    )
    return found


def see_session(*, session_key: str) -> None:
    """Write down that somebody is at work; the boundary asks a few times an hour."""
    SignIn.objects.filter(session_key=session_key).update(seen_at=datetime.now(UTC))


def forget_session(*, session_key: str) -> None:
    """Take a sign-in off its owner's list when they sign out; Django ends the session itself."""
    SignIn.objects.filter(session_key=session_key).delete()


@transaction.atomic
def end_session(*, actor: Actor, user_id: UUID, sign_in_id: int) -> None:
    """End one of one's own sign-ins; raises `NotFoundError` for anybody else's."""
    policies.require_self(actor, user_id)
    found = SignIn.objects.select_for_update().filter(pk=sign_in_id, user_id=user_id).first()
    if found is None:
        raise NotFoundError
    _forget([found.session_key])
    _record(events.SESSIONS_ENDED, actor, found.user, 1)


@transaction.atomic
def end_other_sessions(*, actor: Actor, user_id: UUID, kept: str) -> int:
    """End all of one's own sign-ins but the one with the key `kept`; returns how many."""
    policies.require_self(actor, user_id)
    user = _user(user_id)
    keys = list(user.sign_ins.exclude(session_key=kept).values_list("session_key", flat=True))
    if keys:
        _forget(keys)
        _record(events.SESSIONS_ENDED, actor, user, len(keys))
    return len(keys)


@transaction.atomic
def end_sessions(*, actor: Actor, user_id: UUID, within: Collection[Scope] = ()) -> None:
    """End every sign-in of an account, as its administrator; `within` as in `reached`."""
    user = reached(actor, user_id, within)
    count = end_all(user)
    _record(events.SESSIONS_ENDED, actor, user, count)


def end_all(user: User) -> int:
    """End every sign-in of an account inside the caller's transaction; returns how many it had.

    Another epoch ends also those that nobody wrote down.
    """
    keys = list(SignIn.objects.filter(user=user).values_list("session_key", flat=True))
    _forget(keys)
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    return len(keys)


@transaction.atomic
def record_step_up(*, actor: Actor, user: User, assurance: Assurance) -> None:
    """Put in the trail that somebody has shown anew, or more surely, who they are."""
    record(
        events.STEPPED_UP,
        actor=actor,
        subjects=[("user", user.pk)],
        after={
            "username": user.username,
            "method": assurance.method,
            "level": assurance.level,
            "factor": assurance.factor,
        },
    )


@transaction.atomic
def record_refused_identity(*, provider: str, reason: str) -> None:
    """Put in the trail that a provider's answer opened nothing; whom it named is not kept."""
    record(
        events.IDENTITY_REFUSED,
        actor=GATE,
        subjects=[],
        after={"provider": provider, "reason": reason},
    )


def _forget(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).delete()


def _user(user_id: UUID) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFoundError
    return user


def _record(name: str, actor: Actor, user: User, count: int) -> None:
    record(
        name,
        actor=actor,
        subjects=[("user", user.pk)],
        after={"username": user.username, "count": count},
    )
