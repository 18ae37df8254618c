"""The seam between screens and the access log: what an answer held is written down once.

What cannot be logged is not shown: the entry is stored before the answer leaves.
"""

from collections.abc import Callable, Iterator
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import urlencode

from provning.access.actions import Access, log_access
from provning.access.models import AccessEntry
from provning.kernel.seen import Seen, watching
from provning.web.screen_request import actor_of

Kind = AccessEntry.Kind
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
            place = request.resolver_match.view_name if request.resolver_match else ""
            log_access(actor=actor, entries=list(accesses(seen, place, selection_of(request))))
        return response


def selection_of(request: HttpRequest) -> str:
    """Return which list an address asks for: without words that were typed."""
    chosen = [(key, str(value)) for key, value in request.GET.items() if key not in TYPED]
    return f"{request.path}?{urlencode(chosen)}" if chosen else request.path


def accesses(seen: Seen, place: str, selection: str) -> Iterator[Access]:
    """Give the entries of one answer: one for the answer, one for each identity opened in a list.

    A list is one entry however long it is; see ADR 16.
    """
    subject = seen.subject or (next(iter(seen.persons)) if len(seen.persons) == 1 else None)
    if seen.file:
        yield Access(Kind.FILE, place, subject, seen.rows, selection=f"{seen.file} {selection}")
    elif subject:
        opened = seen.persons.get(subject, False)
        yield Access(Kind.PERSON, place, subject, opened=opened, selection=selection)
    elif seen.persons:
        yield Access(Kind.LIST, place, None, len(seen.persons), selection=selection)
    for person_id, opened in seen.persons.items():
        if opened and person_id != subject:
            yield Access(Kind.PERSON, place, person_id, opened=True, selection=selection)
