"""Asking for what a job does: taking in, taking back; and stopping or waking an import."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from provning.imports import events, rules
from provning.imports.actions.steps import enqueue, held_import, now, set_going, take, tell
from provning.imports.models import StagedImport
from provning.imports.plans import TAKEN_IN, Verdict
from provning.imports.states import RUNNING, Status, Step
from provning.kernel.actors import Actor
from provning.kernel.problems import Problem, refuse_if


@transaction.atomic
def ask_to_commit(
    *, actor: Actor, import_id: UUID, leave_out: bool = False, today: date
) -> StagedImport:
    """Let a job take in every row that is new or changes something, all or nothing.

    `leave_out` goes on past rows that cannot be taken in. Asked twice it is done once. Raises
    `ProblemsFoundError` while rows wait for an answer, and `ConflictError` when it is too late.
    """
    staged = held_import(actor, import_id)
    if staged.status in {Status.COMMITTING, Status.DONE}:
        return staged
    if staged.status == Status.READY:
        refuse_if(_problems(staged, leave_out=leave_out))
    set_going(staged, actor, Step.COMMIT, today, leaves_out=leave_out)
    tell(events.IMPORT_ASKED, actor, staged, {"leave_out": leave_out})
    return staged


@transaction.atomic
def ask_to_undo(*, actor: Actor, import_id: UUID, today: date) -> StagedImport:
    """Let a job take back what an import did, as far as rules and law allow.

    Asked twice it is done once. Raises `ConflictError` when there is nothing to take back.
    """
    staged = held_import(actor, import_id)
    if staged.status in {Status.UNDOING, Status.UNDONE}:
        return staged
    set_going(staged, actor, Step.UNDO, today)
    return staged


@transaction.atomic
def drop_import(*, actor: Actor, import_id: UUID) -> StagedImport:
    """Let an import be, before anything has been taken in; nothing of it is kept but its name."""
    staged = held_import(actor, import_id)
    if staged.status == Status.DROPPED:
        return staged
    take(staged, Step.DROP)
    staged.rows.all().delete()
    staged.file.delete()
    tell(events.IMPORT_DROPPED, actor, staged, {})
    return staged


@transaction.atomic
def resume_import(*, actor: Actor, import_id: UUID, today: date) -> StagedImport:
    """Give a step whose job has died to another; one that lives, or is done, is left alone."""
    staged = held_import(actor, import_id)
    if staged.status not in RUNNING or not rules.is_stalled(staged.progress_at, now()):
        return staged
    staged.queued, staged.progress_at = True, now()
    staged.asked_by_account, staged.asked_by_name = actor.id, actor.name
    staged.save(update_fields=["queued", "progress_at", "asked_by_account", "asked_by_name"])
    enqueue(staged, today)
    return staged


@transaction.atomic
def put_back_import(*, lost_id: UUID) -> None:
    """Let another job claim the step of an import whose job is known to be gone.

    A step that has been taken, or waits already, is left alone. Waits for nobody: a locked import
    raises `OperationalError`.
    """
    found = StagedImport.objects.select_for_update(of=("self",), nowait=True)
    for staged in found.filter(pk=lost_id, status__in=RUNNING, queued=False):
        staged.queued, staged.progress_at = True, now()
        staged.save(update_fields=["queued", "progress_at"])


def _problems(staged: StagedImport, *, leave_out: bool) -> list[Problem]:
    """Say why the rows cannot be taken in as they stand."""
    counted = staged.rows.order_by().values_list("verdict").annotate(number=Count("pk"))
    counts: dict[str, int] = dict(counted)
    problems = []
    if counts.get(Verdict.CHOICE):
        problems.append(rules.unanswered(counts[Verdict.CHOICE]))
    if counts.get(Verdict.REFUSED) and not leave_out:
        problems.append(rules.refused_rows(counts[Verdict.REFUSED]))
    if not any(counts.get(each) for each in TAKEN_IN):
        problems.append(rules.nothing_to_do())
    return problems
