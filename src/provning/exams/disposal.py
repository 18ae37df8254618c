"""Which words about a prövning without a grade have stood so long that they may go."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from provning.exams.models import Placement
from provning.kernel.disposal import Disposable


def outcome_reasons_to_dispose(organiser_id: UUID, before: date) -> list[Disposable]:
    """Return the placements whose words may go, the oldest first; one query."""
    chosen = with_old_reason(organiser_id, before).select_related("group")
    return [
        Disposable(
            str(placement.id),
            f"Skäl till utfallet ”{Placement.Outcome(placement.outcome).label}” i"
            f" {placement.group.name}",
            placement.exam_date,
        )
        for placement in chosen.order_by("exam_date", "id")
    ]


def with_old_reason(organiser_id: UUID, before: date) -> QuerySet[Placement]:
    """Return the placements without a grade, with words, whose exam was before the day."""
    return Placement.objects.exclude(outcome=Placement.Outcome.PENDING).filter(
        group__unit__provider__organiser_id=organiser_id,
        outcome_reason__gt="",
        exam_date__lt=before,
    )
