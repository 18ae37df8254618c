"""What follows on an identity provider's answer: whose account it opens, or a page that says no.

No account is ever made here, and none is found by an e-mail address.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from provning.accounts.actions import record_refused_identity, record_step_up
from provning.accounts.assurance import Assurance
from provning.accounts.identities import Identity, level_of, read_identity
from provning.accounts.models import User
from provning.accounts.providers import IdentityProvider
from provning.accounts.queries import user_by_identities
from provning.web.clock import today
from provning.web.identity.entering import go_on
from provning.web.identity.kept import ask_to_send_again, read_kept
from provning.web.identity.sessions import (
    assurance_of,
    confirm_now,
    password_is_enough,
    remember_assurance,
)
from provning.web.screen_request import actor_of

SIGN_IN, CONFIRM = "sign-in", "confirm"
FRESH = timedelta(minutes=5)
State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider has said of a person, its signature checked.

    `contexts` are acr values or AuthnContextClassRefs, `authenticated_at` when the person showed
    the provider who they are.
    """

    attributes: Mapping[str, list[str]]
    contexts: list[str]
    authenticated_at: datetime | None


def answered(
    request: HttpRequest, provider: IdentityProvider, said: Said, state: State
) -> HttpResponse:
    """Go on with what the provider said: sign in, or confirm who is signed in already."""
    user = user_by_identities(provider.name, _identities(provider, said))
    if user is None:
        return refused(request, provider, "unknown")
    level = level_of(said.contexts, provider.levels)
    assurance = Assurance(level=level, method=f"idp:{provider.name}")
    if state.get("why") == CONFIRM:
        return _confirmed(request, provider, said, user, assurance, state)
    return go_on(request, user, assurance, next_path=state["next"], kept_token=state["kept"])


def refused(request: HttpRequest, provider: IdentityProvider, reason: str) -> HttpResponse:
    """Say that it opened no account, the same words whatever was wrong; the trail knows what."""
    record_refused_identity(provider=provider.name, reason=reason)
    return render(request, "identity/refused.html", {"provider": provider}, status=403)


def _identities(provider: IdentityProvider, said: Said) -> list[Identity]:
    """Return what the provider may vouch for, of what it said."""
    found = [
        read_identity(kind, value, scopes=provider.scopes, today=today())
        for kind in provider.believed
        for name in provider.attributes.get(kind, ())
        for value in said.attributes.get(name, ())
    ]
    return [each for each in found if each]


def _confirmed(
    request: HttpRequest,
    provider: IdentityProvider,
    said: Said,
    user: User,
    assurance: Assurance,
    state: State,
) -> HttpResponse:
    """Take it that the person has shown anew who they are, if it is the same one and just now."""
    actor = actor_of(request)
    if actor is None or request.user != user or state.get("user") != str(user.pk):
        return refused(request, provider, "another person")
    if not _is_fresh(said.authenticated_at):
        return refused(request, provider, "not anew")
    before = assurance_of(request)
    if assurance.level < before.level:
        return refused(request, provider, "weaker than the sign-in")
    shown = replace(assurance, factor=before.factor)
    remember_assurance(request, shown)
    record_step_up(actor=actor, user=user, assurance=shown)
    kept = read_kept(state["kept"])
    path = kept.path if kept else state["next"]
    confirm_now(request, path.partition("?")[0])
    if kept and kept.belongs_to(user.pk):
        weak = not (shown.strong or password_is_enough())
        return ask_to_send_again(request, kept, confirmed=True, weak=weak)
    return go_on_to(path)


def go_on_to(path: str) -> HttpResponse:
    """Lead to one of our own addresses, which has been checked before it was kept."""
    from django.shortcuts import redirect

    return redirect(path)


def _is_fresh(at: datetime | None) -> bool:
    now = datetime.now(UTC)
    return at is not None and now - FRESH <= at <= now + FRESH
