"""What stands against a comparison; pure."""

from datetime import date, datetime, timedelta
from typing import Final

from provning.kernel.problems import Problem

POLICY = "Policy"
STALLED_AFTER: Final = timedelta(minutes=5)
KEPT_DAYS: Final = 7
"""How long an answer can be read; the files are removed as soon as they have been compared."""


def expiry(today: date) -> date:
    """Return the first day on which nobody can read what is asked for today."""
    return today + timedelta(days=KEPT_DAYS)


def is_stalled(progress_at: datetime, now: datetime) -> bool:
    """Say whether a job that has said nothing for so long has died."""
    return now - progress_at > STALLED_AFTER


def form_used() -> Problem:
    """Say that a form was sent again by somebody else."""
    message = "Formuläret har redan skickats. Ladda om sidan och välj filerna igen."
    return Problem("comparison-form-used", "", message, POLICY)


def not_now() -> Problem:
    """Say that somebody, or a job, was first."""
    message = "Avstämningen är redan på väg eller klar. Ladda om sidan."
    return Problem("comparison-not-now", "", message, POLICY)


def went_wrong() -> Problem:
    """Say that the program failed, and that nothing was lost."""
    message = "Något gick fel. Försök igen, och kontakta supporten annars."
    return Problem("comparison-failed", "", message, POLICY)


def rights_lost() -> Problem:
    """Say that who asked may no longer see what was to be compared."""
    message = "Din behörighet räcker inte längre för avstämningen."
    return Problem("comparison-rights", "", message, POLICY)


def hidden_persons(count: int) -> Problem:
    """Say that protected persons are not among the placements."""
    message = (
        "{count} placeringar gäller personer med skyddade uppgifter som du inte får se. De är inte"
        " med; deras betyg i filen visas som betyg utan placering."
    )
    return Problem("comparison-hidden", "", message, POLICY, {"count": count})


def column_unknown(name: str) -> Problem:
    """Refuse a column that is matched to something that is not read."""
    message = "”{name}” är ingen kolumn som läses. Välj ett av förslagen."
    return Problem("comparison-column-unknown", "columns", message, POLICY, {"name": name})
