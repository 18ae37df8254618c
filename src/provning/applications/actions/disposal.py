"""Disposal of requests that have come to their end."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.accounts.policies import require
from provning.applications.disposal import closed_before
from provning.kernel.actors import Actor, Permission


@transaction.atomic
def dispose_requests(*, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]) -> int:
    """Remove those of the requests that were closed before the day; returns how many.

    Part of a run of disposal, which tells the trail.
    """
    require(actor, Permission.DISPOSE)
    chosen = closed_before(organiser_id, before).filter(pk__in=list(keys))
    _count, by_model = chosen.delete()
    return by_model.get("applications.RegistrationRequest", 0)
