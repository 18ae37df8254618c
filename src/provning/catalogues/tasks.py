"""Jobs of the catalogues, run by a worker."""

from datetime import date
from uuid import UUID

from django_tasks import task

from provning.catalogues.actions import (
    SEALER,
    check_signatures,
    run_catalogue_order,
    run_signing_order,
)


@task()
def make_ordered_catalogue(order_id: str, today: str) -> None:
    """Make an ordered catalogue; `today` is the ISO date on which it was ordered."""
    run_catalogue_order(order_id=UUID(order_id), today=date.fromisoformat(today))


@task()
def sign_ordered_catalogue(order_id: str, today: str) -> None:
    """Give an electronic signature; `today` is the ISO date on which it was asked for."""
    run_signing_order(order_id=UUID(order_id), today=date.fromisoformat(today))


@task()
def seal_and_check_signatures(catalogue_id: str) -> None:
    """Seal a version's signed file when everybody has signed, and verify it."""
    check_signatures(actor=SEALER, catalogue_id=UUID(catalogue_id))
