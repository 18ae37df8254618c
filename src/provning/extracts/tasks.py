"""Jobs of the extracts, run by a worker."""

from datetime import date
from uuid import UUID

from django_tasks import task

from provning.extracts.actions import run_extract_order


@task()
def issue_ordered_extracts(order_id: str, today: str) -> None:
    """Issue ordered extracts; `today` is the ISO date on which they were ordered."""
    run_extract_order(order_id=UUID(order_id), today=date.fromisoformat(today))
