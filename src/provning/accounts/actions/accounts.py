"""Accounts, and what is told of signing in."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction

from provning.accounts import events, policies, rules
from provning.accounts.actions.sessions import GATE as SIGN_IN
from provning.accounts.disposal import expired_sessions, session_code
from provning.accounts.models import SignIn, User
from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError, Problem, refuse_if

UNKNOWN = "ett okänt användarnamn"


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    username: str,
    name: str,
    password: str | None,
    email: str = "",
    today: date,
    user_id: UUID | None = None,
    hashed: str = "",
) -> User:
    """Create an account that may sign in; it may do nothing until it is given a role.

    Without a password it is signed in to by an identity provider alone; see `bind_identity`.
    `user_id` is the id to give it; see `open_account`. `hashed` is the password's hash, when it
    has been made already.
    """
    policies.require(actor, Permission.MANAGE_ACCOUNTS)
    username, name = username.strip().lower(), " ".join(name.split())
    refuse_if(rules.user_problems(username, name, password, email))
    user = User(username=username, name=name, email=email.strip())
    user.id = user_id or user.id
    if hashed:
        user.password = hashed
    else:
        user.set_password(password)
    with refused_as(rules.username_taken(username)):
        user.save(force_insert=True)
    record(
        events.USER_CREATED,
        actor=actor,
        subjects=[("user", user.pk)],
        after={"username": username, "name": name, "created_on": today},
    )
    return user


@transaction.atomic
def set_preferences(
    *, actor: Actor, user_id: UUID, language: str | None = None, theme: str | None = None
) -> User:
    """Keep one's own language and look; None leaves one as it is."""
    policies.require_self(actor, user_id)
    user = held_user(user_id)
    before = {"language": user.language, "theme": user.theme}
    after = {
        "language": user.language if language is None else language,
        "theme": user.theme if theme is None else theme,
    }
    if before == after:
        return user
    refuse_if(rules.preference_problems(after["language"], after["theme"]))
    user.language, user.theme = after["language"], after["theme"]
    user.save(update_fields=["language", "theme"])
    record(
        events.PREFERENCES_SET,
        actor=actor,
        subjects=[("user", user.pk)],
        before=before,
        after=after,
    )
    return user


@transaction.atomic
def record_sign_in(*, user: User | None, succeeded: bool) -> None:
    """Put a sign-in in the trail; `user` is the account tried, None when no account was found.

    A text that is nobody's username is not kept: people type passwords and personnummer there.
    """
    name = user.username if user else UNKNOWN
    actor = Actor(str(user.pk), user.name) if user and succeeded else SIGN_IN
    record(
        events.SIGNED_IN if succeeded else events.SIGN_IN_FAILED,
        actor=actor,
        subjects=[("user", user.pk)] if user else [],
        after={"username": name},
    )


@transaction.atomic
def confirm_password(*, actor: Actor, user_id: UUID, password: str) -> list[Problem]:
    """Return why a signed-in person has not shown anew that it is they; nothing when they have.

    Asked before what has lifelong effect. A failed try stands in the trail, which is why the
    problem is returned and not raised: a raised one would take the event back. The password is
    kept nowhere.
    """
    policies.require_self(actor, user_id)
    user = held_user(user_id)
    if user.is_active and user.check_password(password):
        return []
    record(
        events.PASSWORD_REFUSED,
        actor=actor,
        subjects=[("user", user.pk)],
        after={"username": user.username},
    )
    return [rules.password_wrong()]


@transaction.atomic
def dispose_sessions(*, actor: Actor, before: date, keys: Iterable[str]) -> int:
    """Remove those of the sign-ins that ran out before the day; returns how many.

    Part of a run of disposal, which tells the trail.
    """
    policies.require(actor, Permission.DISPOSE)
    wanted = set(keys)
    expired = expired_sessions(before)
    found = [each.pk for each in expired if session_code(each.pk) in wanted]
    count, _by_model = Session.objects.filter(pk__in=found).delete()
    SignIn.objects.filter(session_key__in=found).delete()
    return count


def held_user(user_id: UUID) -> User:
    """Return an account, locked; raises `NotFoundError`."""
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFoundError
    return user
