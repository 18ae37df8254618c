"""Changing the day of placements, and taking them back: one, or many by the same rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.exams.actions.locks import held_as_seen
from provning.exams.actions.placements import day_problems, save_placements
from provning.exams.actions.telling import State, placement_state, tell_of_each
from provning.exams.events import EXAM_DATE_CHANGED, PLACEMENT_WITHDRAWN
from provning.exams.models import Placement
from provning.exams.queries.facts import standing
from provning.exams.rules import (
    Standing,
    corrected_day_problems,
    reason_problems,
    taken_day,
    withdrawn,
)
from provning.kernel.actors import Actor
from provning.kernel.problems import Problem, refuse_if

WITHDRAWN = Placement.Outcome.WITHDRAWN
DAY = "exam_date"


@dataclass(frozen=True, slots=True)
class NewDay:
    """The day that a placement is to have instead; `expected_version` is the version seen."""

    placement_id: UUID
    expected_version: int
    exam_date: date


def withdraw_placement(
    *, actor: Actor, placement_id: UUID, expected_version: int, reason: str
) -> Placement:
    """Take a placement back, with the reason; the row stays and says so.

    A placement whose grade is decided is refused by the database itself.
    """
    [placement] = withdraw_placements(
        actor=actor, versions={placement_id: expected_version}, reason=reason
    )
    return placement


@transaction.atomic
def withdraw_placements(
    *, actor: Actor, versions: Mapping[UUID, int], reason: str
) -> list[Placement]:
    """Take several placements back, all or none, with one reason; an event for each.

    `versions` are the placements with the version that was seen.
    """
    held = held_as_seen(actor, versions)
    chosen = [each for each in held if each.outcome != WITHDRAWN]
    refuse_if(reason_problems(reason) if chosen else [])
    before = [placement_state(each) for each in chosen]
    for each in chosen:
        each.outcome, each.outcome_reason = WITHDRAWN, reason.strip()
    save_placements(chosen, "outcome", "outcome_reason")
    tell_of_each(PLACEMENT_WITHDRAWN, actor, chosen, before, reason.strip())
    return held


def change_exam_date(
    *,
    actor: Actor,
    placement_id: UUID,
    expected_version: int,
    exam_date: date,
    today: date,  # noqa: ARG001 (every such action takes the day; no rule here asks for it)
) -> Placement:
    """Change a placement's one date: fr.o.m., t.o.m., prövningsdatum and betygsdatum at once.

    After the grade's decision the database refuses it: a wrong date is then a rättelse.
    """
    change = NewDay(placement_id, expected_version, exam_date)
    [placement] = _change(actor, [change], [DAY])
    return placement


def change_exam_dates(
    *,
    actor: Actor,
    changes: Sequence[NewDay],
    today: date,  # noqa: ARG001 (as above)
) -> list[Placement]:
    """Change the days of several placements, all or none; a problem's field is "row-1" and so on.

    An event for each that changes.
    """
    return _change(actor, changes, [f"row-{number}" for number in range(1, len(changes) + 1)])


@transaction.atomic
def _change(actor: Actor, changes: Sequence[NewDay], fields: Sequence[str]) -> list[Placement]:
    held = held_as_seen(
        actor,
        {each.placement_id: each.expected_version for each in changes},
        dict(zip((each.placement_id for each in changes), fields, strict=True)),
    )
    moved = [
        (placement, each.exam_date, field)
        for placement, each, field in zip(held, changes, fields, strict=True)
        if placement.exam_date != each.exam_date
    ]
    refuse_if(_day_problems(moved))
    before: list[State] = []
    for placement, day, _field in moved:
        before.append(placement_state(placement))
        placement.exam_date = day
    chosen = [placement for placement, _day, _field in moved]
    save_placements(chosen, "exam_date")
    tell_of_each(EXAM_DATE_CHANGED, actor, chosen, before)
    return held


def _day_problems(moved: Sequence[tuple[Placement, date, str]]) -> list[Problem]:
    """Say why placements cannot have their new days, each in its own field."""
    by_group: dict[UUID, list[tuple[Placement, date, str]]] = {}
    for each in moved:
        by_group.setdefault(each[0].group_id, []).append(each)
    return [problem for some in by_group.values() for problem in _problems_in_group(some)]


def _problems_in_group(moved: Sequence[tuple[Placement, date, str]]) -> list[Problem]:
    gone = [
        # It is the placement that is history, not the day that is wrong.
        withdrawn("" if field == DAY else field)
        for placement, _day, field in moved
        if placement.outcome == WITHDRAWN
    ]
    if gone:
        return gone
    group = moved[0][0].group
    there = standing(group.id, [placement.person_id for placement, _day, _field in moved])
    problems = day_problems(group, [(day, field) for _placement, day, field in moved])
    for placement, day, field in moved:
        who = placement.person_id
        if Standing(who, day) in there:
            problems.append(taken_day(group.name, day, field))
        problems += corrected_day_problems(there, who, group.name, day, field)
    return problems
