"""Taking an import back as one act, as far as rules and law allow."""

from collections import Counter
from datetime import date

from django.db import transaction

from provning.imports import events, rules
from provning.imports.actions.parts import Progress, order_of, stored_parts
from provning.imports.actions.planning import keep
from provning.imports.actions.steps import faults_of, setting_of, take, tell
from provning.imports.kind import Kept
from provning.imports.kinds import KINDS
from provning.imports.models import StagedImport, StagedRow
from provning.imports.plans import Done, Verdict
from provning.imports.states import Status, Step
from provning.kernel.actors import Actor
from provning.kernel.problems import NotAllowedError, NotFoundError, Problem, ProblemsFoundError

Outcome = StagedRow.Outcome


def undo_import(*, actor: Actor, staged: StagedImport, today: date) -> StagedImport:
    """Take a claimed import back; a row that has to stay says why.

    What can be taken back is, in one transaction; when that fails everything stays as it was.
    """
    try:
        with transaction.atomic():
            _undo(actor, staged, today)
    except ProblemsFoundError as error:
        _refuse(staged, error.problems)
    except (NotAllowedError, NotFoundError):
        _refuse(staged, [rules.rights_lost()])
    return staged


def _undo(actor: Actor, staged: StagedImport, today: date) -> None:
    """Take back what can be, the last row first, some at a time."""
    held = StagedImport.objects.select_for_update(of=("self",)).get(pk=staged.pk)
    if held.status != Status.UNDOING:
        return
    taken = (Outcome.CREATED, Outcome.CHANGED, Outcome.KEPT)
    kind, setting = KINDS[staged.kind], setting_of(staged, actor, today)
    progress = Progress(staged.id)
    counts: Counter[str] = Counter(taken_back=0, kept=0)
    backwards = [f"-{name}" for name in order_of(kind)]
    for rows in stored_parts(staged.rows.filter(outcome__in=taken), backwards):
        _keep_outcomes(rows, kind.undo(setting, [_done(row) for row in rows]))
        counts.update(row.outcome for row in rows)
        progress.add(len(rows))
    take(staged, Step.UNDONE)
    tell(events.IMPORT_UNDONE, actor, staged, counts)


def _done(row: StagedRow) -> Done:
    return Done(row.number, Verdict(row.verdict), row.person_id, row.plan, row.result)


def _keep_outcomes(rows: list[StagedRow], kept: Kept) -> None:
    for row in rows:
        problems = kept.get(row.number, ())
        row.outcome = Outcome.KEPT if problems else Outcome.TAKEN_BACK
        row.notes = [each.facts() for each in problems]
    keep(rows, "outcome", "notes")


@transaction.atomic
def _refuse(staged: StagedImport, problems: list[Problem]) -> None:
    """Let everything stay, and say why."""
    held = StagedImport.objects.select_for_update(of=("self",)).get(pk=staged.pk)
    if held.status == Status.UNDOING:
        take(staged, Step.REFUSE_UNDO, faults=faults_of(problems))
