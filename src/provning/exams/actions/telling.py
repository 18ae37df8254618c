"""What the trail is told of placements."""

from collections.abc import Sequence

from provning.audit.actions import Occurrence, record_many
from provning.exams.models import Placement
from provning.kernel.actors import Actor

State = dict[str, object]


def tell_of_each(
    name: str,
    actor: Actor,
    placements: Sequence[Placement],
    before: Sequence[State],
    reason: str = "",
) -> None:
    """Tell the trail of each placement, with what it was before."""
    occurrences = [
        Occurrence(name, placement_subjects(each), state, placement_state(each), reason)
        for each, state in zip(placements, before, strict=True)
    ]
    if occurrences:
        record_many(actor=actor, occurrences=occurrences)


def placement_state(placement: Placement) -> State:
    """Return a placement's facts for the trail."""
    return {
        "group": placement.group.name,
        "person_id": placement.person_id,
        "exam_date": placement.exam_date,
        "outcome": placement.outcome,
    }


def placement_subjects(placement: Placement) -> tuple[tuple[str, object], ...]:
    """Return what an event about the placement speaks of."""
    return (
        ("placement", placement.id),
        ("exam_group", placement.group_id),
        ("person", placement.person_id),
    )
