"""Second factors: codes from an app, security keys, and codes to fall back on.

The secrets, the checks and the tables are allauth's; here is who may, and what the trail is told.
A failed check returns a problem instead of raising it, so that its event is stored. What knows
security keys takes long to load and is loaded when there is one.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.core.exceptions import ValidationError
from django.db import transaction

from provning.accounts import events, policies, rules
from provning.accounts.actions.reached import reached
from provning.accounts.actions.sessions import end_all
from provning.accounts.models import User
from provning.accounts.sign_in_notices import SignInChange, tell_of_sign_in
from provning.audit.actions import record
from provning.kernel.actors import Actor, Scope
from provning.kernel.problems import NotFoundError, Problem, refuse_if

LONGEST_KEY_NAME = 60


@transaction.atomic
def add_totp(*, actor: Actor, user_id: UUID, secret: str, code: str) -> list[str]:
    """Take an app with codes into use when its code is right; returns fresh recovery codes.

    The codes are empty when the account had some already.
    """
    user = _own(actor, user_id)
    taken = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    refuse_if([rules.totp_taken()] if taken else [])
    refuse_if([] if validate_totp_code(secret, code) else [rules.code_wrong()])
    TOTP.activate(user, secret)
    _record(events.FACTOR_ADDED, actor, user, "totp")
    tell_of_sign_in(user, SignInChange.STEP_ADDED)
    return _first_codes(user)


@transaction.atomic
def add_key(*, actor: Actor, user_id: UUID, name: str, credential: Mapping[str, Any]) -> list[str]:
    """Take a security key or a passkey into use; the challenge lies in the session."""
    from allauth.mfa.webauthn.internal import auth as webauthn

    user = _own(actor, user_id)
    name = " ".join(name.split())[:LONGEST_KEY_NAME]
    try:
        webauthn.complete_registration(dict(credential))
    except (ValidationError, ValueError, TypeError, KeyError):
        refuse_if([rules.key_refused()])
    webauthn.WebAuthn.add(user, name, dict(credential))
    _record(events.FACTOR_ADDED, actor, user, "webauthn")
    tell_of_sign_in(user, SignInChange.STEP_ADDED)
    return _first_codes(user)


@transaction.atomic
def new_recovery_codes(*, actor: Actor, user_id: UUID) -> list[str]:
    """Replace the codes to fall back on; the old ones hold no longer."""
    user = _own(actor, user_id)
    if not _factors(user).exists():
        raise NotFoundError
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    _record(events.FACTOR_ADDED, actor, user, "recovery_codes")
    tell_of_sign_in(user, SignInChange.CODES_RENEWED)
    return codes


@transaction.atomic
def remove_factor(
    *, actor: Actor, user_id: UUID, factor_id: int, within: Collection[Scope] = ()
) -> None:
    """Take a factor out of use: one's own, or somebody's as their administrator.

    The latter ends what was signed in with it. `within` as in `reached`.
    """
    own = actor.id == str(user_id)
    user = _user(user_id) if own else reached(actor, user_id, within)
    factor = _factors(user).filter(pk=factor_id).first()
    if factor is None:
        raise NotFoundError
    kind = factor.type
    Authenticator.objects.filter(pk=factor_id).delete()
    if not _factors(user).exists():
        Authenticator.objects.filter(user=user).delete()
    if not own:
        end_all(user)
    _record(events.FACTOR_REMOVED, actor, user, kind)
    tell_of_sign_in(user, SignInChange.STEP_REMOVED)


@transaction.atomic
def confirm_code(*, user_id: UUID, code: str) -> list[Problem]:
    """Return why a code from the app or the list does not hold; a right one holds once."""
    user = _user(user_id)
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    for each in Authenticator.objects.filter(user=user, type__in=kinds).order_by("-type"):
        if user.is_active and each.wrap().validate_code(code.replace(" ", "")):
            each.record_usage()
            return []
    return _refused(user, rules.code_wrong())


@transaction.atomic
def confirm_key(*, user_id: UUID, response: Mapping[str, Any]) -> list[Problem]:
    """Return why a security key's answer does not hold; the challenge holds once."""
    from allauth.mfa.webauthn.internal import auth as webauthn

    user = _user(user_id)
    try:
        found = webauthn.complete_authentication(user, dict(response))
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return _refused(user, rules.key_refused())
    finally:
        webauthn.clear_state()
    if not user.is_active:
        return _refused(user, rules.key_refused())
    found.record_usage()
    return []


def _refused(user: User, problem: Problem) -> list[Problem]:
    record(
        events.FACTOR_REFUSED,
        actor=Actor(str(user.pk), user.name),
        subjects=[("user", user.pk)],
        after={"username": user.username},
    )
    return [problem]


def _first_codes(user: User) -> list[str]:
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def _factors(user: User) -> Any:
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)


def _own(actor: Actor, user_id: UUID) -> User:
    policies.require_self(actor, user_id)
    return _user(user_id)


def _user(user_id: UUID) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFoundError
    return user


def _record(name: str, actor: Actor, user: User, kind: str) -> None:
    record(
        name,
        actor=actor,
        subjects=[("user", user.pk)],
        after={"username": user.username, "kind": kind},
    )
