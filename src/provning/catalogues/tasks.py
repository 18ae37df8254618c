"""Jobs of the catalogues, run by a worker."""

from datetime import date
from uuid import UUID

from django_tasks import task

from provning.catalogues.actions import run_catalogue_order


@task()
def make_ordered_catalogue(order_id: str, today: str) -> None:
    """Make an ordered catalogue; `today` is the ISO date on which it was ordered."""
    run_catalogue_order(order_id=UUID(order_id), today=date.fromisoformat(today))
