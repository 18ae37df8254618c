"""Which sign-ins have run out and may go."""

import hashlib
from datetime import UTC, date, datetime

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from provning.kernel.disposal import Disposable


def sessions_to_dispose(before: date) -> list[Disposable]:
    """Return the sign-ins that ran out before the day, the oldest first; one query."""
    return [
        Disposable(
            session_code(session.pk),
            "Utgången inloggning",
            timezone.localtime(session.expire_date).date(),
        )
        for session in expired_sessions(before).order_by("expire_date", "pk")
    ]


def expired_sessions(before: date) -> QuerySet[Session]:
    """Return the sign-ins that ran out before the day; one that still holds never is among them."""
    limit = timezone.make_aware(datetime.combine(before, datetime.min.time())).astimezone(UTC)
    expired = Session.objects.filter(expire_date__lt=min(limit, timezone.now()))
    return expired.defer("session_data")


def session_code(key: str) -> str:
    """Return what tells a session by; the key itself signs its owner in and is shown to nobody."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]
