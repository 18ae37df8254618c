"""Giving a decided placement its right date and group, as a part of its grade's rättelse.

A placement with a decided grade is never changed. A new one supersedes it, and both stay. These are
for the room that decides grades: it has asked who may, and tells the trail of both at once.
"""

from dataclasses import dataclass
from datetime import date

from provning.exams.actions.placements import day_problems
from provning.exams.models import ExamGroup, Placement
from provning.exams.queries.facts import standing
from provning.exams.rules import Standing
from provning.exams.rules.corrections import not_yet, other_provider, place_taken
from provning.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Move:
    """A held placement and the held group and date that it should have had."""

    placement: Placement
    group: ExamGroup
    exam_date: date

    @property
    def changes(self) -> bool:
        """Say whether anything is wrong with where the placement is."""
        placement = self.placement
        return (placement.group_id, placement.exam_date) != (self.group.id, self.exam_date)


def move_problems(move: Move, today: date) -> list[Problem]:
    """Say why the placement cannot be put there; nothing when it stays where it is."""
    if not move.changes:
        return []
    group, day = move.group, move.exam_date
    there = standing(group.id, [move.placement.person_id])
    return [
        *([other_provider(group.name)] if _is_elsewhere(move) else []),
        *day_problems(group, [(day, "exam_date")]),
        *([not_yet(day)] if day > today else []),
        *(
            [place_taken(group.name, day)]
            if Standing(move.placement.person_id, day) in there
            else []
        ),
    ]


def move_placement(move: Move) -> Placement:
    """Store the placement that supersedes the old one; the caller's transaction, lock and event."""
    old = move.placement
    return Placement.objects.create(
        group=move.group,
        person_id=old.person_id,
        exam_date=move.exam_date,
        status=old.status,
        study_active=old.study_active,
        after_validation=old.after_validation,
        supersedes=old,
    )


def _is_elsewhere(move: Move) -> bool:
    """Say whether the group belongs to another provider."""
    return move.placement.group.unit.provider_id != move.group.unit.provider_id
