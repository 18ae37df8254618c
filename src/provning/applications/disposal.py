"""Which requests have been closed so long that they may go."""

from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from provning.applications.models import RegistrationRequest
from provning.kernel.disposal import Disposable

Status = RegistrationRequest.Status
CLOSED = (Status.DONE, Status.REFUSED, Status.WITHDRAWN)


def requests_to_dispose(organiser_id: UUID, before: date) -> list[Disposable]:
    """Return the closed requests of the organiser's units, the oldest first; one query."""
    chosen = closed_before(organiser_id, before).select_related("group")
    return [
        Disposable(
            str(request.id),
            f"Begäran till {request.group.name}, {Status(request.status).label}",
            timezone.localtime(request.handled_at or request.sent_at).date(),
        )
        for request in chosen.order_by("sent_at", "id")
    ]


def closed_before(organiser_id: UUID, before: date) -> QuerySet[RegistrationRequest]:
    """Return the requests that were closed before the day, in Swedish time."""
    limit = timezone.make_aware(datetime.combine(before, datetime.min.time()))
    return RegistrationRequest.objects.annotate(closed_at=Coalesce("handled_at", "sent_at")).filter(
        group__unit__provider__organiser_id=organiser_id,
        status__in=CLOSED,
        closed_at__lt=limit.astimezone(UTC),
    )
