"""Until when a grade is registered in time."""

from datetime import date, timedelta


def last_day_in_time(exam_date: date, days: int) -> date:
    """Return the last day on which the grade is registered in time, that day included."""
    return exam_date + timedelta(days=days)
