"""From who somebody is to where they were going: a second step where one is due, then in."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from provning.accounts.actions import record_sign_in
from provning.accounts.assurance import Assurance
from provning.accounts.models import User
from provning.accounts.queries import factors_of, user_by_id
from provning.web.identity.kept import ask_to_send_again, read_kept
from provning.web.identity.sessions import enter
from provning.web.preferences import remember_language, remember_theme

HALFWAY = "halfway"
HALFWAY_HOLDS = 10 * 60


def go_on(
    request: HttpRequest, user: User, assurance: Assurance, *, next_path: str, kept_token: str
) -> HttpResponse:
    """Let somebody in who has shown who they are, or ask for the second step they have."""
    kinds = [each.kind for each in factors_of(user.pk)]
    if kinds and not assurance.strong:
        request.session.cycle_key()
        request.session[HALFWAY] = {
            "user": str(user.pk),
            "at": datetime.now(UTC).timestamp(),
            "level": assurance.level,
            "method": assurance.method,
            "hash": user.get_session_auth_hash(),
            "next": next_path,
            "kept": kept_token,
        }
        return redirect("second-step")
    return let_in(request, user, assurance, kinds, next_path=next_path, kept_token=kept_token)


def halfway(request: HttpRequest) -> tuple[User, dict[str, Any]] | None:
    """Return who has taken the first step minutes ago, and what is known of it."""
    from uuid import UUID

    found = request.session.get(HALFWAY)
    if not found or datetime.now(UTC).timestamp() - found["at"] > HALFWAY_HOLDS:
        return None
    user = user_by_id(UUID(found["user"]))
    if user is None or not user.is_active or user.get_session_auth_hash() != found["hash"]:
        return None
    return user, found


def let_in(
    request: HttpRequest,
    user: User,
    assurance: Assurance,
    kinds: list[str],
    *,
    next_path: str,
    kept_token: str,
) -> HttpResponse:
    """Begin the sign-in, and go on or offer what was typed before."""
    request.session.pop(HALFWAY, None)
    enter(request, user, assurance, kinds)
    record_sign_in(user=user, succeeded=True)
    kept = read_kept(kept_token)
    if kept and not kept.belongs_to(user.pk):
        messages.info(request, _("Det som var skrivet hörde till någon annan. Det är inte sparat."))
        kept, next_path = None, ""
    response = ask_to_send_again(request, kept) if kept else redirect(safe_next(request, next_path))
    remember_language(response, user.language)
    remember_theme(response, user.theme)
    return response


def safe_next(request: HttpRequest, wanted: str) -> str:
    """Return an address of ours to go on to: the wanted one when it is safe, else the overview."""
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    # What is no path would be taken for the name of a view.
    if safe and wanted.startswith("/"):
        return wanted
    return reverse(settings.LOGIN_REDIRECT_URL)
