"""Disposal of the words about why a prövning gave no grade; the outcome itself stays."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F

from provning.accounts.policies import require
from provning.exams.disposal import with_old_reason
from provning.exams.models import Placement
from provning.kernel.actors import Actor, Permission


@transaction.atomic
def dispose_outcome_reasons(
    *, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]
) -> int:
    """Empty the words of those placements whose exam was before the day; returns how many.

    Part of a run of disposal, which tells the trail.
    """
    require(actor, Permission.DISPOSE)
    chosen = with_old_reason(organiser_id, before).filter(pk__in=list(keys))
    ids = list(chosen.values_list("pk", flat=True))
    return Placement.objects.filter(pk__in=ids).update(outcome_reason="", version=F("version") + 1)
