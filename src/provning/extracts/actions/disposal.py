"""Disposal of finished orders with the lines of their persons; what they issued stays."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.accounts.policies import require
from provning.extracts.disposal import finished_before
from provning.extracts.models import ExtractOrder, ExtractOrderLine
from provning.kernel.actors import Actor, Permission


@transaction.atomic
def dispose_extract_orders(
    *, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]
) -> int:
    """Remove those of the orders that were finished before the day; returns how many.

    Part of a run of disposal, which tells the trail.
    """
    require(actor, Permission.DISPOSE)
    chosen = finished_before(organiser_id, before).filter(pk__in=list(keys))
    ids = list(chosen.values_list("pk", flat=True))
    ExtractOrderLine.objects.filter(order__in=ids).delete()
    _count, by_model = ExtractOrder.objects.filter(pk__in=ids).delete()
    return by_model.get("extracts.ExtractOrder", 0)
