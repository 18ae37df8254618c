"""Lists, single things and look-ups, the same three addresses for every resource."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern

from provning.api.access import Machine, machine
from provning.api.answers import json_answer, not_found
from provning.api.searching import log_asked_numbers
from provning.api.ss12000.calls import (
    answering,
    body_of,
    id_of,
    lists_of,
    viewer_of,
    words_of,
)
from provning.api.ss12000.paths import both
from provning.publishing.engine import looked_up, one_of, page_of
from provning.publishing.resources import RESOURCES
from provning.publishing.resources.declaring import Resource

View = Callable[..., HttpResponseBase]


def patterns() -> Iterator[URLPattern]:
    """Return the addresses of every resource."""
    for resource in RESOURCES:
        name = resource.name
        yield from both(name, _list(resource), f"{name}-list")
        if resource.has_lookup:
            yield from both(f"{name}/lookup", _lookup(resource), f"{name}-lookup")
        yield from both(f"{name}/<str:key>", _one(resource), f"{name}-one")


def _list(resource: Resource) -> View:
    @machine(resource.data_class)
    @answering
    def listed(request: HttpRequest, caller: Machine) -> HttpResponseBase:
        words = words_of(request)
        found = page_of(resource, viewer_of(caller), words)
        if "civicNo" in resource.filters:
            log_asked_numbers(request, caller, words.get("civicNo", ()))
        return json_answer({"data": found.data, "pageToken": found.token})

    return listed


def _one(resource: Resource) -> View:
    @machine(resource.data_class)
    @answering
    def one(request: HttpRequest, caller: Machine, key: str) -> HttpResponseBase:
        found = one_of(resource, viewer_of(caller), id_of(key), words_of(request))
        if found is None:
            raise not_found()
        return json_answer(found)

    return one


def _lookup(resource: Resource) -> View:
    @machine(resource.data_class, methods=("POST",))
    @answering
    def lookup(request: HttpRequest, caller: Machine) -> HttpResponseBase:
        asked = lists_of(body_of(request))
        found = looked_up(resource, viewer_of(caller), asked, words_of(request))
        if "civicNos" in resource.lookups:
            log_asked_numbers(request, caller, asked.get("civicNos", ()))
        return json_answer(found)

    return lookup
