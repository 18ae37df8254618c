"""The rows of an import, one page at a time, as the actor may see them."""

from collections.abc import Sequence
from typing import overload
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from provning.imports.kinds import KINDS
from provning.imports.models import VERDICTS, StagedImport, StagedRow
from provning.imports.plans import Difference, Verdict
from provning.imports.policies import holds_at, import_scope
from provning.imports.rows import RowLine
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError, Problem
from provning.people.queries import PersonRow, person_rows

ALL = ""
ORDER = (
    Verdict.CHOICE,
    Verdict.REFUSED,
    Verdict.CHANGED,
    Verdict.NEW,
    Verdict.UNCHANGED,
    Verdict.LEFT_OUT,
)


class Lines(Sequence[RowLine]):
    """Rows that are read when they are asked for: a page costs the same of any number."""

    def __init__(self, actor: Actor, staged: StagedImport, rows: QuerySet[StagedRow]) -> None:
        """Keep what to read and for whom."""
        self._actor, self._staged, self._rows = actor, staged, rows
        self._count = rows.count()

    def __len__(self) -> int:
        """Return how many rows there are; known already."""
        return self._count

    @overload
    def __getitem__(self, key: int) -> RowLine: ...
    @overload
    def __getitem__(self, key: slice) -> list[RowLine]: ...
    def __getitem__(self, key: int | slice) -> RowLine | list[RowLine]:
        """Read a part; two queries."""
        if isinstance(key, int):
            return _lines(self._actor, self._staged, [self._rows[key]])[0]
        return _lines(self._actor, self._staged, list(self._rows[key]))


def row_lines(actor: Actor, import_id: UUID, verdict: str = ALL, outcome: str = ALL) -> Lines:
    """Return the rows, what a person has to look at first; all, or those of a verdict or outcome.

    Raises `NotFoundError` when the import is out of reach.
    """
    staged = StagedImport.objects.filter(import_scope(actor), pk=import_id).first()
    if staged is None:
        raise NotFoundError("staged_import")
    rows = staged.rows.all()
    if verdict:
        rows = rows.filter(verdict=verdict)
    if outcome:
        rows = rows.filter(outcome=outcome)
    whens = [When(verdict=each, then=Value(place)) for place, each in enumerate(ORDER)]
    place = Case(*whens, default=Value(len(ORDER)), output_field=IntegerField())
    return Lines(actor, staged, rows.order_by(place, "number"))


def _lines(actor: Actor, staged: StagedImport, rows: Sequence[StagedRow]) -> list[RowLine]:
    ids = {row.person_id for row in rows if row.person_id}
    ids |= {UUID(each) for row in rows for each in row.candidates}
    persons = person_rows(actor, ids) if ids else {}
    return [_line(actor, staged, row, persons) for row in rows]


def _line(
    actor: Actor, staged: StagedImport, row: StagedRow, persons: dict[UUID, PersonRow]
) -> RowLine:
    person = persons.get(row.person_id) if row.person_id else None
    masked = _is_masked(actor, staged, row, person)
    shown = KINDS[staged.kind].shows_person or masked
    verdict = Verdict(row.verdict)
    candidates = [persons[key] for each in row.candidates if (key := UUID(each)) in persons]
    return RowLine(
        number=row.number,
        person=person if shown else None,
        what="" if masked else row.what,
        masked=masked,
        cells={} if masked else row.cells,
        verdict=verdict,
        verdict_label=VERDICTS[verdict],
        differences=() if masked else tuple(Difference(*each) for each in row.differences),
        problems=_problems(row.problems, masked=masked),
        candidates=tuple(candidates),
        may_be_new=row.may_be_new,
        choice=row.choice,
        outcome=row.outcome,
        outcome_label=str(StagedRow.Outcome(row.outcome).label),
        notes=_problems(row.notes, masked=masked),
    )


def _is_masked(
    actor: Actor, staged: StagedImport, row: StagedRow, person: PersonRow | None
) -> bool:
    """Say whether who a row speaks of is hidden from the actor.

    Somebody whom the register does not have is seen by whoever brought the file in, who has it.
    """
    if person is not None:
        return person.masked
    mine = staged.uploaded_by_account == actor.id
    # Who is in no register cannot be opened for a reason, so at a screen the right is not enough.
    sees = actor.opened is None and holds_at(actor, Permission.VIEW_PROTECTED, staged)
    return row.protected and not mine and not sees


def _problems(stored: Sequence[dict[str, object]], *, masked: bool) -> tuple[Problem, ...]:
    """Return the problems; those that name somebody hidden say nothing more than that."""
    found = (Problem.from_facts(each) for each in stored)
    return tuple(each for each in found if not (masked and each.params))
