"""Asking a kind what would become of rows, and what the framework itself has against them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from provning.imports import rules
from provning.imports.kind import ImportKind
from provning.imports.models import StagedImport, StagedRow
from provning.imports.plans import SKIP, Difference, Plan, Setting, SourceRow, Verdict
from provning.kernel.problems import Problem

AT_A_TIME = 1000
COLUMNS = (
    "cells",
    "what",
    "key",
    "person_id",
    "protected",
    "verdict",
    "problems",
    "differences",
    "candidates",
    "may_be_new",
    "plan",
    "choice",
)
COMPARED = ("verdict", "person_id", "plan", "differences")


class Planner:
    """Plans the rows of one file in their order, and knows what it has met already."""

    def __init__(self, kind: ImportKind, setting: Setting, seen: dict[str, int]) -> None:
        """Begin; `seen` has the keys of rows that are planned already, with their numbers."""
        self._kind, self._setting, self._seen = kind, setting, seen

    def plan(self, rows: Sequence[SourceRow], strays: dict[int, Problem]) -> list[Plan]:
        """Return the plans of the rows, in their order; `strays` are faults of rows by number."""
        planned = self._kind.plan(self._setting, rows)
        return [
            self._finished(row, plan, strays.get(row.number))
            for row, plan in zip(rows, planned, strict=True)
        ]

    def _finished(self, row: SourceRow, plan: Plan, stray: Problem | None) -> Plan:
        """Add what is wrong with a row whatever its kind, and leave out what is to be left out."""
        if row.choice == SKIP:
            return replace(plan, verdict=Verdict.LEFT_OUT, problems=(), differences=(), key="")
        found = [stray] if stray else []
        first = self._seen.setdefault(plan.key, row.number) if plan.key else row.number
        if first != row.number:
            found.append(plan.twice or rules.row_twice(first))
        if not found:
            return plan
        return replace(
            plan, verdict=Verdict.REFUSED, problems=(*found, *plan.problems), differences=()
        )


def stored_row(staged: StagedImport, row: SourceRow, plan: Plan) -> StagedRow:
    """Return the row to store for a plan."""
    return StagedRow(
        staged=staged,
        number=row.number,
        cells=dict(row.cells),
        what=plan.what[:400],
        key=plan.key[:200],
        person_id=plan.person_id,
        protected=plan.protected,
        verdict=plan.verdict.value,
        problems=[each.facts() for each in plan.problems],
        differences=[[each.field, each.before, each.after] for each in plan.differences],
        candidates=[str(each) for each in plan.candidates],
        may_be_new=plan.may_be_new,
        plan=dict(plan.data),
        choice=row.choice,
    )


def overwrite(row: StagedRow, fresh: StagedRow) -> None:
    """Give a stored row what a fresh plan says; what could be chosen can be chosen anew."""
    fresh.candidates = fresh.candidates or row.candidates
    fresh.may_be_new = fresh.may_be_new or row.may_be_new
    for name in COLUMNS:
        setattr(row, name, getattr(fresh, name))


def same_plan(row: StagedRow, fresh: StagedRow) -> bool:
    """Say whether what would become of a row is what it was when it was read through."""
    return all(getattr(row, name) == getattr(fresh, name) for name in COMPARED)


def source_of(row: StagedRow) -> SourceRow:
    """Return what the file says in a stored row, with the answer it has been given."""
    return SourceRow(row.number, row.cells, row.choice)


def plan_of(row: StagedRow) -> Plan:
    """Return the plan that a stored row holds, as far as `commit` needs it."""
    return Plan(
        row.number,
        Verdict(row.verdict),
        row.what,
        row.key,
        row.person_id,
        protected=row.protected,
        differences=tuple(Difference(*each) for each in row.differences),
        data=row.plan,
    )


def keep(rows: Iterable[StagedRow], *fields: str) -> None:
    """Store fields of rows that are there already; many times quicker than an update of each."""
    StagedRow.objects.bulk_create(
        list(rows), AT_A_TIME, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )
