"""Reading ordered catalogues, within scope."""

from uuid import UUID

from django.db.models import QuerySet

from provning.catalogues.models import CatalogueOrder
from provning.catalogues.rows import OrderRow
from provning.catalogues.snapshots import Decider, deciders
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.kernel.terms import Season, Term
from provning.organisation.queries import unit_for, unit_scope


def deciders_for(actor: Actor, *, unit_id: UUID, term: Term) -> list[Decider]:
    """Return whose decisions alone the actor may have a catalogue of; three queries.

    Raises `NotFoundError` where the actor may have none made.
    """
    return deciders(unit_for(actor, unit_id, Permission.MAKE_CATALOGUES).id, term)


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
