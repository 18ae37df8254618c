"""Which typed grades will never be decided and have lain so long that they may go."""

from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from provning.exams.models import Placement
from provning.grading.models import GradeDraft
from provning.kernel.disposal import Disposable


def drafts_to_dispose(organiser_id: UUID, before: date) -> list[Disposable]:
    """Return the drafts that may go, the oldest first; one query."""
    chosen = stale_drafts(organiser_id, before).select_related("placement__group")
    return [
        Disposable(
            str(draft.pk),
            f"Betygsutkast i {draft.placement.group.name}",
            timezone.localtime(draft.typed_at).date(),
        )
        for draft in chosen.order_by("typed_at", "pk")
    ]


def stale_drafts(organiser_id: UUID, before: date) -> QuerySet[GradeDraft]:
    """Return the drafts of placements that give no grade, typed before the day."""
    limit = timezone.make_aware(datetime.combine(before, datetime.min.time()))
    return GradeDraft.objects.filter(
        ~Q(placement__outcome=Placement.Outcome.PENDING)
        | Q(placement__superseded_by__isnull=False),
        placement__group__unit__provider__organiser_id=organiser_id,
        typed_at__lt=limit.astimezone(UTC),
    )
