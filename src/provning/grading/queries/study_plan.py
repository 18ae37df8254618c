"""Reading a person's study plan with grades: the manual's last screen."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_noop

from provning.exams.queries import study_plan
from provning.exams.rows import PlacementRow
from provning.grading.queries.decisions import person_decisions
from provning.grading.queries.story import coverings, last_on_placements, standing_in
from provning.grading.replacement import Standing, best
from provning.grading.rows import DecisionRow, StudyPlanRow
from provning.grading.rows.story import Covering
from provning.grading.states import GradeState, decided_state
from provning.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands on the person's placements: decisions by placement, and what is said of them."""

    decided: Mapping[UUID, DecisionRow]
    moved: Mapping[UUID, DecisionRow]
    covering: Mapping[UUID, Covering]
    best: set[UUID]
    today: date


def study_plan_rows(actor: Actor, person_id: UUID, today: date) -> list[StudyPlanRow]:
    """Return the person's placements in the actor's scope with their decided grades.

    Drafts are never here: what is not decided is nobody's grade. The newest exam date first.
    """
    placements = study_plan(actor, person_id)
    ids = {each.id for each in placements}
    everything = person_decisions([person_id]).get(person_id, [])
    rows = [row for row in everything if row.placement_id in ids]
    decided = last_on_placements(rows)
    around = _Around(
        decided=decided,
        moved={row.id: standing_in(everything, row) for row in decided.values() if not row.stands},
        covering=coverings(actor, rows),
        best=_best_of_several(row for row in rows if row.stands),
        today=today,
    )
    return [_row(each, around) for each in placements]


def _best_of_several(rows: Iterable[DecisionRow]) -> set[UUID]:
    """Return the highest grade in each course in which several stand."""
    standings = [
        Standing(
            decision_id=row.id,
            course_id=row.course_id,
            course_code=row.course_code,
            subject="",
            level="",
            value=row.value,
            scale_id=row.scale_id,
            exam_date=row.exam_date,
        )
        for row in rows
    ]
    counts = Counter(each.course_id for each in standings)
    return {each.decision_id for key, each in best(standings).items() if counts[key] > 1}


def _row(placement: PlacementRow, around: _Around) -> StudyPlanRow:
    """Put one row together."""
    decided = around.decided.get(placement.id)
    if decided is None:
        note = _undecided_note(placement, around.today)
        return StudyPlanRow(placement, "", GradeState.NONE, "", "", None, note)
    return StudyPlanRow(
        placement=placement,
        value=decided.value,
        state=decided_state(superseded=not decided.stands),
        decided_by=decided.decided_by_name,
        registered_by=decided.registered_by_name,
        decided_at=decided.decided_at,
        note=decided.note,
        decision_id=decided.id,
        correction_type=decided.correction_type,
        decided_with=tuple(name for _, name in decided.joint),
        previous=decided.previous,
        moved_to=around.moved.get(decided.id),
        covering=around.covering.get(decided.id),
        best=decided.id in around.best,
    )


def _undecided_note(placement: PlacementRow, today: date) -> str:
    """Say in Swedish why there is no grade yet."""
    if placement.superseded:
        return "Rättad: ersatt av en ny placering"
    if placement.outcome_label:
        return placement.outcome_label.capitalize()
    if placement.exam_date > today:
        return gettext_noop("Prövningen är inte gjord än")
    return gettext_noop("Betyg är inte beslutat")
