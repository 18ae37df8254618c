"""Typing grades: each row is judged by itself, and nobody is overwritten unseen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import moment_text
from provning.courses.rows import CourseRow
from provning.exams.queries import group_for, placement_for
from provning.exams.rows import GroupRow
from provning.grading import events, policies, rules
from provning.grading.actions.locks import Locked, course_of, lock_placements
from provning.grading.models import GradeDraft
from provning.grading.rows import DraftEntry, DraftResult, DraftStatus
from provning.grading.states import Party, after, typing_move
from provning.kernel.actors import Actor
from provning.kernel.grade_scales import normalise_value
from provning.kernel.problems import ConflictError, Problem, ProblemsFoundError


@dataclass(frozen=True, slots=True)
class Setting:
    """What every row of the form has in common."""

    group: GroupRow
    course: CourseRow
    party: Party
    today: date


@transaction.atomic
def save_draft(
    *, actor: Actor, placement_id: UUID, value: str, expected_version: int, today: date
) -> DraftResult:
    """Keep one typed grade; "" takes the draft away.

    Raises `ConflictError` when somebody else typed since version `expected_version` (0 before the
    first draft) and `ProblemsFoundError` when no such grade can be set.
    """
    placement = placement_for(actor, placement_id)
    entry = DraftEntry(placement_id, value, expected_version)
    (result,) = save_drafts(actor=actor, group_id=placement.group_id, entries=[entry], today=today)
    if result.status is DraftStatus.CONFLICT:
        raise ConflictError(result.problems)
    if result.status is DraftStatus.PROBLEMS:
        raise ProblemsFoundError(result.problems)
    return result


@transaction.atomic
def save_drafts(
    *,
    actor: Actor,
    group_id: UUID,
    entries: Iterable[DraftEntry],
    today: date,
    all_or_nothing: bool = False,
) -> list[DraftResult]:
    """Keep the typed grades that are in order and say for each row what became of it.

    With `all_or_nothing` (a form without script) one bad row keeps every row from being stored;
    those in order answer HELD. Raises `NotFoundError` when the group or a placement is out of
    reach, `NotAllowedError` when the actor does not type grades there.
    """
    group = group_for(actor, group_id)
    policies.require_draft(actor, group)
    chosen = list({entry.placement_id: entry for entry in entries}.values())
    locked = lock_placements(group, [entry.placement_id for entry in chosen])
    setting = Setting(group, course_of(group), policies.party(actor, group), today)
    results = [_judge(entry, locked[entry.placement_id], setting) for entry in chosen]
    if all_or_nothing and not all(result.stands for result in results):
        return [_held(result, locked[result.placement_id]) for result in results]
    changes = [result for result in results if result.status is DraftStatus.SAVED]
    _store(actor, group, changes, locked)
    return results


def _judge(entry: DraftEntry, locked: Locked, setting: Setting) -> DraftResult:
    """Say what becomes of one typed grade: UNCHANGED, CONFLICT, PROBLEMS or SAVED."""
    typed, draft = normalise_value(entry.value), locked.draft
    stored, version = (draft.value, draft.version) if draft else ("", 0)
    answer = DraftResult(entry.placement_id, DraftStatus.UNCHANGED, stored, version)
    decided = rules.locked(locked.attempt)
    if decided and after(locked.state, typing_move(typed, setting.party), setting.party) is None:
        return replace(answer, status=DraftStatus.CONFLICT, problems=(decided,))
    if typed == stored:
        return answer
    if draft and version != entry.expected_version:
        conflict = rules.draft_conflict(entry.placement_id, typed, _typed(draft))
        return replace(answer, status=DraftStatus.CONFLICT, problems=(conflict,))
    problems = _problems(typed, locked, setting)
    if problems:
        return replace(answer, status=DraftStatus.PROBLEMS, problems=tuple(problems))
    return DraftResult(entry.placement_id, DraftStatus.SAVED, typed, version + 1)


def _problems(typed: str, locked: Locked, setting: Setting) -> list[Problem]:
    """Return why the grade cannot be typed; taking a draft away is always possible."""
    if not typed:
        return []
    group, attempt = setting.group, locked.attempt
    return [
        *rules.attempt_problems(attempt, group.name, setting.today, ready=group.ready),
        *rules.value_problems(typed, setting.course.scale_family, attempt),
    ]


def _held(result: DraftResult, locked: Locked) -> DraftResult:
    """Return a row's answer when nothing at all is stored."""
    if result.status is not DraftStatus.SAVED:
        return result
    draft = locked.draft
    return replace(
        result,
        status=DraftStatus.HELD,
        value=draft.value if draft else "",
        version=draft.version if draft else 0,
    )


def _store(
    actor: Actor, group: GroupRow, changes: list[DraftResult], locked: dict[UUID, Locked]
) -> None:
    """Write the changed drafts and tell the trail once."""
    if not changes:
        return
    drafts = [
        GradeDraft(
            placement_id=change.placement_id,
            value=change.value,
            typed_by_account=actor.id,
            typed_by_name=actor.name,
            typed_by_person_id=actor.person_id,
            typed_at=datetime.now(UTC),
            version=change.version,
        )
        for change in changes
    ]
    fields = [field.name for field in GradeDraft._meta.concrete_fields if not field.primary_key]
    GradeDraft.objects.bulk_create(
        drafts, update_conflicts=True, unique_fields=["placement"], update_fields=fields
    )
    before = {str(key): _value(locked[key].draft) for key in _keys(changes)}
    record(
        events.GRADES_DRAFTED,
        actor=actor,
        subjects=[("exam_group", group.id), *(("grade", key) for key in _keys(changes))],
        before={"drafts": before},
        after={
            "group": group.name,
            "count": len(changes),
            "drafts": {str(change.placement_id): change.value for change in changes},
        },
    )


def _keys(changes: list[DraftResult]) -> list[UUID]:
    """Return the placements that changed."""
    return [change.placement_id for change in changes]


def _value(draft: GradeDraft | None) -> str:
    """Return a draft's value, "" for none."""
    return draft.value if draft else ""


def _typed(draft: GradeDraft) -> rules.Lock:
    """Return what, who and when of a draft."""
    return rules.Lock(draft.value, draft.typed_by_name, moment_text(draft.typed_at))
