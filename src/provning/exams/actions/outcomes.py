"""Recording why a prövning gave no grade, and taking it back; never a grade (Skollagen 20:40)."""

from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import refuse_if_changed
from provning.exams.actions.locks import held_placement
from provning.exams.actions.placements import placement_state, placement_subjects, save_placement
from provning.exams.events import OUTCOME_CLEARED, OUTCOME_RECORDED
from provning.exams.models import Placement
from provning.exams.rules import outcome_problems, withdrawn
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import refuse_if

Outcome = Placement.Outcome


@transaction.atomic
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
    placement = _held(actor, placement_id, expected_version)
    reason = reason.strip()
    if (placement.outcome, placement.outcome_reason) == (outcome, reason):
        return placement
    refuse_if(outcome_problems(outcome, reason, exam_date=placement.exam_date, today=today))
    return _save(actor, placement, Outcome(outcome), reason)


@transaction.atomic
def clear_outcome(
    *,
    actor: Actor,
    placement_id: UUID,
    expected_version: int,
    today: date,  # noqa: ARG001 (every such action takes the day; no rule here asks for it)
) -> Placement:
    """Take a recorded outcome back, so that a grade can be set."""
    placement = _held(actor, placement_id, expected_version)
    if placement.outcome == Outcome.PENDING:
        return placement
    return _save(actor, placement, Outcome.PENDING, "")


def _held(actor: Actor, placement_id: UUID, expected_version: int) -> Placement:
    """Hold a placement that stands, as the actor has seen it."""
    placement = held_placement(actor, placement_id, Permission.DRAFT_GRADES)
    refuse_if_changed(
        "placement", placement.id, version=placement.version, expected=expected_version
    )
    refuse_if([withdrawn()] if placement.outcome == Outcome.WITHDRAWN else [])
    return placement


def _save(actor: Actor, placement: Placement, outcome: Outcome, reason: str) -> Placement:
    """Store the outcome and tell the trail."""
    before = placement_state(placement)
    placement.outcome, placement.outcome_reason = outcome, reason
    save_placement(placement, "outcome", "outcome_reason")
    record(
        OUTCOME_RECORDED if outcome else OUTCOME_CLEARED,
        actor=actor,
        subjects=placement_subjects(placement),
        before=before,
        after=placement_state(placement) | {"outcome_label": str(outcome.label)},
        reason=reason,
    )
    return placement
