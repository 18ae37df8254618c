"""Jobs of the reporting, run by a worker."""

from datetime import date
from uuid import UUID

from django_tasks import task

from provning.reporting.actions import run_report_order


@task()
def make_ordered_extract(order_id: str, today: str) -> None:
    """Make an ordered extract; `today` is the ISO date on which it was ordered."""
    run_report_order(order_id=UUID(order_id), today=date.fromisoformat(today))
