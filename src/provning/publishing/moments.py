"""Moments and days as SS 12000 writes them, and reading them from a filter."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_datetime

STOCKHOLM = ZoneInfo("Europe/Stockholm")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
LOST_PLUS = re.compile(r"(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?) (\d\d:\d\d)$")
FIRST_YEAR, LAST_YEAR = 1000, 9990


def moment_text(moment: datetime) -> str:
    """Write a moment in UTC, to the microsecond, so that it can be asked for again."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_moment(text: str) -> datetime | None:
    """Read an RFC 3339 moment; without an offset it is Swedish time. None when it is none.

    A plus sign that was sent as it is arrives as a space, and is taken for what it was.
    """
    try:
        found = parse_datetime(LOST_PLUS.sub(r"\1+\2", text.strip()))
    except ValueError:
        return None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=STOCKHOLM)
    return aware.astimezone(UTC)


def read_day(text: str) -> date | None:
    """Read a day written 2026-11-24, None when it is none."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def start_of(day: date) -> datetime:
    """Return the first moment of a day in Sweden."""
    return datetime.combine(day, time.min, STOCKHOLM).astimezone(UTC)


def day_after(day: date) -> date:
    """Return the next day."""
    return day + timedelta(days=1)


def swedish_day(moment: datetime) -> date:
    """Return the day in Sweden at a moment."""
    return moment.astimezone(STOCKHOLM).date()
