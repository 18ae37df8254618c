"""Disposal of typed grades that will never be decided; a decision is never touched."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.accounts.policies import require
from provning.grading.disposal import stale_drafts
from provning.grading.models import GradeDraft
from provning.kernel.actors import Actor, Permission


@transaction.atomic
def dispose_drafts(*, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]) -> int:
    """Remove those of the stale drafts that were typed before the day; returns how many.

    Part of a run of disposal, which tells the trail.
    """
    require(actor, Permission.DISPOSE)
    chosen = stale_drafts(organiser_id, before).filter(pk__in=list(keys))
    ids = list(chosen.values_list("pk", flat=True))
    _count, by_model = GradeDraft.objects.filter(pk__in=ids).delete()
    return by_model.get("grading.GradeDraft", 0)
