"""The interval a feed is asked for: it picks students, and both its ends are included."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from provning.betygxml.rows import Interval

SWEDEN: Final = ZoneInfo("Europe/Stockholm")
# The words of the question, as the contract has them.
FROM, TO, SCHOOL_TYPE = "from", "tom", "schoolType"
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
SETTLED: Final = timedelta(minutes=1)
"""What was decided so shortly ago may still be on its way into the database."""


@dataclass(frozen=True, slots=True)
class FeedInterval:
    """From a moment until before another, in UTC, and how its ends were written, in local time."""

    start: datetime
    before: datetime
    asked: Interval

    def answered(self, now: datetime) -> Interval:
        """Return the interval that an answer made now really answers for.

        What is still to come is not promised: whoever asks again from the end that the answer
        names misses nothing.
        """
        settled = (now - SETTLED).astimezone(SWEDEN).replace(tzinfo=None, second=0, microsecond=0)
        return Interval(self.asked.start, max(self.asked.start, min(self.asked.end, settled)))


def read_end(text: str, *, last: bool) -> tuple[datetime, datetime] | None:
    """Return a written end as local time and as the moment it begins or, for the last, is over.

    A day is whole, a minute is whole: an interval that ends at 08:59 and one that begins at 09:00
    leave nothing between them. None where the text is no moment.
    """
    try:
        return _read(text.strip(), last=last)
    except (ValueError, OverflowError):
        return None


def _read(text: str, *, last: bool) -> tuple[datetime, datetime]:
    """Read one end; raises `ValueError` or `OverflowError` where it is none."""
    written = datetime.fromisoformat(text)
    if written.tzinfo is not None:
        written = written.astimezone(SWEDEN).replace(tzinfo=None)
    step = SECOND if written.second or written.microsecond else MINUTE
    if last and len(text) <= len("2026-01-15"):
        written = datetime.combine(written.date(), time(23, 59))
    end = written.replace(microsecond=0) + (step if last else timedelta())
    # The hour that comes twice in October belongs to the interval both times.
    return written, end.replace(tzinfo=SWEDEN, fold=int(last)).astimezone(UTC)


def asked_for(question: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the ends and the school type of a question, "" for what it lacks."""
    return question.get(FROM, ""), question.get(TO, ""), question.get(SCHOOL_TYPE, "")
