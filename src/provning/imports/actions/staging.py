"""Planning every row of a file: some at a time, so that the job can be followed and can die."""

from datetime import date

from django.db import transaction

from provning.imports import rules
from provning.imports.actions.parts import in_parts
from provning.imports.actions.planning import AT_A_TIME, Planner, stored_row
from provning.imports.actions.steps import faults_of, now, setting_of, take
from provning.imports.kinds import KINDS
from provning.imports.models import StagedImport, StagedRow
from provning.imports.plans import SourceRow
from provning.imports.reading import as_file, read_rows
from provning.imports.states import Step
from provning.kernel.actors import Actor
from provning.kernel.problems import Problem, ProblemsFoundError, refuse_if

Read = tuple[SourceRow, Problem | None]


def stage_import(*, actor: Actor, staged: StagedImport, today: date) -> StagedImport:
    """Plan every row of a claimed import, from the start; afterwards it is read by a person.

    A file that cannot be read to its end fails as a whole, with what is wrong and where.
    """
    try:
        count = _plan_file(actor, staged, today)
        refuse_if([] if count else [rules.no_rows()])
    except ProblemsFoundError as error:
        with transaction.atomic():
            StagedRow.objects.filter(staged=staged).delete()
            take(staged, Step.FAIL, faults=faults_of(error.problems))
        return staged
    with transaction.atomic():
        take(staged, Step.STAGED)
    return staged


def _plan_file(actor: Actor, staged: StagedImport, today: date) -> int:
    """Plan the rows and return how many there are."""
    kind = KINDS[staged.kind]
    StagedRow.objects.filter(staged=staged).delete()
    planner = Planner(kind, setting_of(staged, actor, today), {})
    with as_file(bytes(staged.file.content)) as path:
        staged.total = sum(1 for _row in read_rows(path, kind, staged.columns))
        staged.planned = 0
        _note_progress(staged)
        for some in in_parts(read_rows(path, kind, staged.columns), AT_A_TIME):
            _plan_some(staged, planner, some)
    return staged.total


@transaction.atomic
def _plan_some(staged: StagedImport, planner: Planner, some: list[Read]) -> None:
    """Plan some rows and store them, with how far the job has come."""
    rows = [row for row, _stray in some]
    strays = {row.number: stray for row, stray in some if stray}
    plans = planner.plan(rows, strays)
    StagedRow.objects.bulk_create(
        [stored_row(staged, row, plan) for row, plan in zip(rows, plans, strict=True)], AT_A_TIME
    )
    staged.planned += len(some)
    _note_progress(staged)


def _note_progress(staged: StagedImport) -> None:
    staged.progress_at = now()
    staged.save(update_fields=["total", "planned", "progress_at"])
