"""Reading which catalogues are to be made, or made again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max

from provning.catalogues.models import GradeCatalogue
from provning.catalogues.rows import ToPrintRow
from provning.catalogues.rules import is_preliminary
from provning.grading.models import GradeDecision
from provning.grading.queries.decisions import VALID_DECISION
from provning.kernel.actors import Actor, Permission
from provning.kernel.swedish import sort_key
from provning.kernel.terms import Season, Term
from provning.organisation.models import TermCalendar
from provning.organisation.queries import unit_scope

Place = tuple[UUID, int, str]
"""Unit, year and season."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How many decisions there are in a place and when the newest one came."""

    decisions: int
    newest: datetime


def catalogues_to_print(actor: Actor, today: date) -> list[ToPrintRow]:
    """Return the units and ended terms whose decisions are not all in the latest catalogue.

    Only where the actor may have it made; the oldest term first. Preliminary ones do not count.
    """
    decided = _decided(actor)
    printed = _printed(actor)
    ends = _ends(decided)
    rows = [
        ToPrintRow(
            unit_id=place[0],
            unit_name=name,
            term=_term(place),
            decisions=stand.decisions,
            printed=printed[place].decisions if place in printed else 0,
        )
        for (place, name), stand in decided.items()
        if not is_preliminary(ends[place], today) and _is_newer(stand, printed.get(place))
    ]
    return sorted(rows, key=lambda row: (row.term, sort_key(row.unit_name)))


def _decided(actor: Actor) -> dict[tuple[Place, str], Stand]:
    """Return the valid decisions where the actor may have catalogues made, by place and unit."""
    prefix = "placement__group"
    counted = (
        GradeDecision.objects.filter(
            unit_scope(actor, Permission.MAKE_CATALOGUES, f"{prefix}__unit"), VALID_DECISION
        )
        .order_by()
        .values_list(
            f"{prefix}__unit_id", f"{prefix}__year", f"{prefix}__season", f"{prefix}__unit__name"
        )
        .annotate(number=Count("pk"), newest=Max("decided_at"))
    )
    return {
        ((unit_id, year, season), name): Stand(number, newest)
        for unit_id, year, season, name, number, newest in counted
    }


def _printed(actor: Actor) -> dict[Place, Stand]:
    """Return what the latest catalogues hold, both parts together, and when they were made."""
    catalogues = GradeCatalogue.objects.filter(
        unit_scope(actor, Permission.MAKE_CATALOGUES), preliminary=False
    ).order_by("version")
    fields = ("unit_id", "year", "season", "part", "decisions", "made_at")
    latest: defaultdict[Place, dict[str, Stand]] = defaultdict(dict)
    for unit_id, year, season, part, decisions, made_at in catalogues.values_list(*fields):
        latest[unit_id, year, season][part] = Stand(decisions, made_at)
    return {place: _together(parts.values()) for place, parts in latest.items()}


def _together(parts: Iterable[Stand]) -> Stand:
    """Add the parts of a catalogue up."""
    stands = list(parts)
    return Stand(sum(each.decisions for each in stands), max(each.newest for each in stands))


def _is_newer(decided: Stand, printed: Stand | None) -> bool:
    """Say whether something has been decided that the latest catalogue does not hold."""
    if printed is None:
        return True
    return decided.newest > printed.newest or decided.decisions != printed.decisions


def _ends(decided: Iterable[tuple[Place, str]]) -> dict[Place, date]:
    """Return the last day of each place's term, by the provider's own calendar where it has one."""
    places = {place for place, _ in decided}
    calendars = TermCalendar.objects.filter(provider__units__in={each[0] for each in places})
    own = {
        (unit_id, year, season): last_day
        for unit_id, year, season, last_day in calendars.values_list(
            "provider__units", "year", "season", "last_day"
        )
    }
    return {place: own.get(place, _term(place).last_day) for place in places}


def _term(place: Place) -> Term:
    """Return the term of a place."""
    return Term(place[1], Season(place[2]))
