"""What has gone, subscriptions, and what a client has to report."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern

from provning.api.access import Machine, machine
from provning.api.answers import json_answer
from provning.api.clock import now
from provning.api.ss12000.calls import answering, body_of, id_of, nothing, viewer_of, words_of
from provning.api.ss12000.paths import both
from provning.publishing.actions import renew, report, subscribe, unsubscribe
from provning.publishing.asking import read_limit
from provning.publishing.deleted import gone_since
from provning.publishing.models import ClientReport
from provning.publishing.moments import moment_text
from provning.publishing.queries import SubscriptionRow, subscription_of, subscriptions_of
from provning.publishing.tasks import keep_telling
from provning.publishing.tokens import Place, read_token, write_token

SUBSCRIPTIONS = "subscriptions"


def patterns() -> Iterator[URLPattern]:
    """Return the addresses."""
    yield from both("deletedEntities", deleted, "deletedEntities")
    yield from both(SUBSCRIPTIONS, subscriptions, SUBSCRIPTIONS)
    yield from both(f"{SUBSCRIPTIONS}/<str:key>", subscription, f"{SUBSCRIPTIONS}-one")
    yield from both("log", log, "log")
    yield from both("statistics", statistics, "statistics")


@machine()
@answering
def deleted(request: HttpRequest, caller: Machine) -> HttpResponseBase:
    """Return the ids of what the client could see and can no longer."""
    found = gone_since(viewer_of(caller), words_of(request))
    return json_answer({"data": found.data, "pageToken": found.token})


@machine("subscriptions", methods=("GET", "HEAD", "POST"))
@answering
def subscriptions(request: HttpRequest, caller: Machine) -> HttpResponseBase:
    """List the client's subscriptions, or make one."""
    if request.method == "POST":
        return _subscribed(request, caller)
    words = words_of(request)
    limit, after = read_limit(words), _after(words.get("pageToken", [""])[-1])
    rows = subscriptions_of(viewer_of(caller), now(), after, limit + 1)
    more = len(rows) > limit
    last = rows[limit - 1].id if more else None
    token = write_token(SUBSCRIPTIONS, {}, Place(None, last)) if last else None
    return json_answer({"data": [_written(each) for each in rows[:limit]], "pageToken": token})


@machine("subscriptions", methods=("GET", "HEAD", "PATCH", "DELETE"))
@answering
def subscription(request: HttpRequest, caller: Machine, key: str) -> HttpResponseBase:
    """Show, renew or remove one of the client's subscriptions."""
    found, viewer = id_of(key), viewer_of(caller)
    if request.method == "DELETE":
        unsubscribe(viewer=viewer, key=found, now=now())
        return nothing()
    if request.method == "PATCH":
        return json_answer(_written(renew(viewer=viewer, key=found, now=now())))
    return json_answer(_written(subscription_of(viewer, found, now())))


@machine("subscriptions", methods=("POST",))
@answering
def log(request: HttpRequest, caller: Machine) -> HttpResponseBase:
    """Keep a fault that the client has met."""
    return _reported(request, caller, ClientReport.Kind.LOG)


@machine("subscriptions", methods=("POST",))
@answering
def statistics(request: HttpRequest, caller: Machine) -> HttpResponseBase:
    """Keep how many rows the client has taken."""
    return _reported(request, caller, ClientReport.Kind.STATISTICS)


def _subscribed(request: HttpRequest, caller: Machine) -> HttpResponse:
    body = body_of(request)
    made = subscribe(
        viewer=viewer_of(caller),
        name=body.get("name"),
        target=body.get("target"),
        resource_types=body.get("resourceTypes"),
        now=now(),
    )
    keep_telling()
    return json_answer(_written(made), status=201)


def _reported(request: HttpRequest, caller: Machine, kind: str) -> HttpResponse:
    report(viewer=viewer_of(caller), kind=kind, content=body_of(request), now=now())
    return HttpResponse(status=201)


def _after(token: str) -> UUID | None:
    return read_token(SUBSCRIPTIONS, token, {})[1].key if token else None


def _written(row: SubscriptionRow) -> dict[str, object]:
    return {
        "id": str(row.id),
        "expires": moment_text(row.expires_at),
        "name": row.name,
        "target": row.target,
        "resourceTypes": [{"resource": each} for each in row.resource_types],
    }
