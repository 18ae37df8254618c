"""Removing a comparison before its time, and telling the trail that an answer was taken out."""

from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.comparisons import events
from provning.comparisons.actions.holding import held_comparison
from provning.kernel.actors import Actor


@transaction.atomic
def remove_comparison(*, actor: Actor, comparison_id: UUID, today: date) -> None:
    """Remove a comparison of the actor's with its files and its answer."""
    comparison = held_comparison(actor, comparison_id, today)
    record(
        events.COMPARISON_REMOVED,
        actor=actor,
        subjects=[("comparison", comparison.id), ("provider", comparison.provider_id)],
    )
    comparison.delete()


@transaction.atomic
def note_fetched(*, actor: Actor, comparison_id: UUID, form: str, rows: int, today: date) -> None:
    """Tell the trail that the actor took out an answer as a file."""
    comparison = held_comparison(actor, comparison_id, today)
    record(
        events.COMPARISON_FETCHED,
        actor=actor,
        subjects=[("comparison", comparison.id), ("provider", comparison.provider_id)],
        after={"format": form, "rows": rows},
    )
