"""`/api/skolplattform/`: decided grades and documents as XML, for who fetches an interval."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from provning.api.access import Machine, machine
from provning.api.answers import ApiError
from provning.api.clock import now
from provning.feeds.intervals import FeedInterval, asked_for
from provning.feeds.queries import Choice, student_count
from provning.feeds.taking import checked
from provning.feeds.writing import document_feed, grade_feed
from provning.kernel.actors import Permission
from provning.kernel.problems import ProblemsFoundError
from provning.kernel.seen import note_file

XML = "application/xml; charset=utf-8"


@machine("betyg")
def grades(request: HttpRequest, caller: Machine) -> HttpResponseBase:
    """Answer with Betyg XML 1.1.1: `from`, `tom` and perhaps `schoolType`."""
    interval, school_type = _asked(request)
    protected_at = () if caller.client.hides_protected else None
    choice = Choice(caller.actor, school_type, protected_at, Permission.VIEW_CATALOGUES)
    _note(request, student_count(choice, interval))
    pieces = grade_feed(
        actor=caller.actor,
        right=Permission.VIEW_CATALOGUES,
        interval=interval,
        school_type=school_type,
        protected_at=protected_at,
        now=now(),
    )
    return _answer(request, pieces)


@machine("betygsdokument")
def documents(request: HttpRequest, _caller: Machine) -> HttpResponseBase:
    """Answer with betygsdokument 2.0: `from` and `tom`."""
    interval, _school_type = _asked(request)
    _note(request, 0)
    return _answer(request, document_feed(interval=interval, now=now()))


def _note(request: HttpRequest, students: int) -> None:
    """Note what is asked for and of how many students: the log's one entry of the call.

    The pieces are read while they leave, when the entry has been written.
    """
    if request.method != "HEAD":
        note_file(" ".join(filter(None, asked_for(request.GET.dict()))), students)


def _asked(request: HttpRequest) -> tuple[FeedInterval, str]:
    """Return the interval and the school type asked for; raises `ApiError` 400 with all faults."""
    start, end, school_type = asked_for(request.GET.dict())
    try:
        return checked(start, end, school_type), school_type
    except ProblemsFoundError as error:
        message = " ".join(problem.text for problem in error.problems)
        raise ApiError(400, "invalid_filter", message) from error


def _answer(request: HttpRequest, pieces: Iterator[bytes]) -> HttpResponseBase:
    """Return the pieces as they come, or the headers alone."""
    if request.method == "HEAD":
        return HttpResponse(content_type=XML)
    return StreamingHttpResponse(pieces, content_type=XML)
