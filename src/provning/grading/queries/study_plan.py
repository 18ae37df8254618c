"""Reading a person's study plan with grades: the manual's last screen."""

from datetime import date
from uuid import UUID

from provning.exams.queries import study_plan
from provning.exams.rows import PlacementRow
from provning.grading.queries.decisions import decided_by_placement
from provning.grading.rows import Decided, StudyPlanRow
from provning.grading.states import GradeState
from provning.kernel.actors import Actor


def study_plan_rows(actor: Actor, person_id: UUID, today: date) -> list[StudyPlanRow]:
    """Return the person's placements in the actor's scope with their decided grades.

    Drafts are never here: what is not decided is nobody's grade. The newest exam date first.
    """
    placements = study_plan(actor, person_id)
    decided = decided_by_placement(each.id for each in placements)
    return [_row(each, decided.get(each.id), today) for each in placements]


def _row(placement: PlacementRow, decided: Decided | None, today: date) -> StudyPlanRow:
    """Put one row together."""
    if decided is None:
        return StudyPlanRow(
            placement, "", GradeState.NONE, "", "", None, _undecided_note(placement, today)
        )
    return StudyPlanRow(
        placement=placement,
        value=decided.value,
        state=decided.state,
        decided_by=decided.decided_by,
        registered_by=decided.registered_by,
        decided_at=decided.decided_at,
        note=decided.correction_type,
    )


def _undecided_note(placement: PlacementRow, today: date) -> str:
    """Say in Swedish why there is no grade yet."""
    if placement.superseded:
        return "Rättad: ersatt av en ny placering"
    if placement.outcome_label:
        return placement.outcome_label.capitalize()
    if placement.exam_date > today:
        return "Prövningen är inte gjord än"
    return "Betyg är inte beslutat"
