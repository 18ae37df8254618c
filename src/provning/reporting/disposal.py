"""Which orders of extracts for authorities are finished since so long that they may go."""

from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from provning.kernel.disposal import Disposable
from provning.reporting.models import ReportOrder


def report_orders_to_dispose(organiser_id: UUID, before: date) -> list[Disposable]:
    """Return the finished orders that may go, the oldest first; one query."""
    return [
        Disposable(
            str(order.id),
            "Beställning av underlag till myndighet",
            timezone.localtime(order.finished_at or order.ordered_at).date(),
        )
        for order in finished_before(organiser_id, before).order_by("finished_at", "id")
    ]


def finished_before(organiser_id: UUID, before: date) -> QuerySet[ReportOrder]:
    """Return the orders that came to their end before the day."""
    limit = timezone.make_aware(datetime.combine(before, datetime.min.time()))
    return ReportOrder.objects.filter(
        organiser_id=organiser_id,
        status__in=(ReportOrder.Status.DONE, ReportOrder.Status.REFUSED),
        finished_at__lt=limit.astimezone(UTC),
    )
