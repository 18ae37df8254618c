"""The only place that asks what day it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def today() -> date:
    """Return today in Sweden, or the day that `PROVNING_TODAY` has set for a demo or a test."""
    fixed: str = settings.TODAY
    return date.fromisoformat(fixed) if fixed else datetime.now(STOCKHOLM).date()
