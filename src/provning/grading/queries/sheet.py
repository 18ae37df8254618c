"""Reading the grade sheet of one group."""

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from provning.audit.asking import evened, worded_once
from provning.audit.conflicts import moment_text
from provning.courses.queries import CourseRow, course_by_id
from provning.exams.queries import group_for, group_to_act_on, placements_in
from provning.exams.rows import GroupRow, PlacementRow
from provning.grading import policies, rules
from provning.grading.models import GradeDraft
from provning.grading.queries.decisions import decided_by_placement, particulars_of
from provning.grading.queries.standing import decided_elsewhere, opinions_of
from provning.grading.rows import (
    Decided,
    GradeRow,
    GradeSheet,
    Needs,
    Opinion,
    Particulars,
    SheetCounts,
)
from provning.grading.states import GradeState, typed_state
from provning.kernel.actors import Actor
from provning.kernel.problems import Problem


@dataclasses.dataclass(frozen=True, slots=True)
class _Around:
    """What the rows of one group have in common, and what stands on each, by placement."""

    group: GroupRow
    course: CourseRow | None
    today: date
    sees: bool
    decided: dict[UUID, Decided]
    drafts: dict[UUID, GradeDraft]
    opinions: dict[UUID, tuple[Opinion, ...]]
    elsewhere: set[UUID]


def grade_sheet(
    actor: Actor, group_id: UUID, today: date, only: Collection[UUID] | None = None
) -> GradeSheet:
    """Return the group's sheet as the actor may see it; the same few queries for any size.

    With `only` it has just the rows of these placements, and counts no others. Raises
    `NotFoundError` when the group does not exist or lies out of scope.
    """
    group, placements = _placed(actor, group_id, only)
    around = _around(actor, group, placements, today)
    rows = tuple(_row(placement, around) for placement in placements)
    role = policies.decider_role(actor, group)
    other_id = policies.other_teacher(actor, group)
    return GradeSheet(
        group=dataclasses.replace(group, decided=len(around.decided)),
        rows=rows,
        counts=_counts(rows),
        teacher_ready=group.ready,
        may_draft=policies.may_draft(actor, group),
        decider_role=role.value if role else "",
        other_teacher=_teacher_name(group, other_id),
        other_teacher_id=other_id,
        needs=rules.needs_of(around.course) if around.course else Needs(),
    )


def _placed(
    actor: Actor, group_id: UUID, only: Collection[UUID] | None
) -> tuple[GroupRow, list[PlacementRow]]:
    """Return the group and the placements to read; a whole group is counted by reading it."""
    group = group_for(actor, group_id) if only is not None else group_to_act_on(actor, group_id)
    placements = placements_in(actor, group_id, only)
    counted = group if only is not None else dataclasses.replace(group, placed=len(placements))
    return counted, placements


def _around(actor: Actor, group: GroupRow, placements: list[PlacementRow], today: date) -> _Around:
    """Read what stands on the placements; drafts and answers only for who may see them."""
    ids = {each.id for each in placements}
    sees = policies.sees_drafts(actor, group)
    return _Around(
        group=group,
        course=course_by_id(group.course_id),
        today=today,
        sees=sees,
        decided=decided_by_placement(ids),
        drafts=drafts_of(placements) if sees else {},
        opinions=opinions_of(group, ids) if sees else {},
        elsewhere=decided_elsewhere(group, ids) if sees else set(),
    )


def drafts_of(placements: Iterable[PlacementRow]) -> dict[UUID, GradeDraft]:
    """Return the drafts of the placements, by placement; one whose value is "" was taken away."""
    drafts = drafts_in(*evened(each.id for each in placements))
    return {draft.placement_id: draft for draft in drafts}


@worded_once
def drafts_in(*placement_ids: UUID) -> QuerySet[GradeDraft]:
    """Return the drafts of the placements."""
    return GradeDraft.objects.filter(placement_id__in=placement_ids)


def attempt_of(placement: PlacementRow, decided: Decided | None, group: GroupRow) -> rules.Attempt:
    """Return a placement as the rules see it."""
    return rules.Attempt(
        placement_id=placement.id,
        exam_date=placement.exam_date,
        outcome_label=placement.outcome_label,
        superseded=placement.superseded,
        lock=lock_of(decided) if decided else None,
        deceased=placement.person.deceased,
        is_own_teacher=placement.person.id in group.teacher_ids,
    )


def lock_of(decided: Decided) -> rules.Lock:
    """Return what, who and when of a decision."""
    return rules.Lock(decided.value, decided.decided_by, moment_text(decided.decided_at))


def _row(placement: PlacementRow, around: _Around) -> GradeRow:
    """Put a placement's line together."""
    group, course = around.group, around.course
    draft, decided = around.drafts.get(placement.id), around.decided.get(placement.id)
    attempt = attempt_of(placement, decided, group)
    shown = draft if draft and draft.value and not decided else None
    opinions = around.opinions.get(placement.id, ())
    particulars = _particulars(draft, decided, course) if around.sees else Particulars()
    return GradeRow(
        placement=placement,
        scale=course.scale_on(placement.exam_date) if course else None,
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
        problems=tuple(
            rules.attempt_problems(attempt, group.name, around.today, ready=group.ready)
        ),
        particulars=particulars,
        missing=_missing(particulars, course) if around.sees and not decided else (),
        opinions=opinions,
        waits_for=_waits_for(shown.value, opinions, group) if shown else "",
        elsewhere=placement.id in around.elsewhere,
        correction_type=decided.correction_type if decided else "",
        previous=decided.previous if decided else None,
    )


def _particulars(
    draft: GradeDraft | None, decided: Decided | None, course: CourseRow | None
) -> Particulars:
    """Return what stands beside the grade, with what the course says by itself."""
    if decided:
        return decided.particulars
    stored = particulars_of(draft) if draft else Particulars()
    return rules.kept(stored, course) if course else stored


def _missing(particulars: Particulars, course: CourseRow | None) -> tuple[Problem, ...]:
    """Say what has to be filled in before the grade is decided."""
    return tuple(rules.missing_particulars(particulars, rules.needs_of(course))) if course else ()


def _waits_for(value: str, opinions: tuple[Opinion, ...], group: GroupRow) -> str:
    """Return the teacher whose answer is left when the other has answered what is typed."""
    holding = {each.person_id for each in opinions if each.value == value}
    left = group.teacher_ids - {each.person_id for each in opinions}
    return _teacher_name(group, next(iter(left))) if holding and left else ""


def _teacher_name(group: GroupRow, person_id: UUID | None) -> str:
    """Return the name of one of the group's teachers, "" for nobody."""
    if person_id is None:
        return ""
    return group.teacher_name if person_id == group.teacher_id else group.co_teacher_name


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
