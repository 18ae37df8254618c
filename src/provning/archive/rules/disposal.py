"""When something may go, and what a run of disposal asks for: pure."""

from calendar import monthrange
from datetime import date, timedelta

from provning.kernel.problems import Problem

POLICY = "Policy"
MONTHS = 12


def months_before(today: date, months: int) -> date:
    """Return the day so many months before; the last of a month where the month is shorter."""
    year, month = divmod(today.year * MONTHS + today.month - 1 - months, MONTHS)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def days_before(today: date, days: int) -> date:
    """Return the day so many days before."""
    return today - timedelta(days=days)


def seen_problems(seen: str, now: str) -> list[Problem]:
    """Refuse a run over other rows than those that were shown."""
    if seen == now:
        return []
    message = (
        "Det som ska gallras har ändrats sedan du öppnade sidan. Läs listan nedan igen och gallra"
        " sedan."
    )
    return [Problem("disposal-changed", "", message, POLICY)]


def nothing_to_dispose() -> Problem:
    """Say that nothing has come to its day."""
    message = "Ingenting har nått sin gallringsdag. Det finns inget att gallra."
    return Problem("disposal-nothing", "", message, POLICY)


def form_used() -> Problem:
    """Say that a form was sent again for another organiser."""
    message = "Formuläret har redan skickats. Ladda om sidan och läs vad som gallrades."
    return Problem("disposal-form-used", "", message, POLICY)
