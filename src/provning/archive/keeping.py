"""What is said of a kind of row: how long it is kept, by what source, and how it goes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from provning.archive.rules.disposal import days_before, months_before
from provning.kernel.disposal import Disposable
from provning.organisation.policies_data import PolicyKey


class Keep(StrEnum):
    """How long a kind is kept."""

    FOR_EVER = "for_ever"
    WHILE_NEEDED = "while_needed"
    MONTHS = "months"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class OrganisersWay:
    """How an organiser's rows go: after the organiser's own number of months or days."""

    policy: PolicyKey
    find: Callable[[UUID, date], list[Disposable]]


@dataclass(frozen=True, slots=True)
class InstallationsWay:
    """How rows go that belong to no organiser: after so many days, the same everywhere."""

    days: int
    find: Callable[[date], list[Disposable]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row: its Swedish name, how long it is kept, by what source, in which tables.

    `way` is how it goes, None for what stays. A table is named once, unless one of its columns goes
    while the row stays (`exams.Placement.outcome_reason`).
    """

    key: str
    label: str
    keep: Keep
    source: str
    models: tuple[str, ...]
    way: OrganisersWay | InstallationsWay | None = None

    def limit(self, today: date, number: int) -> date:
        """Return the day before which a row may go."""
        return (months_before if self.keep is Keep.MONTHS else days_before)(today, number)
