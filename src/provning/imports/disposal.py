"""Which imports ended since so long that file and rows may go."""

from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from provning.imports.models import StagedImport
from provning.imports.states import FINISHED
from provning.kernel.disposal import Disposable


def imports_to_dispose(organiser_id: UUID, before: date) -> list[Disposable]:
    """Return the imports that may go, the oldest first; one query."""
    return [
        Disposable(
            str(each.id),
            "Inläst fil med sina rader",
            timezone.localtime(each.finished_at or each.progress_at).date(),
        )
        for each in old_imports(organiser_id, before).order_by("progress_at", "id")
    ]


def old_imports(organiser_id: UUID, before: date) -> QuerySet[StagedImport]:
    """Return the imports that ended before the day, or that nobody has touched since before it."""
    limit = timezone.make_aware(datetime.combine(before, datetime.min.time())).astimezone(UTC)
    ended = Q(status__in=FINISHED, finished_at__lt=limit)
    forgotten = Q(finished_at__isnull=True, progress_at__lt=limit)
    return StagedImport.objects.filter(ended | forgotten, organiser_id=organiser_id)
