"""Disposal of finished orders; what they made stays."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.accounts.policies import require
from provning.catalogues.disposal import finished_before, signings_finished_before
from provning.kernel.actors import Actor, Permission


@transaction.atomic
def dispose_orders(*, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]) -> int:
    """Remove those of the orders that were finished before the day; returns how many.

    Part of a run of disposal, which tells the trail.
    """
    require(actor, Permission.DISPOSE)
    chosen = finished_before(organiser_id, before).filter(pk__in=list(keys))
    _count, by_model = chosen.delete()
    return by_model.get("catalogues.CatalogueOrder", 0)


@transaction.atomic
def dispose_signing_orders(
    *, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]
) -> int:
    """Remove those of the orders of a signature that were finished before the day.

    Returns how many. Part of a run of disposal, which tells the trail.
    """
    require(actor, Permission.DISPOSE)
    chosen = signings_finished_before(organiser_id, before).filter(pk__in=list(keys))
    _count, by_model = chosen.delete()
    return by_model.get("catalogues.SigningOrder", 0)
