"""Writing groups by the exam room's own actions, and taking them back."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from provning.exams.actions import (
    change_exam_group,
    connect_grading_teacher,
    create_exam_group,
    take_back_group,
)
from provning.exams.models import ExamGroup
from provning.imports.kind import Kept, Results
from provning.imports.kinds.rows import at_rows, kept_of
from provning.imports.plans import Done, Plan, Setting, Verdict
from provning.imports.row_rules import other_group_name
from provning.kernel.problems import refuse_if
from provning.kernel.terms import Term


def commit(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Make the new groups in the order of the file, and change the others."""
    results: Results = {}
    for each in plans:
        with at_rows([each]):
            group = (_create if each.verdict is Verdict.NEW else _change)(setting, each)
        results[each.number] = {
            "group": str(group.id),
            "name": group.name,
            "version": group.version,
        }
    return results


def undo(setting: Setting, rows: Sequence[Done]) -> Kept:
    """Take groups back, the last one first; one with somebody placed in it stays."""
    kept: Kept = {}
    for row in rows:
        kept |= kept_of([row], lambda some: _undo(setting, some[0]))
    return kept


def _create(setting: Setting, plan: Plan) -> ExamGroup:
    data = {key: str(value) for key, value in plan.data.items()}
    group = create_exam_group(
        actor=setting.actor,
        unit_id=UUID(data["unit"]),
        course_id=UUID(data["course"]),
        term=Term.parse(data["term"]),
        start_date=date.fromisoformat(data["start"]),
        end_date=date.fromisoformat(data["end"]),
        grading_teacher_id=UUID(data["teacher"]) if data["teacher"] else None,
        full_code=bool(plan.data.get("full_code")),
        today=setting.today,
    )
    name = data.get("name", group.name)
    refuse_if([] if group.name == name else [other_group_name(name, group.name)])
    return group


def _change(setting: Setting, plan: Plan) -> ExamGroup:
    version = int(str(plan.data["version"]))
    return _set(setting, UUID(str(plan.data["group"])), version, plan.data, keep_teacher=True)


def _set(
    setting: Setting,
    group_id: UUID,
    version: int,
    facts: Mapping[str, object],
    *,
    keep_teacher: bool,
) -> ExamGroup:
    """Give a group days and teacher; with `keep_teacher` an empty one leaves who is there."""
    group = change_exam_group(
        actor=setting.actor,
        group_id=group_id,
        expected_version=version,
        start_date=date.fromisoformat(str(facts["start"])),
        end_date=date.fromisoformat(str(facts["end"])),
        today=setting.today,
    )
    teacher = str(facts["teacher"])
    if not teacher and keep_teacher:
        return group
    return connect_grading_teacher(
        actor=setting.actor,
        group_id=group_id,
        teacher_id=UUID(teacher) if teacher else None,
        expected_version=group.version,
        today=setting.today,
    )


def _undo(setting: Setting, row: Done) -> None:
    group_id, version = UUID(str(row.result["group"])), int(str(row.result["version"]))
    if row.verdict is Verdict.NEW:
        take_back_group(actor=setting.actor, group_id=group_id, expected_version=version)
        return
    before: Mapping[str, object] = row.data["before"]  # type: ignore[assignment] # plain JSON
    _set(setting, group_id, version, before, keep_teacher=False)
