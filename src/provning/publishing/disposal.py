"""Which of the clients' reports have come to their day."""

from datetime import UTC, date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from provning.kernel.disposal import Disposable
from provning.publishing.models import ClientReport


def reports_to_dispose(before: date) -> list[Disposable]:
    """Return the reports that came before the day, the oldest first; one query."""
    return [
        Disposable(str(each.pk), "Loggpost från API-klient", timezone.localtime(each.at).date())
        for each in old_reports(before).order_by("at", "pk")
    ]


def old_reports(before: date) -> QuerySet[ClientReport]:
    """Return the reports that came before the day."""
    limit = timezone.make_aware(datetime.combine(before, datetime.min.time())).astimezone(UTC)
    return ClientReport.objects.filter(at__lt=limit)
