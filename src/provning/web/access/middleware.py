"""The seam between screens and the access log: what an answer held is written down once.

What cannot be logged is not shown: the entry is stored before the answer leaves.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import urlencode

from provning.access.actions import log_access
from provning.access.watching import accesses, file_name
from provning.kernel.seen import watching
from provning.web.screen_request import actor_of

SHOWS = frozenset({HTTPStatus.OK, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY})
TYPED = frozenset({"q"})
"""Parameters with words that somebody typed; they may name persons."""


class AccessLogMiddleware:
    """Write down whose particulars an answer shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, when the log has its entry; a redirect shows nothing."""
        with watching() as seen:
            response = self.get_response(request)
        actor = actor_of(request)
        if actor is not None and response.status_code in SHOWS:
            file = file_name(response.headers.get("Content-Disposition", ""))
            if file or seen.holds_somebody:
                place = request.resolver_match.view_name if request.resolver_match else ""
                found = accesses(seen, place, selection_of(request), file)
                log_access(actor=actor, entries=list(found))
        return response


def selection_of(request: HttpRequest) -> str:
    """Return which list an address asks for: without words that were typed."""
    chosen = [(key, str(value)) for key, value in request.GET.items() if key not in TYPED]
    return f"{request.path}?{urlencode(chosen)}" if chosen else request.path
