"""Imports and their rows as screens and commands meet them; masked for whoever reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from provning.imports.kind import ImportKind
from provning.imports.plans import Difference, Verdict
from provning.imports.states import FINISHED, RUNNING, Status
from provning.kernel.problems import Problem
from provning.people.queries import PersonRow


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import. `counts` are its rows by verdict, `outcomes` by what became of them.

    `stalled` says that the job of a running step has said nothing for long. `planned` rows are
    read; `done` steps of taking in or back have been carried out, of `steps`.
    """

    id: UUID
    kind: ImportKind
    place_name: str
    status: Status
    status_label: str
    stalled: bool
    file_name: str
    size: int
    sha256: str
    headers: tuple[str, ...]
    columns: Mapping[str, str]
    total: int
    planned: int
    done: int
    counts: Mapping[str, int]
    outcomes: Mapping[str, int]
    faults: tuple[Problem, ...]
    uploaded_at: datetime
    uploaded_by_name: str
    committed_at: datetime | None
    committed_by_name: str
    finished_at: datetime | None

    @property
    def running(self) -> bool:
        """Say whether a job has, or waits for, a step."""
        return self.status in RUNNING

    @property
    def finished(self) -> bool:
        """Say whether nothing more happens by itself."""
        return self.status in FINISHED

    @property
    def steps(self) -> int:
        """Return how many steps taking in, or back, has: a row is checked anew, then stored."""
        if self.status is Status.UNDOING:
            return sum(self.outcomes.get(each, 0) for each in ("created", "changed", "kept"))
        left = (Verdict.REFUSED, Verdict.LEFT_OUT)
        checked = self.total - sum(self.number(each) for each in left)
        return checked + self.number(Verdict.NEW) + self.number(Verdict.CHANGED)

    def number(self, verdict: Verdict) -> int:
        """Return how many rows have a verdict."""
        return self.counts.get(verdict.value, 0)


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of a file as it may be seen.

    `person` is whom of the register it speaks of. When `masked`, `what` and `cells` are empty and
    no difference or problem tells who it is.
    """

    number: int
    person: PersonRow | None
    what: str
    masked: bool
    cells: Mapping[str, str]
    verdict: Verdict
    verdict_label: str
    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]
    candidates: tuple[PersonRow, ...]
    may_be_new: bool
    choice: str
    outcome: str
    outcome_label: str
    notes: tuple[Problem, ...]
