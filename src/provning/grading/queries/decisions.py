"""Reading decisions: which one is valid is a query, never a stored fact."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from provning.grading.models import GradeDecision
from provning.grading.rows import Decided, DecisionRow
from provning.kernel.terms import Term

VALID_DECISION = Q(superseded_by__isnull=True, placement__superseded_by__isnull=True)
"""The condition of a decision that stands: no correction has taken its place."""


def decided_counts(group_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many valid decisions each group has; groups without any are left out."""
    counted = (
        GradeDecision.objects.filter(VALID_DECISION, placement__group_id__in=set(group_ids))
        .values_list("placement__group_id")
        .annotate(number=Count("pk"))
    )
    return dict(counted)


def decided_by_placement(placement_ids: Iterable[UUID]) -> dict[UUID, Decided]:
    """Return each placement's valid decision, or its last when a correction stands elsewhere."""
    decisions = (
        GradeDecision.objects.filter(placement_id__in=set(placement_ids))
        .select_related("superseded_by", "placement__superseded_by")
        .order_by("decided_at", "pk")
    )
    found: dict[UUID, Decided] = {}
    for decision in decisions:
        row = _decided(decision)
        held = found.get(decision.placement_id)
        if held is None or held.replaced or not row.replaced:
            found[decision.placement_id] = row
    return found


def valid_decisions(unit_id: UUID, term: Term) -> list[DecisionRow]:
    """Return every valid decision of a unit's groups in a term, by group and exam date.

    For programs: nobody's scope is asked and nobody is masked by it, since no name is in it.
    """
    return [_decision_row(decision) for decision in _of_term(unit_id, term)]


def _of_term(unit_id: UUID, term: Term) -> QuerySet[GradeDecision]:
    """Return the decisions with everything that a row says of them."""
    return (
        GradeDecision.objects.filter(
            VALID_DECISION,
            placement__group__unit_id=unit_id,
            placement__group__year=term.year,
            placement__group__season=term.season,
        )
        .select_related("placement__group", "supersedes__placement")
        .order_by("placement__group__name", "placement__exam_date", "pk")
    )


def _decided(decision: GradeDecision) -> Decided:
    """Return a stored decision as it is read."""
    return Decided(
        id=decision.id,
        value=decision.value,
        scale_id=decision.scale_id,
        decided_by=decision.decided_by_name,
        decider_role=decision.decider_role,
        registered_by=decision.registered_by_name,
        decided_at=decision.decided_at,
        correction_type=decision.correction_type,
        replaced=hasattr(decision, "superseded_by") or hasattr(decision.placement, "superseded_by"),
    )


def _decision_row(decision: GradeDecision) -> DecisionRow:
    """Return a stored decision with its placement, its group and what it took the place of."""
    placement, previous = decision.placement, decision.supersedes
    return DecisionRow(
        id=decision.id,
        placement_id=placement.id,
        group_id=placement.group_id,
        group_name=placement.group.name,
        group_number=placement.group.number,
        course_id=placement.group.course_id,
        course_code=decision.course_code,
        course_name=decision.course_name,
        points=decision.points,
        person_id=placement.person_id,
        exam_date=placement.exam_date,
        value=decision.value,
        scale_id=decision.scale_id,
        decided_by_id=decision.decided_by_id,
        decided_by_name=decision.decided_by_name,
        decider_role=decision.decider_role,
        decided_at=decision.decided_at,
        correction_type=decision.correction_type,
        previous_value=previous.value if previous else "",
        previous_date=previous.placement.exam_date if previous else None,
    )
