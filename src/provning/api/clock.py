"""The only place in this room that asks what time it is."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today in Sweden, or the day that `PROVNING_TODAY` has set for a demo or a test."""
    fixed: str = settings.TODAY
    return date.fromisoformat(fixed) if fixed else timezone.localdate(now())
