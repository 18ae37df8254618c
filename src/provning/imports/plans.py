"""What stands in a row of a file, and what would become of it: values without a database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from provning.kernel.actors import Actor
from provning.kernel.problems import Problem

SKIP = "skip"
"""The choice to leave a row out."""
NEW = "new"
"""The choice that a row is a person whom the register does not have."""


class Verdict(StrEnum):
    """What would become of a row."""

    CHOICE = "choice"
    REFUSED = "refused"
    CHANGED = "changed"
    NEW = "new"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"


TAKEN_IN = frozenset({Verdict.NEW, Verdict.CHANGED})


@dataclass(frozen=True, slots=True)
class Field:
    """One column that a kind of import reads.

    `label` is the header that templates have, `aliases` other headers that mean the same. `example`
    stands in the template's explaining row. `key` names the field in problems.
    """

    key: str
    label: str
    hint: str
    example: str
    aliases: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of the file: its number as Excel shows it, and the text of each field.

    `choice` is what a person has answered: `SKIP`, `NEW`, or the id of the person it is.
    """

    number: int
    cells: Mapping[str, str]
    choice: str = ""

    def text(self, key: str) -> str:
        """Return a field's text, "" when the file has no such column."""
        return self.cells.get(key, "")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that would change: its key, what is there and what the file says."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of one row.

    `what` names it as the file does ("Ek, Kim", "PRÖ:KC26HTMAT03B"). `candidates` are the persons
    to choose among when the verdict is CHOICE, `may_be_new` says that a new one is a choice too,
    and `problems` then hold what is to be answered. `protected` says that who it is must be masked.
    `data` is plain JSON, for `commit`. No two rows of a file have the same `key`; `twice` says
    so of a later one in the kind's own words, None in the usual ones.
    """

    number: int
    verdict: Verdict
    what: str = ""
    key: str = ""
    person_id: UUID | None = None
    protected: bool = False
    problems: tuple[Problem, ...] = ()
    differences: tuple[Difference, ...] = ()
    candidates: tuple[UUID, ...] = ()
    may_be_new: bool = False
    data: Mapping[str, object] = field(default_factory=dict)
    twice: Problem | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """One row that was taken in: its plan's facts, and what `commit` answered for it."""

    number: int
    verdict: Verdict
    person_id: UUID | None
    data: Mapping[str, object]
    result: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Setting:
    """Who imports, for whom, and on which day; `provider_id` is None for the whole organiser."""

    actor: Actor
    organiser_id: UUID
    provider_id: UUID | None
    today: date
