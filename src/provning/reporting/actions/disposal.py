"""Disposal of finished orders of extracts for authorities; what they made stays."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.accounts.policies import require
from provning.kernel.actors import Actor, Permission
from provning.reporting.disposal import finished_before


@transaction.atomic
def dispose_report_orders(
    *, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]
) -> int:
    """Remove those of the orders that were finished before the day; returns how many.

    Part of a run of disposal, which tells the trail.
    """
    require(actor, Permission.DISPOSE)
    count, _by_model = finished_before(organiser_id, before).filter(pk__in=list(keys)).delete()
    return count
