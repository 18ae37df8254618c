"""Recording why a prövning gave no grade, and taking it back; never a grade (Skollagen 20:40)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import Occurrence, record_many
from provning.exams.actions.locks import held_as_seen
from provning.exams.actions.placements import save_placements
from provning.exams.actions.telling import State, placement_state, placement_subjects
from provning.exams.events import OUTCOME_CLEARED, OUTCOME_RECORDED
from provning.exams.models import Placement
from provning.exams.rules import outcome_problems, withdrawn
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import Problem, refuse_if

Outcome = Placement.Outcome


@dataclass(frozen=True, slots=True)
class OutcomeNote:
    """Why one prövning gave no grade, None to take that back; `expected_version` was seen."""

    placement_id: UUID
    expected_version: int
    outcome: str | None
    reason: str = ""

    @property
    def value(self) -> str:
        """Return the outcome as it is stored."""
        return Outcome.PENDING if self.outcome is None else self.outcome


def record_outcome(
    *,
    actor: Actor,
    placement_id: UUID,
    expected_version: int,
    outcome: str,
    reason: str = "",
    today: date,
) -> Placement:
    """Note that the person did not come, did not do all parts, or could not show who they are.

    `outcome` is a value of `Placement.Outcome`. Where a grade is decided the database refuses, and
    where one is typed too: a typed grade is never taken away unseen.
    """
    note = OutcomeNote(placement_id, expected_version, outcome, reason)
    [placement] = _note(actor, [note], [""], today)
    return placement


def clear_outcome(
    *, actor: Actor, placement_id: UUID, expected_version: int, today: date
) -> Placement:
    """Take a recorded outcome back, so that a grade can be set."""
    note = OutcomeNote(placement_id, expected_version, None)
    [placement] = _note(actor, [note], [""], today)
    return placement


def note_outcomes(*, actor: Actor, notes: Sequence[OutcomeNote], today: date) -> list[Placement]:
    """Record or take back several outcomes, all or none; a problem's field is "row-1" and so on."""
    fields = [f"row-{number}" for number in range(1, len(notes) + 1)]
    return _note(actor, notes, fields, today)


@transaction.atomic
def _note(
    actor: Actor, notes: Sequence[OutcomeNote], fields: Sequence[str], today: date
) -> list[Placement]:
    """Store what changes and tell the trail of each; the fields name the notes in problems."""
    named = dict(zip((each.placement_id for each in notes), fields, strict=True))
    versions = {each.placement_id: each.expected_version for each in notes}
    held = held_as_seen(actor, versions, named, Permission.DRAFT_GRADES)
    refuse_if(withdrawn(named[each.pk]) for each in held if each.outcome == Outcome.WITHDRAWN)
    changes = [
        (placement, each)
        for placement, each in zip(held, notes, strict=True)
        if (placement.outcome, placement.outcome_reason) != (each.value, each.reason.strip())
    ]
    refuse_if(problem for each in changes for problem in _problems(*each, named, today))
    before = [placement_state(placement) for placement, _note in changes]
    for placement, note in changes:
        placement.outcome, placement.outcome_reason = Outcome(note.value), note.reason.strip()
    save_placements([placement for placement, _note in changes], "outcome", "outcome_reason")
    _tell(actor, [placement for placement, _note in changes], before)
    return held


def _problems(
    placement: Placement, note: OutcomeNote, named: Mapping[UUID, str], today: date
) -> list[Problem]:
    """Say why an outcome cannot be recorded; taking one back is always possible."""
    if note.outcome is None:
        return []
    found = outcome_problems(
        note.outcome, note.reason.strip(), exam_date=placement.exam_date, today=today
    )
    field = named[placement.pk]
    return [replace(each, field=field or each.field) for each in found]


def _tell(actor: Actor, placements: Sequence[Placement], before: Sequence[State]) -> None:
    """Tell the trail of each outcome, with its reason."""
    occurrences = [
        Occurrence(
            OUTCOME_RECORDED if each.outcome else OUTCOME_CLEARED,
            placement_subjects(each),
            state,
            placement_state(each) | {"outcome_label": str(Outcome(each.outcome).label)},
            each.outcome_reason,
        )
        for each, state in zip(placements, before, strict=True)
    ]
    if occurrences:
        record_many(actor=actor, occurrences=occurrences)
