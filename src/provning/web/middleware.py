"""What happens around every view: the security headers, and who is asking."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from provning.accounts.assurance import within
from provning.accounts.marks import screen_rule_of
from provning.accounts.models import User
from provning.clients.marks import machine_rule_of
from provning.kernel.actors import Actor
from provning.people.queries import actor_for
from provning.web.access.opened import opened_in
from provning.web.clock import today
from provning.web.errors import too_much
from provning.web.identity.kept import ask_to_sign_in_again
from provning.web.identity.sessions import assurance_of, end_if_too_old, password_is_enough
from provning.web.screen_request import actor_of, is_fetch

GetResponse = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
FEATURES_OFF = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


class ContentSecurityPolicyMiddleware:
    """Let a page load nothing but our own files, and leave no copy of it behind.

    Pages hold persons and grades, so none of them may stay in a cache; static files are served
    before this and may.
    """

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers set."""
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Permissions-Policy"] = FEATURES_OFF
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class UploadLimitMiddleware:
    """Read no request that is larger than the limit, whatever it holds."""

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer that it was too much, before anything of it has been read."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdigit() else 0
        if size > settings.UPLOAD_LIMIT and size > _limit(request):
            return too_much(request)
        return self.get_response(request)


def _limit(request: HttpRequest) -> int:
    """Return how much is read: whole registers where they are compared, for who is signed in."""
    compares = request.path_info == reverse("reconciliation:start")
    chosen = compares and request.user.is_authenticated
    limit: int = settings.RECONCILIATION_LIMIT if chosen else settings.UPLOAD_LIMIT
    return limit


class ActorMiddleware:
    """Settle who asks, and send whoever is not signed in to the sign-in page."""

    def __init__(self, get_response: GetResponse) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set `request.actor` from the account: an Actor with its grants, None for nobody."""
        if isinstance(request.user, User):
            end_if_too_old(request)
        request.actor = _actor(request)  # type: ignore[attr-defined] # read through screen_request.actor_of
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Stop whoever is not signed in; a view without a mark is not public.

        An endpoint for machines lets nobody in by a browser's session, but by itself.
        """
        if machine_rule_of(view) is not None:
            return None
        rule = screen_rule_of(view)
        if actor_of(request) is not None or (rule is not None and rule.public):
            return None
        if is_fetch(request):
            return HttpResponse(_("Du har loggats ut. Logga in igen."), status=401)
        if request.method == "POST":
            return ask_to_sign_in_again(request)
        asked_for = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('sign-in')}?{asked_for}")


def _actor(request: HttpRequest) -> Actor | None:
    """Return who asks, with no more rights than the sign-in is good for."""
    if not isinstance(request.user, User):
        return None
    actor = replace(actor_for(request.user, today()), opened=opened_in(request.session))
    return within(
        actor,
        assurance_of(request),
        password_is_enough=password_is_enough(),
    )
