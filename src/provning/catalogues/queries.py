"""Reading catalogues, their documents, orders and what is to be printed, within scope."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from provning.catalogues.models import CatalogueOrder, GradeCatalogue
from provning.catalogues.policies import may_see_protected
from provning.catalogues.rows import CatalogueDocument, CatalogueRow, OrderRow, ToPrintRow
from provning.catalogues.rules import is_preliminary
from provning.exams.models import Placement
from provning.grading.models import GradeDecision
from provning.grading.queries.decisions import VALID_DECISION
from provning.kernel.actors import Actor, Permission
from provning.kernel.identity import parse_identity_number
from provning.kernel.problems import NotFoundError
from provning.kernel.swedish import sort_key
from provning.kernel.terms import Season, Term
from provning.organisation.models import TermCalendar
from provning.organisation.queries import UnitRow, unit_for, unit_scope
from provning.people.models import Person, PersonNumber

Place = tuple[UUID, int, str]
"""Unit, year and season."""


class DamagedDocumentError(Exception):
    """A stored document's bytes no longer have the digest they were stored under."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How many decisions there are in a place and when the newest one came."""

    decisions: int
    newest: datetime


def catalogues_for(actor: Actor, *, unit_id: UUID, term: Term) -> list[CatalogueRow]:
    """Return every version of the unit's catalogue in the term, the newest first.

    The protected part is listed only for those who may read it. Raises `NotFoundError` when the
    unit is out of scope.
    """
    unit = unit_for(actor, unit_id, Permission.VIEW_CATALOGUES)
    catalogues = GradeCatalogue.objects.filter(unit_id=unit_id, year=term.year, season=term.season)
    if not may_see_protected(actor, unit):
        catalogues = catalogues.exclude(part=GradeCatalogue.Part.PROTECTED)
    found = list(catalogues.defer("content").order_by("preliminary", "-version", "part"))
    newest: dict[tuple[str, bool], int] = {}
    for each in found:
        newest.setdefault((each.part, each.preliminary), each.version)
    return [_row(each, unit, newest[each.part, each.preliminary]) for each in found]


def catalogue_document(actor: Actor, catalogue_id: UUID) -> CatalogueDocument:
    """Return a catalogue's document.

    Raises `NotFoundError` when it is out of scope, or when it speaks of a protected person and the
    actor may not see them: also of one who has been protected since the document was made. Raises
    `DamagedDocumentError` when the bytes are not those that were stored.
    """
    scope = unit_scope(actor, Permission.VIEW_CATALOGUES)
    catalogues = GradeCatalogue.objects.filter(scope, pk=catalogue_id)
    catalogue = catalogues.select_related("stored").first()
    if catalogue is None:
        raise NotFoundError("grade_catalogue")
    unit = unit_for(actor, catalogue.unit_id, Permission.VIEW_CATALOGUES)
    if not may_see_protected(actor, unit) and _speaks_of_protected(catalogue):
        raise NotFoundError("grade_catalogue")
    content = bytes(catalogue.stored.content)
    digest = hashlib.sha256(content).hexdigest()
    if digest != catalogue.stored_id:
        raise DamagedDocumentError(catalogue.document_id)
    name = f"betygskatalog-{catalogue.document_id}.pdf"
    return CatalogueDocument(name, catalogue.stored.media_type, content, digest)


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


def order_for(actor: Actor, order_id: UUID) -> OrderRow:
    """Return one order; raises `NotFoundError` when it is out of scope."""
    order = _orders(actor).filter(pk=order_id).first()
    if order is None:
        raise NotFoundError("catalogue_order")
    return order_row(order)


def latest_order(actor: Actor, *, unit_id: UUID, term: Term) -> OrderRow | None:
    """Return the unit's latest order for the term, so that its state survives a reload."""
    orders = _orders(actor).filter(unit_id=unit_id, year=term.year, season=term.season)
    order = orders.order_by("-ordered_at").first()
    return order_row(order) if order else None


def order_row(order: CatalogueOrder) -> OrderRow:
    """Return an order fetched with its unit."""
    return OrderRow(
        id=order.id,
        unit_id=order.unit_id,
        unit_name=order.unit.name,
        term=Term(order.year, Season(order.season)),
        status=order.status,
        status_label=str(CatalogueOrder.Status(order.status).label),
        message=order.message,
        ordered_at=order.ordered_at,
        ordered_by_name=order.ordered_by_name,
        finished_at=order.finished_at,
    )


def _orders(actor: Actor) -> QuerySet[CatalogueOrder]:
    """Return the orders in scope."""
    scope = unit_scope(actor, Permission.VIEW_CATALOGUES)
    return CatalogueOrder.objects.filter(scope).select_related("unit")


def _row(catalogue: GradeCatalogue, unit: UnitRow, newest: int) -> CatalogueRow:
    """Return a stored version as it is listed."""
    return CatalogueRow(
        id=catalogue.id,
        unit_id=unit.id,
        unit_name=unit.name,
        term=Term(catalogue.year, Season(catalogue.season)),
        part=catalogue.part,
        part_label=str(GradeCatalogue.Part(catalogue.part).label),
        version=catalogue.version,
        preliminary=catalogue.preliminary,
        document_id=catalogue.document_id,
        sha256=catalogue.stored_id,
        decisions=catalogue.decisions,
        pages=catalogue.pages,
        made_at=catalogue.made_at,
        made_by_name=catalogue.made_by_name,
        latest=catalogue.version == newest,
    )


def _speaks_of_protected(catalogue: GradeCatalogue) -> bool:
    """Say whether the document names somebody who is protected, now or when it was made."""
    if catalogue.part == GradeCatalogue.Part.PROTECTED:
        return True
    placed = Placement.objects.filter(
        group__unit_id=catalogue.unit_id,
        group__year=catalogue.year,
        group__season=catalogue.season,
    ).exclude(person__protection=Person.Protection.NONE)
    # Who becomes protected may get a new number: the document has the one of its day.
    numbers = PersonNumber.objects.filter(person__in=placed.values("person_id"))
    shown = {
        parse_identity_number(number, today=date.max).display
        for number in numbers.values_list("number", flat=True)
    }
    return any(number in catalogue.content for number in shown)


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
