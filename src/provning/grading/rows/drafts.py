"""What is typed, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from provning.grading.rows.particulars import Particulars
from provning.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """One typed grade: "" takes the draft away. `expected_version` is what the typist saw.

    `particulars` None leaves those that are stored. `over_other` says that the typist has read what
    the teacher they decide together with has typed, and writes over it.
    """

    placement_id: UUID
    value: str
    expected_version: int
    particulars: Particulars | None = None
    over_other: bool = False


@dataclass(frozen=True, slots=True)
class DraftChange:
    """A typed grade that was typed anew; `after` is "" when it was taken away."""

    before: str
    after: str
    who: str
    at: datetime


class DraftStatus(StrEnum):
    """What became of a typed grade; HELD was in order but other rows of the form were not."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    PROBLEMS = "problems"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class DraftResult:
    """The answer for one row: `value` and `version` are what is stored now.

    `before` is what stood beside the value that a saved one took the place of.
    """

    placement_id: UUID
    status: DraftStatus
    value: str
    version: int
    problems: tuple[Problem, ...] = ()
    before: Particulars | None = None

    @property
    def stands(self) -> bool:
        """Say whether the typed grade is what is stored."""
        return self.status in {DraftStatus.SAVED, DraftStatus.UNCHANGED}
