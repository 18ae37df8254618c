"""A person's answers to rows that the program does not decide by itself."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.imports import events, rules
from provning.imports.actions.planning import (
    COLUMNS,
    Planner,
    keep,
    overwrite,
    source_of,
    stored_row,
)
from provning.imports.actions.steps import held_import, setting_of, take, tell
from provning.imports.kinds import KINDS
from provning.imports.models import StagedImport, StagedRow
from provning.imports.states import Step
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError, refuse_if


@transaction.atomic
def answer_rows(
    *, actor: Actor, import_id: UUID, answers: Mapping[int, str], today: date
) -> StagedImport:
    """Keep the answers by row number: a person's id, "new", "skip", or "" to take one back.

    The rows are planned anew with them. An answer that is there already changes nothing. Raises
    `NotFoundError` for a row that is not there, `ProblemsFoundError` and `ConflictError`.
    """
    staged = held_import(actor, import_id)
    rows = {each.number: each for each in staged.rows.filter(number__in=list(answers))}
    if rows.keys() != answers.keys():
        raise NotFoundError("staged_row")
    changed = [rows[number] for number, choice in answers.items() if rows[number].choice != choice]
    if not changed:
        return staged
    refuse_if(
        problem
        for row in changed
        for problem in rules.choice_problems(
            answers[row.number], dict.fromkeys(row.candidates), may_be_new=row.may_be_new
        )
    )
    take(staged, Step.CHOOSE, faults=[])
    for row in changed:
        row.choice = answers[row.number]
    _plan_anew(actor, staged, changed, today)
    tell(
        events.ROWS_CHOSEN,
        actor,
        staged,
        {"count": len(changed), "answers": {str(row.number): row.choice for row in changed}},
    )
    return staged


def _plan_anew(actor: Actor, staged: StagedImport, rows: list[StagedRow], today: date) -> None:
    """Plan the rows with their answers, and keep what comes of it.

    A row that was refused because of a double stays so until it is planned when all is committed.
    """
    kind = KINDS[staged.kind]
    sources = [source_of(row) for row in rows]
    plans = Planner(kind, setting_of(staged, actor, today), {}).plan(sources, {})
    others = staged.rows.exclude(number__in=[row.number for row in rows])
    taken = dict(
        others.filter(key__in=[plan.key for plan in plans if plan.key])
        .exclude(verdict="refused")
        .values_list("key", "number")
    )
    again = Planner(kind, setting_of(staged, actor, today), taken).plan(sources, {})
    for row, source, plan in zip(rows, sources, again, strict=True):
        overwrite(row, stored_row(staged, source, plan))
    keep(rows, *COLUMNS)
