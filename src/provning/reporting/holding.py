"""Whether an export that is kept as its question held a decision: pure.

The answer errs on the side of yes by a minute at most: a correction so shortly before the export
may have been on its way into the database still (`SETTLED`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

SETTLED: Final = timedelta(minutes=1)
Place = tuple[str, UUID | None]
"""A scope's kind and id, as `kernel.actors.ScopeKind` names it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A question: see `models.SentSelection`. `places` and `curricula` (empty for all) as sets."""

    export_id: UUID
    organiser_id: UUID
    series: tuple[str, str]
    as_of: datetime
    changed_from: datetime
    changed_before: datetime
    curricula: frozenset[str]
    places: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as an export is asked about it, with what superseded it."""

    id: UUID
    person_id: UUID
    organiser_id: UUID
    provider_id: UUID
    unit_id: UUID
    curriculum: str
    exam_date: date
    decided_at: datetime
    superseded_at: datetime | None
    placement_id: UUID
    next_placement_id: UUID | None

    @property
    def moved(self) -> bool:
        """Say whether a rättelse moved it to another date or group."""
        return self.next_placement_id not in {None, self.placement_id}

    @property
    def places(self) -> frozenset[Place]:
        """Return every scope that reaches the decision."""
        return frozenset(
            {
                ("everything", None),
                ("organiser", self.organiser_id),
                ("provider", self.provider_id),
                ("unit", self.unit_id),
            }
        )


Story = tuple[Decided, ...]
"""Every decision about one person."""


def asks_for(selection: Selection, decision: Decided) -> bool:
    """Say whether the question speaks of such decisions, whenever they were made."""
    wanted = not selection.curricula or decision.curriculum in selection.curricula
    return wanted and not selection.places.isdisjoint(decision.places)


def picks(selection: Selection, story: Iterable[Decided]) -> bool:
    """Say whether the question picks the person: something was decided or superseded in time."""
    before = min(selection.changed_before, selection.as_of)
    return any(
        selection.changed_from <= moment < before
        for each in story
        if asks_for(selection, each)
        for moment in (each.decided_at, each.superseded_at)
        if moment is not None
    )


def holds(selection: Selection, decision: Decided, story: Story) -> bool:
    """Say whether the export held the decision, as far as it is its organiser's."""
    later = decision.superseded_at
    stood = decision.decided_at < selection.as_of and (
        later is None or later >= selection.as_of - SETTLED
    )
    own = decision.organiser_id == selection.organiser_id
    return own and stood and asks_for(selection, decision) and picks(selection, story)


def renews(selection: Selection, corrected: Decided, story: Story) -> bool:
    """Say whether a later export told the receiver what stands instead, in the whole list."""
    moment = corrected.superseded_at
    after = moment is not None and selection.as_of - SETTLED > moment
    return after and asks_for(selection, corrected) and picks(selection, story)
