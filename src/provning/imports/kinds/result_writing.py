"""Writing results by the grading room's own actions, and taking them back."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from provning.exams.actions import OutcomeNote, note_outcomes
from provning.grading.actions import save_drafts
from provning.grading.rows import DraftEntry
from provning.imports.kind import Kept, Results
from provning.imports.kinds.rows import at_rows, kept_of
from provning.imports.plans import Done, Plan, Setting
from provning.kernel.problems import Problem, ProblemsFoundError


def commit(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Type the grades, a group at a time, and note the outcomes."""
    groups: dict[str, list[Plan]] = {}
    for each in plans:
        if "grade" in each.data:
            groups.setdefault(str(each.data["group"]), []).append(each)
    results: Results = _note(setting, [each for each in plans if "grade" not in each.data])
    for group_id, chosen in groups.items():
        results |= _type(setting, UUID(group_id), chosen)
    return results


def _type(setting: Setting, group_id: UUID, plans: Sequence[Plan]) -> Results:
    """Type a group's grades, all or none."""
    entries = {
        UUID(str(each.data["placement"])): DraftEntry(
            UUID(str(each.data["placement"])),
            str(each.data["grade"]),
            int(str(each.data["version"])),
        )
        for each in plans
    }
    answers = save_drafts(
        actor=setting.actor,
        group_id=group_id,
        entries=entries.values(),
        today=setting.today,
        all_or_nothing=True,
    )
    by_placement = {each.placement_id: each for each in answers}
    results: Results = {}
    problems: list[Problem] = []
    for each in plans:
        answer = by_placement[UUID(str(each.data["placement"]))]
        problems += [replace(one, field=f"row-{each.number}") for one in answer.problems]
        [difference] = each.differences
        results[each.number] = {"version": answer.version, "before": difference.before}
    if problems:
        raise ProblemsFoundError(problems)
    return results


def _note(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Note the outcomes, all or none."""
    notes = [
        OutcomeNote(
            UUID(str(each.data["placement"])),
            int(str(each.data["version"])),
            str(each.data["outcome"]),
            str(each.data["reason"]),
        )
        for each in plans
    ]
    with at_rows(plans):
        placements = note_outcomes(actor=setting.actor, notes=notes, today=setting.today)
    return {
        each.number: {"version": placement.version}
        for each, placement in zip(plans, placements, strict=True)
    }


def undo(setting: Setting, rows: Sequence[Done]) -> Kept:
    """Take typed grades and outcomes back; what has been decided or typed anew since stays."""
    kept: Kept = {}
    groups: dict[str, list[Done]] = {}
    for row in rows:
        if "grade" in row.data:
            groups.setdefault(str(row.data["group"]), []).append(row)
    for group_id, chosen in groups.items():
        kept |= _untype(setting, UUID(group_id), chosen)
    noted = [row for row in rows if "grade" not in row.data]
    return kept | kept_of(noted, lambda some: _unnote(setting, some))


def _untype(setting: Setting, group_id: UUID, rows: Sequence[Done]) -> Kept:
    """Give a group's drafts back what stood there; the action judges each by itself."""
    numbers = {UUID(str(row.data["placement"])): row.number for row in rows}
    entries = [
        DraftEntry(
            UUID(str(row.data["placement"])),
            str(row.result["before"]),
            int(str(row.result["version"])),
        )
        for row in rows
    ]
    answers = save_drafts(
        actor=setting.actor, group_id=group_id, entries=entries, today=setting.today
    )
    return {numbers[each.placement_id]: each.problems for each in answers if each.problems}


def _unnote(setting: Setting, rows: Sequence[Done]) -> None:
    """Give placements the outcome they had, all or none."""
    note_outcomes(actor=setting.actor, notes=[_former(row) for row in rows], today=setting.today)


def _former(row: Done) -> OutcomeNote:
    before: list[str] = row.data["before"]  # type: ignore[assignment] # plain JSON
    outcome, reason = before
    placement_id, version = UUID(str(row.data["placement"])), int(str(row.result["version"]))
    return OutcomeNote(placement_id, version, outcome or None, reason)
