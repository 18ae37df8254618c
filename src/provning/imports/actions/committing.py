"""Taking in what was read through: all or nothing, and only what was read through."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from django.db import transaction

from provning.imports import events, rules
from provning.imports.actions.parts import Progress, in_parts, order_of, stored_parts
from provning.imports.actions.planning import (
    AT_A_TIME,
    COLUMNS,
    Planner,
    keep,
    overwrite,
    plan_of,
    same_plan,
    source_of,
    stored_row,
)
from provning.imports.actions.steps import faults_of, now, setting_of, take, tell
from provning.imports.kind import Results
from provning.imports.kinds import KINDS
from provning.imports.models import StagedImport, StagedRow
from provning.imports.plans import TAKEN_IN, Verdict
from provning.imports.states import Status, Step
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    NotAllowedError,
    NotFoundError,
    Problem,
    ProblemsFoundError,
)

Outcome = StagedRow.Outcome
OUTCOMES = {
    Verdict.NEW: Outcome.CREATED,
    Verdict.CHANGED: Outcome.CHANGED,
    Verdict.UNCHANGED: Outcome.UNCHANGED,
}
NOT_PLANNED = (Verdict.REFUSED, Verdict.LEFT_OUT)


class _OutdatedError(Exception):
    """Rows would become something else than what was read through."""

    def __init__(self, rows: list[StagedRow]) -> None:
        """Keep the rows with their fresh plans."""
        super().__init__(len(rows))
        self.rows = rows


def commit_import(*, actor: Actor, staged: StagedImport, today: date) -> StagedImport:
    """Take in a claimed import, or give it back to be read through again with what is wrong.

    Every row is planned anew inside the transaction: what has changed since it was read through
    stops everything. Nothing is stored unless all of it is.
    """
    try:
        with transaction.atomic():
            _commit(actor, staged, today)
    except _OutdatedError as error:
        _give_back(actor, staged, [rules.changed_since(len(error.rows))], error.rows)
    except ProblemsFoundError as error:
        _give_back(actor, staged, error.problems, [])
    except (NotAllowedError, NotFoundError):
        _give_back(actor, staged, [rules.rights_lost()], [])
    return staged


def _commit(actor: Actor, staged: StagedImport, today: date) -> None:
    """Carry out every plan; raises without having stored anything."""
    held = StagedImport.objects.select_for_update(of=("self",)).get(pk=staged.pk)
    if held.status != Status.COMMITTING:
        return
    kind, setting = KINDS[staged.kind], setting_of(staged, actor, today)
    progress = Progress(staged.id)
    outdated = list(_outdated(staged, Planner(kind, setting, {}), progress))
    if outdated:
        raise _OutdatedError(outdated)
    counts: Counter[str] = Counter(created=0, changed=0)
    taken = staged.rows.filter(verdict__in=TAKEN_IN)
    for rows in stored_parts(taken, order_of(kind)):
        results = kind.commit(setting, [plan_of(row) for row in rows])
        _keep_outcomes(rows, results)
        counts.update(row.outcome for row in rows)
        progress.add(len(rows))
    staged.rows.filter(verdict=Verdict.UNCHANGED).update(outcome=Outcome.UNCHANGED)
    staged.rows.filter(verdict__in=NOT_PLANNED).update(outcome=Outcome.LEFT_OUT)
    take(staged, Step.COMMITTED, committed_at=now(), committed_by_name=actor.name)
    tell(events.IMPORT_COMMITTED, actor, staged, {**counts, "sha256": staged.sha256})


def _outdated(staged: StagedImport, planner: Planner, progress: Progress) -> Iterator[StagedRow]:
    """Give the rows that would become something else now, with their fresh plans."""
    rows = staged.rows.exclude(verdict__in=NOT_PLANNED).order_by("number")
    for some in in_parts(rows.iterator(AT_A_TIME), AT_A_TIME):
        sources = [source_of(row) for row in some]
        for row, source, plan in zip(some, sources, planner.plan(sources, {}), strict=True):
            fresh = stored_row(staged, source, plan)
            if not same_plan(row, fresh):
                overwrite(row, fresh)
                yield row
        progress.add(len(some))


def _keep_outcomes(rows: list[StagedRow], results: Results) -> None:
    """Keep for rows what became of it, and what an undo will need."""
    for row in rows:
        answer = results.get(row.number, {})
        row.outcome, row.result = OUTCOMES[Verdict(row.verdict)], dict(answer)
        row.person_id = row.person_id or _person_of(answer)
    keep(rows, "outcome", "result", "person_id")


def _person_of(answer: Mapping[str, object]) -> str | None:
    """Return the person whom a row has become."""
    found = answer.get("person")
    return str(found) if found else None


@transaction.atomic
def _give_back(
    actor: Actor, staged: StagedImport, problems: list[Problem], rows: list[StagedRow]
) -> None:
    """Let the import be read through again."""
    held = StagedImport.objects.select_for_update(of=("self",)).get(pk=staged.pk)
    if held.status != Status.COMMITTING:
        return
    keep(rows, *COLUMNS)
    take(staged, Step.RETURN, faults=faults_of(problems))
    tell(events.IMPORT_RETURNED, actor, staged, {"problems": len(problems), "rows": len(rows)})
