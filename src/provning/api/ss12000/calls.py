"""What every call of SS 12000 has in common: its words, its body, its errors."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from provning.api.access import Machine
from provning.api.answers import ApiError
from provning.kernel.problems import ProblemsFoundError
from provning.publishing.asking import AskedWronglyError, TokenExpiredError, Words, read_uuid
from provning.publishing.engine import LookupTooLargeError
from provning.publishing.viewer import Viewer

P = ParamSpec("P")
LISTS = {
    "activities",
    "calendareEvents",
    "calendarEvents",
    "child",
    "civicNos",
    "groups",
    "ids",
    "members",
    "organisationCodes",
    "personIds",
    "placements",
    "schoolUnitCodes",
    "student",
    "students",
    "teacher",
    "teachers",
}
"""The lists of every look-up of the standard."""
Endpoint = Callable[Concatenate[HttpRequest, Machine, P], HttpResponseBase]


def answering(view: Endpoint[P]) -> Endpoint[P]:
    """Turn what is wrong with a question into the standard's answers."""

    @wraps(view)
    def answered(
        request: HttpRequest, caller: Machine, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        try:
            return view(request, caller, *args, **kwargs)
        except TokenExpiredError as error:
            raise ApiError(410, "token_expired", str(error)) from error
        except LookupTooLargeError as error:
            raise ApiError(503, "lookup_too_large", str(error)) from error
        except AskedWronglyError as error:
            raise ApiError(400, "invalid_filter", str(error)) from error
        except ProblemsFoundError as error:
            first = error.problems[0].code
            raise ApiError(400, first, " ".join(each.text for each in error.problems)) from error

    return answered


def viewer_of(caller: Machine) -> Viewer:
    """Return who looks."""
    return Viewer(caller.client, caller.data_classes)


def words_of(request: HttpRequest) -> Words:
    """Return the words of the address, each with all its values."""
    return {name: [str(each) for each in texts] for name, texts in request.GET.lists()}


def id_of(text: str) -> UUID:
    """Return an id of the address; raises `ApiError` 400 for what is none."""
    try:
        return read_uuid(text)
    except AskedWronglyError as error:
        raise ApiError(400, "invalid_id", str(error)) from error


def body_of(request: HttpRequest) -> dict[str, Any]:
    """Return the body, a JSON object; raises `ApiError` 400 for anything else."""
    try:
        found = json.loads(request.body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ApiError(400, "invalid_body", "Innehållet ska vara JSON i UTF-8.") from error
    if not isinstance(found, dict):
        raise ApiError(400, "invalid_body", "Innehållet ska vara ett objekt.")
    return found


def lists_of(body: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the lists of texts of a look-up; raises `ApiError` 400 for other lists.

    What the standard has no list for says nothing.
    """
    found = {}
    for name, values in body.items():
        if name not in LISTS:
            continue
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise ApiError(400, "invalid_body", f"{name} ska vara en lista av texter.")
        found[name] = values
    return found


def nothing() -> HttpResponse:
    """Return the answer to what has been done and has nothing to show."""
    return HttpResponse(status=204)
