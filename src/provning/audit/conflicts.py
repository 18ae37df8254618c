"""Telling people about lost races: who was first, when, and what they did."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from provning.audit.models import AuditEvent
from provning.audit.registry import event_name, is_registered
from provning.kernel.problems import ConflictError, Problem


def refuse_if_changed(kind: str, key: object, *, version: int, expected: int) -> None:
    """Raise `ConflictError`, naming the latest change of the thing, unless the versions agree."""
    if version != expected:
        raise changed_meanwhile(kind, key)


def version_of(kind: str, key: object, names: Iterable[str], holding: str = "") -> int:
    """Return a thing's version as the trail counts: its latest event of the names, 0 for none.

    `holding` narrows it to events whose facts hold the text, for what is one of many under a thing.
    """
    latest = _told(kind, key, names, holding).values_list("number", flat=True).first()
    return latest or 0


def refuse_if_newer(
    kind: str, key: object, names: Iterable[str], *, expected: int | None, holding: str = ""
) -> None:
    """Raise `ConflictError`, naming the latest change, unless it is the one that was seen.

    None asks nothing: the caller has seen no older state.
    """
    latest = _told(kind, key, names, holding).first() if expected is not None else None
    if latest is not None and latest.number != expected:
        raise ConflictError([_problem(latest)])


def changed_meanwhile(kind: str, key: object) -> ConflictError:
    """Return the error that says who changed the thing last, when and what was done."""
    events = AuditEvent.objects.filter(links__kind=kind, links__key=str(key))
    return ConflictError([_problem(events.order_by("-number").first())])


def moment_text(moment: datetime) -> str:
    """Return a moment as a conflict tells it: 2026-11-24 kl. 15.08, Swedish time."""
    return f"{timezone.localtime(moment):%Y-%m-%d kl. %H.%M}"


@contextmanager
def refused_as(problem: Problem, said: Mapping[str, Problem] | None = None) -> Iterator[None]:
    """Run a write that the database may refuse because somebody else was first.

    A broken constraint undoes this write alone and becomes `ConflictError` with the problem, or
    with the one in `said` whose guard's message the database gives.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        told = (each for message, each in (said or {}).items() if message in str(error))
        raise ConflictError([next(told, problem)]) from error


def _told(kind: str, key: object, names: Iterable[str], holding: str) -> QuerySet[AuditEvent]:
    events = AuditEvent.objects.filter(links__kind=kind, links__key=str(key), name__in=list(names))
    return events.filter(after__contains=holding).order_by("-number")


def _problem(event: AuditEvent | None) -> Problem:
    if event is None:
        message = "Uppgifterna har ändrats sedan du öppnade sidan. Ladda om den och försök igen."
        return Problem("changed-meanwhile-unknown", "", message)
    message = (
        "{who} ändrade uppgifterna {when} ({what}). Ladda om sidan, läs ändringen och gör sedan"
        " din ändring igen."
    )
    what = _what(event)
    params = {"who": event.actor_name, "when": moment_text(event.recorded_at), "what": what}
    return Problem("changed-meanwhile", "", message, params=params)


def _what(event: AuditEvent) -> str:
    if not is_registered(event.name):
        return event.name
    facts = _Facts(json.loads(event.before or "{}") | json.loads(event.after or "{}"))
    return event_name(event.name).sentence.format_map(facts).rstrip(".")


class _Facts(dict[str, object]):
    """Facts to fill a sentence from; one that is not there shows as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"
