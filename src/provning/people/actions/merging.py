"""Two rows of one person: one is kept, the other points at it, and nothing moves."""

from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.kernel.actors import Actor
from provning.kernel.problems import refuse_if
from provning.people import events, rules
from provning.people.models import Person
from provning.people.policies import registered_person


@transaction.atomic
def merge_persons(*, actor: Actor, kept_id: UUID, merged_id: UUID) -> None:
    """Let the reads of the kept person follow to the merged one too.

    Raises `NotFoundError` when one of them is out of scope.
    """
    first, second = sorted((kept_id, merged_id))
    locked = {each: registered_person(actor, each) for each in (first, second)}
    kept, merged = locked[kept_id], locked[merged_id]
    refuse_if(
        rules.merge_problems(
            same=kept_id == merged_id,
            chained=bool(kept.merged_into_id or merged.merged_into_id or merged.merged.exists()),
            staff=bool(kept.user_id and merged.user_id) or merged.duties.exists(),
        )
    )
    _point(merged, kept)
    subjects = [("person", kept_id), ("person", merged_id)]
    record(events.PERSONS_MERGED, actor=actor, subjects=subjects, after={"kept": kept_id})


@transaction.atomic
def part_persons(*, actor: Actor, kept_id: UUID, merged_id: UUID) -> None:
    """Undo a merge: each row answers for itself again; nothing when they are apart."""
    merged = registered_person(actor, merged_id)
    if merged.merged_into_id != kept_id:
        return
    _point(merged, None)
    subjects = [("person", kept_id), ("person", merged_id)]
    record(events.PERSONS_PARTED, actor=actor, subjects=subjects, before={"kept": kept_id})


def _point(merged: Person, kept: Person | None) -> None:
    merged.merged_into = kept
    merged.version += 1
    merged.save(update_fields=["merged_into", "version"])
