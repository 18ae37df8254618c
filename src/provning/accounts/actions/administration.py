"""What an administrator does to an account: invites its holder, closes it and opens it again."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.accounts import events, policies, rules
from provning.accounts.actions.accounts import create_user
from provning.accounts.actions.reached import reached
from provning.accounts.actions.sessions import end_all
from provning.accounts.models import User
from provning.audit.actions import record
from provning.audit.conflicts import changed_meanwhile
from provning.kernel.actors import Actor, Permission, Scope
from provning.kernel.problems import refuse_if


@transaction.atomic
def open_account(
    *,
    actor: Actor,
    username: str,
    name: str,
    email: str,
    invited: bool,
    submission: UUID,
    today: date,
) -> None:
    """Create an account without a password and, when `invited`, mail its holder; both or neither.

    `submission` is the number of the form and becomes the account's id: sent twice, it is made once
    and mailed once.
    """
    policies.require(actor, Permission.MANAGE_ACCOUNTS)
    if User.objects.filter(pk=submission, username=username.strip().lower()).exists():
        return
    user = create_user(
        actor=actor,
        username=username,
        name=name,
        password=None,
        email=email,
        today=today,
        user_id=submission,
    )
    if invited:
        _invite(actor, user)


@transaction.atomic
def set_active(
    *,
    actor: Actor,
    user_id: UUID,
    active: bool,
    seen: bool | None = None,
    within: Collection[Scope] = (),
) -> User:
    """Close an account, which ends its sign-ins, or open it again; nobody closes their own.

    `seen` is whether it was open when somebody looked. An account that is so already is left alone.
    `within` as in `reached`.
    """
    user = reached(actor, user_id, within)
    if user.is_active == active:
        return user
    if seen is not None and seen != user.is_active:
        raise changed_meanwhile("user", user.pk)
    refuse_if(rules.own_account_problems(actor.id, user.pk))
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_all(user)
    _record(events.ACCOUNT_OPENED if active else events.ACCOUNT_CLOSED, actor, user)
    return user


@transaction.atomic
def invite(*, actor: Actor, user_id: UUID, within: Collection[Scope] = ()) -> None:
    """Mail the holder a link to choose a password with, once; no administrator knows a password.

    `within` as in `reached`.
    """
    _invite(actor, reached(actor, user_id, within))


def _invite(actor: Actor, user: User) -> None:
    from provning.accounts.tasks import send_invitation

    refuse_if(rules.invitation_problems(user.email, is_active=user.is_active))
    _record(events.ACCOUNT_INVITED, actor, user)
    transaction.on_commit(lambda: send_invitation.enqueue(str(user.pk)), robust=True)


def _record(name: str, actor: Actor, user: User) -> None:
    record(
        name,
        actor=actor,
        subjects=[("user", user.pk)],
        after={"username": user.username},
    )
