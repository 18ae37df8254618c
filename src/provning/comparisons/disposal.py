"""Which comparisons nobody can read any more."""

from datetime import date
from uuid import UUID

from provning.comparisons.models import Comparison
from provning.kernel.disposal import Disposable


def comparisons_to_dispose(organiser_id: UUID, before: date) -> list[Disposable]:
    """Return the comparisons that expired before the day, the oldest first; one query."""
    found = Comparison.objects.filter(organiser_id=organiser_id, expires_on__lte=before)
    return [
        Disposable(str(each.id), "Avstämning med sitt svar", each.expires_on)
        for each in found.order_by("expires_on", "id")
    ]
