"""Disposal of comparisons that nobody can read any more."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.accounts.policies import require
from provning.comparisons.models import Comparison
from provning.kernel.actors import Actor, Permission


@transaction.atomic
def remove_expired(*, day: date) -> int:
    """Remove what nobody can read any more on a day; returns how many comparisons.

    Everybody was told when they asked, and nobody decides anything here: so no actor, no event.
    """
    _count, by_model = Comparison.objects.filter(expires_on__lte=day).delete()
    return by_model.get("comparisons.Comparison", 0)


@transaction.atomic
def dispose_comparisons(
    *, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]
) -> int:
    """Remove those of the comparisons that may go; returns how many.

    Part of a run of disposal, which tells the trail.
    """
    require(actor, Permission.DISPOSE)
    found = Comparison.objects.filter(
        organiser_id=organiser_id, expires_on__lte=before, pk__in=list(keys)
    )
    _count, by_model = found.delete()
    return by_model.get("comparisons.Comparison", 0)
