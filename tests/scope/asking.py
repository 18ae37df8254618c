"""Finding the queries, asking them with whatever a town has, and saying what came back."""

import importlib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import provning
from provning.archive.rules.periods import Period
from provning.audit.search import Wanted
from provning.feeds.actions import Handing
from provning.feeds.rules import feed_interval
from provning.imports.kinds import persons
from provning.kernel.actors import Actor, Permission, system_actor
from provning.kernel.problems import (
    NotAllowedError,
    NotFoundError,
    NotOpenedError,
    ProblemsFoundError,
)
from provning.organisation.trail import search_trail
from provning.reporting.layout import Target
from provning.reporting.queries import (
    control_index,
    control_list,
    control_rows,
    findings_now,
)
from provning.web.accounts.reach import places_of
from provning.web.trail.words import changes, said, told_in_full
from tests.grading import world
from tests.scope.drawn import Drawn

ROOMS = Path(provning.__file__).parent
BOUNDARIES = {"web", "api", "cli", "config"}
NO_READING = {"actions", "policies", "rules", "tasks", "migrations", "queries"}
"""What is no reading, and the queries, which their room says itself which are public."""
ALWAYS = {"text", "places"}
"""What is given also where the query has a default."""
NOBODY = UUID(int=7)
Query = Callable[..., Any]
# Later than anything that is decided, since a file says what stood when it was asked for.
NOW = datetime(2100, 1, 1, 9, 0, tzinfo=UTC)
GIVEN = {
    "today": world.TODAY,
    "on": world.TODAY,
    "day": world.TODAY,
    "now": NOW,
    "term": world.HT26,
    "from_term": world.HT26,
    "limit": 50,
    "target": Target.SCB,
    "kind": persons.KIND,
    "decision_ids": (),
    "english": False,
    "school_type": "",
    "handing": Handing("Skolplattformen", "betyg.xml"),
    "protected_at": (),
    "start": "2000-01-01",
    "end": "2100-01-01",
    "interval": feed_interval("2000-01-01", "2100-01-01"),
    "wanted": Wanted(),
    "period": Period(world.HT26.year, world.HT26.season),
}


def queries() -> dict[str, Query]:
    """Return everything public that takes an actor and reads, by room and name."""
    rooms = [each.name for each in ROOMS.iterdir() if list(each.glob("queries*"))]
    found = {name: query for room in rooms for name, query in _of_room(room)}
    return (
        found
        | dict(_beside())
        | {
            "web.trail": trail,
            "web.control_rows": control,
            "web.control_page": control_page,
        }
    )


def trail(actor: Actor) -> list[object]:
    """Return the trail as its screen tells it."""
    rows = search_trail(actor, Wanted()).page(50, None)
    whole = told_in_full(actor, rows)
    return [(said(row, whole), changes(row, whole)) for row in rows]


def control(actor: Actor, organiser_id: UUID) -> list[Any]:
    """Return the control list as its screen tells it: the problem, and whom it is about."""
    asked: dict[str, Any] = {"target": Target.SCB, "term": world.HT26, "today": world.TODAY}
    found = control_list(actor, organiser_id=organiser_id, **asked)
    rows = control_rows(actor, found.findings)
    return [(row.finding.problem, row.person) for row in rows]


def control_page(actor: Actor, organiser_id: UUID) -> list[Any]:
    """Return a page of everybody's control list, as whoever had its entries would be told it."""
    asked: dict[str, Any] = {"target": Target.SCB, "term": world.HT26, "today": world.TODAY}
    asked["organiser_id"] = organiser_id
    entries = control_index(system_actor("Alla", "all"), now=NOW, **asked).entries
    rows = control_rows(actor, findings_now(actor, entries, **asked))
    return [(row.finding.problem, row.person) for row in rows]


def _of_room(room: str) -> Iterator[tuple[str, Query]]:
    module = importlib.import_module(f"provning.{room}.queries")
    named = getattr(module, "__all__", ())
    for name, found in inspect.getmembers(module, inspect.isfunction):
        own = found.__module__.startswith(module.__name__) and not name.startswith("_")
        if (own or name in named) and "actor" in inspect.signature(found).parameters:
            yield f"{room}.{name}", found


def _beside() -> Iterator[tuple[str, Query]]:
    """Give what reads for an actor without standing in a room's `queries`."""
    for path in sorted(ROOMS.rglob("*.py")):
        parts = path.relative_to(ROOMS).with_suffix("").parts
        if len(parts) == 1 or parts[0] in BOUNDARIES or NO_READING.intersection(parts):
            continue
        lines = [each for each in parts if each != "__init__"]
        module = importlib.import_module(".".join(("provning", *lines)))
        for name, found in inspect.getmembers(module, inspect.isfunction):
            mine = found.__module__ == module.__name__ and not name.startswith("_")
            if mine and "actor" in inspect.signature(found).parameters:
                yield f"{parts[0]}.{name}", found


def subject_of(query: Query) -> str:
    """Return the parameter that says which row is asked for, "" for a list."""
    parameters = inspect.signature(query).parameters.values()
    must = [each.name for each in parameters if each.default is inspect.Parameter.empty]
    ids = [name for name in must if name.endswith(("_id", "_ids")) and name not in GIVEN]
    return ids[0] if ids and ids[0] != "course_id" else ""


PAPERS = {
    "archive.list_document": "list",
    "catalogues.order_for": "order",
    "catalogues.signing_order_for": "signing",
    "extracts.order_for": "extract_order",
    "extracts.order_lines": "extract_order",
    "extracts.order_documents": "extract_order",
    "reporting.authority_extract_for": "report",
    "reporting.changed_columns": "report",
    "reporting.report_order_for": "report_order",
    "catalogue_id": "record",
    "copy_id": "copy",
    "signature_id": "signature",
    "delivery_id": "delivery",
    "package_id": "package",
    "extract_id": "extract",
    "import_id": "import",
    "comparison_id": "comparison",
    "sent_id": "sent",
    "client_id": "client",
    "user_id": "account",
    "case_id": "case",
}
"""Which kind of thing is asked for, by the query or by its parameter."""


def subjects(town: Drawn, name: str, parameter: str) -> list[Any]:
    """Return every row of the town that a query's parameter can mean."""
    groups = town.groups.values()
    known: dict[str, list[UUID]] = {
        "unit_id": list(town.provider_of),
        "provider_id": list(town.organiser_of),
        "organiser_id": list(dict.fromkeys(town.organiser_of.values())),
        "group_id": list(town.groups),
        "person_id": list(town.persons),
        "person_ids": list(town.persons),
        "placement_id": [each for group in groups for each in group.placed],
        "placement_ids": [each for group in groups for each in group.placed],
        "decision_id": [each for group in groups for each in group.decided],
        "request_id": [group.request for group in groups],
    }
    kind = PAPERS.get(name) or PAPERS.get(parameter)
    return [each.id for each in town.papers if each.kind == kind] if kind else known[parameter]


def texts(town: Drawn) -> list[str]:
    """Return what somebody could search for: every name and number there is."""
    return [text for each in town.persons.values() for text in each.texts]


@dataclass(frozen=True)
class Asking:
    """One query with whoever asks it, the text they search for and the right it is asked for."""

    query: Query
    town: Drawn
    actor: Actor
    text: str
    right: Permission

    def about(self, subject: UUID | None) -> str:
        """Return what the query says as text, an error by its kind and words."""
        try:
            return _written(self.query(actor=self.actor, **self._arguments(subject)))
        except ProblemsFoundError as error:
            return repr(error.problems)
        except (NotFoundError, NotAllowedError, NotOpenedError) as error:
            return f"{type(error).__name__}: {error}"

    def _arguments(self, subject: UUID | None) -> dict[str, Any]:
        own: Mapping[str, Callable[[], Any]] = {
            "text": lambda: self.text,
            "permission": lambda: self.right,
            "places": lambda: places_of(self.actor),
            "course_id": lambda: world.course().pk,
        }
        arguments: dict[str, Any] = {}
        for name, parameter in inspect.signature(self.query).parameters.items():
            if name in GIVEN:
                written = parameter.annotation is str and not isinstance(GIVEN[name], str)
                arguments[name] = str(GIVEN[name]) if written else GIVEN[name]
            elif name in own and (parameter.default is inspect.Parameter.empty or name in ALWAYS):
                arguments[name] = own[name]()
        wanted = subject_of(self.query)
        if wanted:
            many = wanted.endswith("_ids")
            arguments[wanted] = [subject] if many and subject else subject
        return arguments


def _written(found: Any) -> str:
    """Return an answer as text, with the rows of what is read a part at a time."""
    if isinstance(found, Iterator):
        found = list(found)
    elif isinstance(found, Sequence) and not isinstance(found, str | bytes | list | tuple):
        found = list(islice(iter(found), 50))
    if isinstance(found, list) and found and isinstance(found[0], bytes):
        return b"".join(found).decode()
    return repr(found)
