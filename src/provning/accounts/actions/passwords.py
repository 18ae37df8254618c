"""Changing one's password, and getting a new one by a mail that tells nobody anything."""

from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction

from provning.accounts import events, policies, rules
from provning.accounts.actions.sessions import GATE, end_all
from provning.accounts.models import User
from provning.accounts.sign_in_notices import SignInChange, tell_of_sign_in
from provning.audit.actions import record
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError, refuse_if


@transaction.atomic
def change_password(*, actor: Actor, user_id: UUID, password: str) -> User:
    """Give oneself another password and end every sign-in; the boundary keeps its own alive.

    Raises `ProblemsFoundError` for a password that is easy to guess. The boundary has asked the
    person to show who they are.
    """
    policies.require_self(actor, user_id)
    user = _user(user_id)
    return _set(user, password, actor)


@transaction.atomic
def order_password_reset(*, username: str) -> None:
    """Send whoever has the account a link to choose a new password with.

    Nothing is returned: the boundary says the same whether the account exists or not. Only an open
    account with a password and an address gets the mail.
    """
    from provning.accounts.tasks import send_reset

    user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if user is None or not user.email or not user.has_usable_password():
        return
    record(
        events.PASSWORD_RESET_ASKED,
        actor=GATE,
        subjects=[("user", user.pk)],
        after={"username": user.username},
    )
    transaction.on_commit(lambda: send_reset.enqueue(str(user.pk)), robust=True)


@transaction.atomic
def reset_password(*, user_id: UUID, token: str, password: str) -> User:
    """Choose a new password with the link of the mail, which holds once; ends every sign-in."""
    user = _user(user_id)
    if not user.is_active or not default_token_generator.check_token(user, token):
        raise NotFoundError
    return _set(user, password, GATE)


def _set(user: User, password: str, actor: Actor) -> User:
    refuse_if(rules.password_problems(password, user.username, (user.name, user.email)))
    user.set_password(password)
    user.save(update_fields=["password"])
    end_all(user)
    record(
        events.PASSWORD_CHANGED,
        actor=actor,
        subjects=[("user", user.pk)],
        after={"username": user.username},
    )
    tell_of_sign_in(user, SignInChange.PASSWORD_SET)
    return user


def _user(user_id: UUID) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFoundError
    return user
