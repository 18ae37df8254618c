"""Typing grades: each row is judged by itself, and nobody is overwritten unseen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import moment_text
from provning.audit.inserting import insert_models
from provning.courses.rows import CourseRow
from provning.exams.queries import group_to_act_on, placement_for
from provning.exams.rows import GroupRow
from provning.grading import events, policies, rules
from provning.grading.actions.locks import Locked, course_of, lock_placements
from provning.grading.models import GradeDraft, GradeOpinion
from provning.grading.rows import DraftEntry, DraftResult, DraftStatus, Particulars
from provning.grading.states import Party, after, typing_move
from provning.kernel.actors import Actor
from provning.kernel.grade_scales import normalise_value
from provning.kernel.problems import ConflictError, Problem, ProblemsFoundError


@dataclass(frozen=True, slots=True)
class Setting:
    """What every row of the form has in common."""

    actor: Actor
    group: GroupRow
    course: CourseRow
    party: Party
    today: date


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is to be stored: the value, what stands beside it, and the new version."""

    placement_id: UUID
    value: str
    particulars: Particulars
    version: int


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    placement_id: UUID,
    value: str,
    expected_version: int,
    particulars: Particulars | None = None,
    over_other: bool = False,
    today: date,
) -> DraftResult:
    """Keep one typed grade with what stands beside it; "" takes the draft away.

    `particulars` None leaves those that are stored. Raises `ConflictError` when somebody else typed
    since version `expected_version` (0 before the first draft), or when the teacher whom the actor
    decides together with typed it and `over_other` does not say that it was read; and
    `ProblemsFoundError` when no such grade can be set.
    """
    placement = placement_for(actor, placement_id)
    entry = DraftEntry(placement_id, value, expected_version, particulars, over_other)
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
    group = group_to_act_on(actor, group_id)
    policies.require_draft(actor, group)
    chosen = list({entry.placement_id: entry for entry in entries}.values())
    locked = lock_placements(group, [entry.placement_id for entry in chosen])
    setting = Setting(actor, group, course_of(group), policies.party(actor, group), today)
    typed = [(each, _change(each, locked[each.placement_id], setting)) for each in chosen]
    results = [_judge(*each, locked[each[0].placement_id], setting) for each in typed]
    if all_or_nothing and not all(result.stands for result in results):
        return [_held(result, locked[result.placement_id]) for result in results]
    answers = zip(results, typed, strict=True)
    changes = [change for answer, (_, change) in answers if answer.status is DraftStatus.SAVED]
    _store(setting, changes, locked)
    return results


def _judge(entry: DraftEntry, change: Change, locked: Locked, setting: Setting) -> DraftResult:
    """Say what becomes of one typed grade: UNCHANGED, CONFLICT, PROBLEMS or SAVED."""
    draft = locked.draft
    stored, version = (draft.value, draft.version) if draft else ("", 0)
    answer = DraftResult(entry.placement_id, DraftStatus.UNCHANGED, stored, version)
    decided = rules.locked(locked.attempt)
    move = typing_move(change.value, setting.party)
    if decided and after(locked.state, move, setting.party) is None:
        return replace(answer, status=DraftStatus.CONFLICT, problems=(decided,))
    if (change.value, change.particulars) == (stored, locked.particulars):
        return answer
    conflict = _conflict(entry, change, draft, setting)
    if conflict:
        return replace(answer, status=DraftStatus.CONFLICT, problems=(conflict,))
    problems = _problems(change.value, entry, locked, setting)
    if problems:
        return replace(answer, status=DraftStatus.PROBLEMS, problems=tuple(problems))
    return DraftResult(
        entry.placement_id,
        DraftStatus.SAVED,
        change.value,
        change.version,
        before=locked.particulars,
    )


def _change(entry: DraftEntry, locked: Locked, setting: Setting) -> Change:
    """Return the row as it would be stored; a draft that is taken away keeps nothing beside it."""
    value, draft = normalise_value(entry.value), locked.draft
    particulars = locked.particulars
    if entry.particulars is not None:
        particulars = rules.kept(entry.particulars, setting.course)
    elif not value:
        particulars = Particulars()
    version = draft.version if draft else 0
    return Change(entry.placement_id, value, particulars, version + 1)


def _conflict(
    entry: DraftEntry, change: Change, draft: GradeDraft | None, setting: Setting
) -> Problem | None:
    """Say who has typed what the actor has not read, or not chosen to write over."""
    if draft is None:
        return None
    if draft.version != entry.expected_version:
        return rules.draft_conflict(entry.placement_id, change.value, _typed(draft))
    others = setting.group.teacher_ids - {setting.actor.person_id}
    by_other = setting.party is Party.TEACHER and draft.typed_by_person_id in others
    if by_other and draft.value not in {"", change.value} and not entry.over_other:
        return rules.other_teacher_typed(entry.placement_id, change.value, _typed(draft))
    return None


def _problems(typed: str, entry: DraftEntry, locked: Locked, setting: Setting) -> list[Problem]:
    """Return why the grade cannot be typed; taking a draft away is always possible."""
    too_long = rules.length_problems(entry.particulars) if entry.particulars else []
    if not typed:
        return too_long
    group, attempt = setting.group, locked.attempt
    return [
        *too_long,
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


def _store(setting: Setting, changes: list[Change], locked: dict[UUID, Locked]) -> None:
    """Write the changed drafts, with what they make void, and tell the trail once."""
    if not changes:
        return
    moment = datetime.now(UTC)
    insert_models([_draft(setting.actor, each, moment) for each in changes], over="placement_id")
    if setting.group.co_teacher_id:
        _take_back_opinions(setting.actor, changes)
    record(
        events.GRADES_DRAFTED,
        actor=setting.actor,
        subjects=[
            ("exam_group", setting.group.id),
            *(("grade", each.placement_id) for each in changes),
        ],
        before={
            "drafts": {
                str(each.placement_id): _value(locked[each.placement_id].draft) for each in changes
            }
        },
        after={
            "group": setting.group.name,
            "count": len(changes),
            "drafts": {str(each.placement_id): each.value for each in changes},
            "exception_used": [
                str(each.placement_id) for each in changes if each.particulars.exception_used
            ],
        },
    )


def _draft(actor: Actor, change: Change, moment: datetime) -> GradeDraft:
    """Return the row to store."""
    return GradeDraft(
        placement_id=change.placement_id,
        value=change.value,
        typed_by_account=actor.id,
        typed_by_name=actor.name,
        typed_by_person_id=actor.person_id,
        typed_at=moment,
        version=change.version,
        **change.particulars.columns(),
    )


def _take_back_opinions(actor: Actor, changes: list[Change]) -> None:
    """Let who types another grade no longer hold the one they answered before."""
    if actor.person_id is None:
        return
    own = GradeOpinion.objects.filter(
        person_id=actor.person_id, placement__in=[each.placement_id for each in changes]
    )
    values = {each.placement_id: each.value for each in changes}
    changed = [each.pk for each in own if each.value != values[each.placement_id]]
    GradeOpinion.objects.filter(pk__in=changed).delete()


def _value(draft: GradeDraft | None) -> str:
    """Return a draft's value, "" for none."""
    return draft.value if draft else ""


def _typed(draft: GradeDraft) -> rules.Lock:
    """Return what, who and when of a draft."""
    return rules.Lock(draft.value, draft.typed_by_name, moment_text(draft.typed_at))
