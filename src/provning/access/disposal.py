"""Which entries of the access log have come to their day."""

from datetime import UTC, date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from provning.access.models import AccessEntry
from provning.kernel.disposal import Disposable


def entries_to_dispose(before: date) -> list[Disposable]:
    """Return the entries made before the day, the oldest first; one query."""
    found = old_entries(before).order_by("at", "pk").values_list("pk", "place", "at")
    return [Disposable(str(key), place, timezone.localtime(at).date()) for key, place, at in found]


def old_entries(before: date) -> QuerySet[AccessEntry]:
    """Return the entries made before the day."""
    midnight = timezone.make_aware(datetime.combine(before, datetime.min.time()))
    return AccessEntry.objects.filter(at__lt=midnight.astimezone(UTC))
