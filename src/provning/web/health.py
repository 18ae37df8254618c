"""Whether the program is up, for whoever keeps it running: alive, ready, and in figures."""

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from provning.operations.checks import Condition, readiness
from provning.operations.metrics import exposition
from provning.web.permissions import screen

LOOPBACK = {"127.0.0.1", "::1"}
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
TEXT = "text/plain; version=0.0.4; charset=utf-8"


@screen(public=True, methods=("GET", "HEAD"))
def alive(_request: HttpRequest) -> HttpResponse:
    """Answer "ok" as long as the program answers at all; asks nothing of the database."""
    return HttpResponse("ok", content_type="text/plain")


@screen(public=True, methods=("GET", "HEAD"))
def ready(_request: HttpRequest) -> HttpResponse:
    """Answer whether requests can be served: 200, or 503 with the name of what is missing."""
    found = readiness(timezone.now())
    checks = {each.code: each.level.value for each in found}
    faulty = any(each.level is Condition.FAULT for each in found)
    return JsonResponse({"ready": not faulty, "checks": checks}, status=503 if faulty else 200)


@screen(public=True, methods=("GET", "HEAD"))
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with figures to who has the token or asks on the machine itself; 404 to others."""
    if not _may_measure(request):
        raise Http404
    return HttpResponse(exposition(), content_type=TEXT)


def _may_measure(request: HttpRequest) -> bool:
    """Say whether somebody may fetch figures; what came through a proxy is from elsewhere."""
    token: str = settings.METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    passed_on = any(request.headers.get(name) for name in FORWARDED)
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not passed_on
