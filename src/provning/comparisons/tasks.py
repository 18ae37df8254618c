"""Jobs of the comparisons, run by a worker."""

from datetime import date
from uuid import UUID

from django_tasks import task

from provning.comparisons.actions import run_comparison


@task()
def run_asked_comparison(comparison_id: str, today: str) -> None:
    """Compare; `today` is the ISO date on which it was asked for."""
    run_comparison(comparison_id=UUID(comparison_id), today=date.fromisoformat(today))
