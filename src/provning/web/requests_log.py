"""Around every request: an id to find it by, and one line in the log when it is answered."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from provning.operations.logs import REQUEST_ID
from provning.operations.metrics import count_request

LOG = logging.getLogger("provning.request")
RANDOM = re.compile(r"[0-9a-f]{32}")
"""What a proxy may send along: random, so that nothing can be written into the log with it."""
HEADER = "X-Request-ID"
NOWHERE = "(none)"


class RequestLogMiddleware:
    """Give the request an id, and write down what kind of page it was for and how it ended.

    The page is told by its pattern (`elever/<uuid:person_id>/`), never by its address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the id in a header."""
        begun = time.perf_counter()
        key = request_id(request)
        token = REQUEST_ID.set(key)
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - begun
            _write(request, response.status_code, seconds)
        finally:
            REQUEST_ID.reset(token)
        response.headers[HEADER] = key
        return response


def request_id(request: HttpRequest) -> str:
    """Return the id that the proxy gave, or a new one."""
    given = request.headers.get(HEADER, "").replace("-", "").lower()
    return given if RANDOM.fullmatch(given) else uuid.uuid4().hex


def _write(request: HttpRequest, status: int, seconds: float) -> None:
    match = request.resolver_match
    route = match.route if match else NOWHERE
    method = request.method if request.method in {"GET", "HEAD", "POST", "PUT", "DELETE"} else ""
    count_request(method or "other", route, status, seconds)
    facts = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000)}
    LOG.info("request", extra=facts)
