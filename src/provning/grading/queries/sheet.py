"""Reading the grade sheet of one group."""

import dataclasses
from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from provning.audit.conflicts import moment_text
from provning.courses.queries import course_by_id
from provning.exams.queries import group_for, placements_in
from provning.exams.rows import GroupRow, PlacementRow
from provning.grading import policies, rules
from provning.grading.models import GradeDraft
from provning.grading.queries.decisions import decided_by_placement
from provning.grading.rows import Decided, GradeRow, GradeSheet, SheetCounts
from provning.grading.states import GradeState, typed_state
from provning.kernel.actors import Actor
from provning.kernel.grade_scales import GradeScale


def grade_sheet(actor: Actor, group_id: UUID, today: date) -> GradeSheet:
    """Return the group's sheet as the actor may see it; the same few queries for any size.

    Raises `NotFoundError` when the group does not exist or lies out of scope.
    """
    group = group_for(actor, group_id)
    placements = placements_in(actor, group_id)
    decided = decided_by_placement(each.id for each in placements)
    drafts = drafts_of(placements) if policies.sees_drafts(actor, group) else {}
    course = course_by_id(group.course_id)
    rows = tuple(
        _row(
            placement,
            course.scale_on(placement.exam_date) if course else None,
            drafts.get(placement.id),
            decided.get(placement.id),
            group,
            today,
        )
        for placement in placements
    )
    role = policies.decider_role(actor, group)
    return GradeSheet(
        group=dataclasses.replace(group, decided=len(decided)),
        rows=rows,
        counts=_counts(rows),
        teacher_ready=group.ready,
        may_draft=policies.may_draft(actor, group),
        decider_role=role.value if role else "",
    )


def drafts_of(placements: Iterable[PlacementRow]) -> dict[UUID, GradeDraft]:
    """Return the drafts of the placements, by placement; one whose value is "" was taken away."""
    drafts = GradeDraft.objects.filter(placement_id__in={each.id for each in placements})
    return {draft.placement_id: draft for draft in drafts}


def attempt_of(placement: PlacementRow, decided: Decided | None) -> rules.Attempt:
    """Return a placement as the rules see it."""
    return rules.Attempt(
        placement_id=placement.id,
        exam_date=placement.exam_date,
        outcome_label=placement.outcome_label,
        superseded=placement.superseded,
        lock=lock_of(decided) if decided else None,
    )


def lock_of(decided: Decided) -> rules.Lock:
    """Return what, who and when of a decision."""
    return rules.Lock(decided.value, decided.decided_by, moment_text(decided.decided_at))


def _row(
    placement: PlacementRow,
    scale: GradeScale | None,
    draft: GradeDraft | None,
    decided: Decided | None,
    group: GroupRow,
    today: date,
) -> GradeRow:
    """Put a placement's line together."""
    attempt = attempt_of(placement, decided)
    shown = draft if draft and draft.value and not decided else None
    return GradeRow(
        placement=placement,
        scale=scale,
        draft_value=shown.value if shown else "",
        draft_by=shown.typed_by_name if shown else "",
        draft_at=shown.typed_at if shown else None,
        draft_version=draft.version if draft else 0,
        value=decided.value if decided else "",
        decision_id=decided.id if decided else None,
        decided_by=decided.decided_by if decided else "",
        registered_by=decided.registered_by if decided else "",
        decided_at=decided.decided_at if decided else None,
        state=grade_state(draft, decided, group),
        problems=tuple(rules.attempt_problems(attempt, group.name, today, ready=group.ready)),
    )


def grade_state(draft: GradeDraft | None, decided: Decided | None, group: GroupRow) -> GradeState:
    """Say how far the grade has come."""
    if decided:
        return decided.state
    own = draft is not None and draft.typed_by_person_id in group.teacher_ids
    return typed_state(typed=draft is not None and bool(draft.value), by_teacher=own)


def _counts(rows: tuple[GradeRow, ...]) -> SheetCounts:
    """Count the rows by state."""
    states = Counter(row.state for row in rows)
    untouched = [row for row in rows if row.state is GradeState.NONE]
    waiting = sum(row.gradable for row in untouched)
    return SheetCounts(
        total=len(rows),
        decided=states[GradeState.DECIDED],
        drafted=states[GradeState.DRAFT],
        proposed=states[GradeState.PROPOSED],
        waiting=waiting,
        blocked=len(untouched) - waiting,
    )
