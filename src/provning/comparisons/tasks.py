"""Jobs of the comparisons, run by a worker."""

from datetime import date
from uuid import UUID

from django_tasks import task

from provning.comparisons.actions import remove_expired, run_comparison


@task()
def run_asked_comparison(comparison_id: str, today: str) -> None:
    """Compare; `today` is the ISO date on which it was asked for."""
    run_comparison(comparison_id=UUID(comparison_id), today=date.fromisoformat(today))


@task()
def remove_what_expired(day: str) -> None:
    """Remove every comparison that nobody can read any more on the day, an ISO date."""
    remove_expired(day=date.fromisoformat(day))
