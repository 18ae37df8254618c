"""Finding the queries, asking them with whatever a town has, and saying what came back."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import provning
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotAllowedError, NotFoundError
from tests.grading import world
from tests.scope.drawn import Drawn

ROOMS = Path(provning.__file__).parent
NOBODY = UUID(int=7)
Query = Callable[..., Any]
GIVEN = {
    "today": world.TODAY,
    "on": world.TODAY,
    "day": world.TODAY,
    "term": world.HT26,
    "from_term": world.HT26,
    "limit": 50,
}


def queries() -> dict[str, Query]:
    """Return every public query that takes an actor, by room and name."""
    rooms = [each.name for each in ROOMS.iterdir() if list(each.glob("queries*"))]
    return {name: query for room in rooms for name, query in _of_room(room)}


def _of_room(room: str) -> Iterator[tuple[str, Query]]:
    module = importlib.import_module(f"provning.{room}.queries")
    named = getattr(module, "__all__", ())
    for name, found in inspect.getmembers(module, inspect.isfunction):
        own = found.__module__.startswith(module.__name__) and not name.startswith("_")
        if (own or name in named) and "actor" in inspect.signature(found).parameters:
            yield f"{room}.{name}", found


def subject_of(query: Query) -> str:
    """Return the parameter that says which row is asked for, "" for a list."""
    parameters = inspect.signature(query).parameters.values()
    must = [each.name for each in parameters if each.default is inspect.Parameter.empty]
    ids = [name for name in must if name.endswith(("_id", "_ids"))]
    return ids[0] if ids else ""


def subjects(town: Drawn, parameter: str) -> list[Any]:
    """Return every row of the town that a parameter can mean."""
    groups = town.groups.values()
    known: dict[str, list[UUID]] = {
        "unit_id": list(town.provider_of),
        "provider_id": list(town.organiser_of),
        "organiser_id": list(dict.fromkeys(town.organiser_of.values())),
        "group_id": list(town.groups),
        "person_id": list(town.persons),
        "person_ids": list(town.persons),
        "placement_id": [each for group in groups for each in group.placed],
        "decision_id": [each for group in groups for each in group.decisions],
        "request_id": [group.request for group in groups],
    }
    return known[parameter]


def texts(town: Drawn) -> list[str]:
    """Return what somebody could search for: every name and number there is."""
    return [text for each in town.persons.values() for text in each.texts]


def answer(query: Query, actor: Actor, subject: UUID | None, text: str, right: Permission) -> str:
    """Return what the query says as text, an error by its kind and words; the subject is "?"."""
    arguments: dict[str, Any] = {}
    parameters = inspect.signature(query).parameters
    for name, parameter in parameters.items():
        if name in GIVEN:
            arguments[name] = GIVEN[name]
        elif name == "text":
            arguments[name] = text
        elif name == "permission" and parameter.default is inspect.Parameter.empty:
            arguments[name] = right
    wanted = subject_of(query)
    if wanted:
        many = wanted.endswith("_ids")
        arguments[wanted] = [subject] if many and subject else subject
    try:
        return repr(query(actor=actor, **arguments))
    except (NotFoundError, NotAllowedError) as error:
        return f"{type(error).__name__}: {error}"
