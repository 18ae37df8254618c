"""The resources that we hold nothing of: lists without rows, and nothing to write to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern

from provning.api.access import Machine, machine
from provning.api.answers import ApiError, json_answer, not_found
from provning.api.ss12000.calls import answering, body_of, id_of, lists_of, words_of
from provning.api.ss12000.paths import both
from provning.publishing.asking import (
    Parameter,
    one_of,
    question_of,
    read_a_day,
    read_a_moment,
    read_uuid,
)

BY_MODIFIED = ("ModifiedDesc",)
BY_NAME = (*BY_MODIFIED, "DisplayNameAsc")
BY_START = (*BY_MODIFIED, "StartTimeAsc", "StartTimeDesc")
BY_DAYS = (*BY_MODIFIED, "StartDateAsc", "StartDateDesc", "EndDateAsc", "EndDateDesc")
IDS = ("organisation", "group", "child", "owner", "activity", "student", "teacher", "person")
MORE_IDS = ("registeredBy", "calendarEvent", "placement")
WORDS = ("before", "after")
SIDES = ("onOrBefore", "onOrAfter")
PARAMETERS = {
    **dict.fromkeys((*IDS, *MORE_IDS), Parameter(read_uuid, many=True)),
    **{
        f"{name}.{side}": Parameter(read_a_day if "Date" in name else read_a_moment)
        for name in ("startDate", "endDate", "startTime", "endTime")
        for side in SIDES
    },
    **{
        f"meta.{name}.{word}": Parameter(read_a_moment)
        for name in ("created", "modified")
        for word in WORDS
    },
    "startDate": Parameter(read_a_day),
    "endDate": Parameter(read_a_day),
}


@dataclass(frozen=True, slots=True)
class Empty:
    """One resource without rows: its sort orders, and which of its addresses there are."""

    name: str
    orders: tuple[str, ...] = ()
    one: bool = True
    lookup: bool = True
    writes: tuple[str, ...] = ()


RESOURCES = (
    Empty("placements", BY_DAYS),
    Empty("programmes", ("NameAsc", "CodeAsc", "ModifiedDesc")),
    Empty("calendarEvents", BY_START),
    Empty("attendances", writes=("POST", "DELETE")),
    Empty("attendanceEvents", writes=("POST", "DELETE")),
    Empty("attendanceSchedule", writes=("POST", "DELETE")),
    Empty("absences", BY_START, writes=("POST",)),
    Empty("aggregatedAttendance", one=False, lookup=False),
    Empty("resources", BY_NAME),
    Empty("rooms", BY_NAME),
)
ABSENCE_TYPE = Parameter(one_of("Beviljad ledighet", "Anmäld frånvaro"))

View = Callable[..., HttpResponseBase]


def patterns() -> Iterator[URLPattern]:
    """Return the addresses of every resource without rows."""
    for each in RESOURCES:
        yield from both(each.name, _list(each), f"{each.name}-list")
        if each.lookup:
            yield from both(f"{each.name}/lookup", _lookup, f"{each.name}-lookup")
        if each.one:
            yield from both(f"{each.name}/<str:key>", _one(each), f"{each.name}-one")


def _list(resource: Empty) -> View:
    own = {"type": ABSENCE_TYPE} if resource.name == "absences" else {}

    @machine(methods=("GET", "HEAD", *(each for each in resource.writes if each == "POST")))
    @answering
    def listed(request: HttpRequest, _caller: Machine) -> HttpResponseBase:
        if request.method == "POST":
            raise ApiError(403, "read_only", "Det går inte att skriva hit.")
        words = words_of(request)
        question_of(words, {**PARAMETERS, **own}, resource.orders or BY_MODIFIED)
        if words.get("pageToken", [""])[-1]:
            raise ApiError(400, "invalid_filter", "pageToken går inte att läsa.")
        return json_answer({"data": [], "pageToken": None})

    return listed


def _one(resource: Empty) -> View:
    @machine(methods=("GET", "HEAD", *(each for each in resource.writes if each == "DELETE")))
    @answering
    def one(_request: HttpRequest, _caller: Machine, key: str) -> HttpResponseBase:
        id_of(key)
        raise not_found()

    return one


@machine(methods=("POST",))
@answering
def _lookup(request: HttpRequest, _caller: Machine) -> HttpResponseBase:
    lists_of(body_of(request))
    return json_answer([])
