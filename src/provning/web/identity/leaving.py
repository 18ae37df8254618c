"""Off to an identity provider, and back to the very form that was being filled in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from provning.accounts.providers import IdentityProvider
from provning.web.identity import oidc, saml
from provning.web.identity.answers import SIGN_IN, refused
from provning.web.identity.entering import safe_next
from provning.web.identity.limits import try_once
from provning.web.identity.ways import way_named
from provning.web.permissions import screen


@screen(public=True, methods=("POST",))
def leave_for_provider(request: HttpRequest, name: str) -> HttpResponse:
    """Send the browser to the provider to sign in; a POST of ours, so that nobody is lured there.

    What was typed before waits in the session.
    """
    provider = way_named(name)
    state = {
        "why": SIGN_IN,
        "next": safe_next(request, request.POST.get("next", "")),
        "kept": request.POST.get("kept", ""),
    }
    return off_to(request, provider, state)


def off_to(request: HttpRequest, provider: IdentityProvider, state: dict[str, Any]) -> HttpResponse:
    """Answer with a page that leads on by itself.

    Not a redirect: a form may lead nowhere but to us (`form-action 'self'`), also by a redirect.
    """
    if try_once(request, "provider") is None:
        return refused(request, provider, "too many")
    way = oidc if provider.protocol == "oidc" else saml
    try:
        address = way.leave(request, provider, state)
    except (RequestException, oidc.OidcError, KeyError, ValueError):
        return refused(request, provider, "unreachable")
    response = render(request, "identity/leaving.html", {"provider": provider, "address": address})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
