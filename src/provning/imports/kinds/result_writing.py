"""Writing results by the grading room's own actions, and taking them back."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from provning.exams.actions import clear_outcome, record_outcome
from provning.grading.actions import save_draft, save_drafts
from provning.grading.rows import DraftEntry
from provning.imports.kind import Kept, Results
from provning.imports.kinds.rows import at_rows, kept_from
from provning.imports.plans import Done, Plan, Setting
from provning.kernel.problems import Problem, ProblemsFoundError


def commit(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Type the grades, a group at a time, and note the outcomes."""
    results: Results = {}
    groups: dict[str, list[Plan]] = {}
    for each in plans:
        if "grade" in each.data:
            groups.setdefault(str(each.data["group"]), []).append(each)
        else:
            results[each.number] = _note(setting, each)
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


def _note(setting: Setting, plan_: Plan) -> dict[str, object]:
    """Note one outcome."""
    with at_rows([plan_]):
        placement = record_outcome(
            actor=setting.actor,
            placement_id=UUID(str(plan_.data["placement"])),
            expected_version=int(str(plan_.data["version"])),
            outcome=str(plan_.data["outcome"]),
            reason=str(plan_.data["reason"]),
            today=setting.today,
        )
    return {"version": placement.version}


def undo(setting: Setting, rows: Sequence[Done]) -> Kept:
    """Take typed grades and outcomes back; what has been decided or typed anew since stays."""
    kept: Kept = {}
    for row in rows:
        with kept_from(kept, row):
            (_untype if "grade" in row.data else _unnote)(setting, row)
    return kept


def _untype(setting: Setting, row: Done) -> None:
    save_draft(
        actor=setting.actor,
        placement_id=UUID(str(row.data["placement"])),
        value=str(row.result["before"]),
        expected_version=int(str(row.result["version"])),
        today=setting.today,
    )


def _unnote(setting: Setting, row: Done) -> None:
    before: list[str] = row.data["before"]  # type: ignore[assignment] # plain JSON
    outcome, reason = before
    placement_id, version = UUID(str(row.data["placement"])), int(str(row.result["version"]))
    if not outcome:
        clear_outcome(
            actor=setting.actor,
            placement_id=placement_id,
            expected_version=version,
            today=setting.today,
        )
        return
    record_outcome(
        actor=setting.actor,
        placement_id=placement_id,
        expected_version=version,
        outcome=outcome,
        reason=reason,
        today=setting.today,
    )
