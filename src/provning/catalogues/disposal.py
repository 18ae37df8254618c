"""Which orders of catalogues and signatures are finished since so long that they may go."""

from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from provning.catalogues.models import CatalogueOrder, SigningOrder
from provning.kernel.disposal import Disposable
from provning.kernel.terms import Season, Term

Status = CatalogueOrder.Status


def orders_to_dispose(organiser_id: UUID, before: date) -> list[Disposable]:
    """Return the finished orders that may go, the oldest first; one query."""
    chosen = finished_before(organiser_id, before).select_related("unit")
    return [
        Disposable(
            str(order.id),
            f"Beställning av betygskatalog, {order.unit.name}"
            f" {Term(order.year, Season(order.season)).label}",
            timezone.localtime(order.finished_at or order.ordered_at).date(),
        )
        for order in chosen.order_by("finished_at", "id")
    ]


def finished_before(organiser_id: UUID, before: date) -> QuerySet[CatalogueOrder]:
    """Return the orders that came to their end before the day."""
    limit = timezone.make_aware(datetime.combine(before, datetime.min.time()))
    return CatalogueOrder.objects.filter(
        unit__provider__organiser_id=organiser_id,
        status__in=(Status.DONE, Status.FAILED),
        finished_at__lt=limit.astimezone(UTC),
    )


def signing_orders_to_dispose(organiser_id: UUID, before: date) -> list[Disposable]:
    """Return the finished orders of a signature that may go, the oldest first; one query."""
    chosen = signings_finished_before(organiser_id, before).select_related("catalogue")
    return [
        Disposable(
            str(order.id),
            f"Beställning av elektronisk underskrift, {order.catalogue.document_id}",
            timezone.localtime(order.finished_at or order.ordered_at).date(),
        )
        for order in chosen.defer("catalogue__content").order_by("finished_at", "id")
    ]


def signings_finished_before(organiser_id: UUID, before: date) -> QuerySet[SigningOrder]:
    """Return the orders of a signature that came to their end before the day."""
    limit = timezone.make_aware(datetime.combine(before, datetime.min.time()))
    return SigningOrder.objects.filter(
        catalogue__unit__provider__organiser_id=organiser_id,
        status__in=(SigningOrder.Status.DONE, SigningOrder.Status.FAILED),
        finished_at__lt=limit.astimezone(UTC),
    )
