"""From the first decision of a prövning to the one that stands: pure, from rows that are read.

Each rättelse or ändring supersedes exactly one decision, and the database lets no chain branch.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from provning.grading.rows import DecisionRow

CORRECTION = "Rättelse"

Chain = tuple[DecisionRow, ...]
"""One prövning's decisions, the first one first."""


def chain_of(rows: Iterable[DecisionRow], decision_id: UUID) -> Chain:
    """Return the chain that a decision belongs to, among all decisions about the person.

    Raises `KeyError` when the decision is not among them.
    """
    by_id = {row.id: row for row in rows}
    before = {row.successor.decision_id: row for row in by_id.values() if row.successor}
    first = by_id[decision_id]
    while first.id in before:
        first = before[first.id]
    return tuple(_onwards(first, by_id))


def judgement(chain: Chain) -> DecisionRow:
    """Return the decision whose makers judged the grade that stands.

    A rättelse judges nothing, it mends what was written: who decided before it may still amend.
    """
    return next(row for row in reversed(chain) if row.correction_type != CORRECTION)


def deciders(row: DecisionRow) -> dict[UUID, str]:
    """Return those who decided, by person: the one who signs first and then the others."""
    return {row.decided_by_id: row.decided_by_name, **dict(row.joint)}


def _onwards(first: DecisionRow, by_id: Mapping[UUID, DecisionRow]) -> Iterable[DecisionRow]:
    """Give a decision and, in turn, what superseded it."""
    row: DecisionRow | None = first
    while row is not None:
        yield row
        row = by_id.get(row.successor.decision_id) if row.successor else None
