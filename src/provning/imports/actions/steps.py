"""Holding an import, taking it a step further, and telling the trail of it."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.imports import rules
from provning.imports.models import STATUSES, StagedImport
from provning.imports.plans import Setting
from provning.imports.policies import import_scope
from provning.imports.states import FINISHED, RUNNING, Status, Step, after
from provning.kernel.actors import Actor
from provning.kernel.problems import ConflictError, NotFoundError, Problem


def held_import(actor: Actor, import_id: UUID) -> StagedImport:
    """Return an import that the actor sees, locked; raises `NotFoundError` out of scope."""
    found = StagedImport.objects.select_for_update(of=("self",)).filter(import_scope(actor))
    staged = found.filter(pk=import_id).first()
    if staged is None:
        raise NotFoundError("staged_import")
    return staged


def take(staged: StagedImport, step: Step, **fields: object) -> None:
    """Take an import one step further and store it; a step that cannot be taken is a conflict.

    `fields` are stored with it.
    """
    target = after(staged.status, step)
    if target is None:
        raise ConflictError([rules.not_now(STATUSES[Status(staged.status)])])
    staged.status, staged.progress_at = target, now()
    staged.queued = target in RUNNING
    if target in FINISHED:
        fields["finished_at"] = now()
    for name, value in fields.items():
        setattr(staged, name, value)
    staged.save(update_fields=["status", "progress_at", "queued", *fields])


def set_going(
    staged: StagedImport, actor: Actor, step: Step, today: date, **fields: object
) -> None:
    """Take a step that a job carries out, as the actor; it is stored in the same transaction."""
    asked = {"asked_by_account": actor.id, "asked_by_name": actor.name}
    take(staged, step, **asked, faults=[], **fields)
    enqueue(staged, today)


def enqueue(staged: StagedImport, today: date) -> None:
    """Hand the import to a worker."""
    # The job calls back into this room, so it is imported when both are loaded.
    from provning.imports.tasks import run_staged_import

    run_staged_import.enqueue(str(staged.id), today.isoformat())


@transaction.atomic
def claim(import_id: UUID) -> StagedImport | None:
    """Take an import that waits for a job; None when another job has it or it waits for nobody."""
    staged = StagedImport.objects.select_for_update(of=("self",)).filter(pk=import_id).first()
    if staged is None:
        raise NotFoundError("staged_import")
    if not staged.queued or staged.status not in RUNNING:
        return None
    staged.queued, staged.progress_at = False, now()
    staged.save(update_fields=["queued", "progress_at"])
    return staged


def setting_of(staged: StagedImport, actor: Actor, today: date) -> Setting:
    """Return who imports, for whom and when, as the kinds need it."""
    return Setting(actor, staged.organiser_id, staged.provider_id, today)


def faults_of(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Return problems of the whole import as they are stored."""
    return [each.facts() for each in problems]


def tell(name: str, actor: Actor, staged: StagedImport, facts: Mapping[str, object]) -> None:
    """Tell the trail of an import: names of files and counts, never what the rows say."""
    subjects: list[tuple[str, object]] = [
        ("staged_import", staged.id),
        ("organiser", staged.organiser_id),
    ]
    if staged.provider_id:
        subjects.append(("provider", staged.provider_id))
    record(name, actor=actor, subjects=subjects, after={"file": staged.file_name, **facts})


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)
