"""Exports as every other room and screen meets them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from provning.kernel.terms import Term


class SentState(StrEnum):
    """Whether what was sent still says what stands."""

    CURRENT = "current"
    OUTDATED = "outdated"
    REPLACED = "replaced"


class ControlEntry(NamedTuple):
    """A prövning, and the code of what was found in it."""

    placement_id: UUID
    code: str


@dataclass(frozen=True, slots=True)
class SentFacts:
    """What whoever has sent an export tells of it; see `models.SentExport`."""

    organiser_id: UUID
    kind: str
    document_id: str
    receiver: str
    sent_on: date
    export_id: UUID | None = None
    covers_from: date | None = None
    covers_to: date | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class SentQuestion:
    """The question that an export answered: see `models.SentSelection`.

    `reach` are pairs of a scope's kind and id, `left_out` the persons protected on the day.
    """

    as_of: datetime
    changed_from: datetime
    changed_before: datetime
    curricula: tuple[str, ...]
    reach: tuple[tuple[str, UUID | None], ...]
    left_out: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """A sent export that carried a person, and which decisions: none where it held names alone.

    By its name alone: the export itself is the organiser's, the decisions the reader's own.
    """

    kind_label: str
    document_id: str
    receiver: str
    sent_on: date
    decisions: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class SentRow:
    """A sent export: `corrected` counts those of its decisions that another has superseded.

    `replaced_by` is the document that was sent later to the same receiver for the same dates.
    `asked` says that it is kept as the question that it answered; what a later one has told the
    receiver is then counted no more.
    """

    id: UUID
    kind: str
    kind_label: str
    organiser_name: str
    export_id: UUID | None
    document_id: str
    receiver: str
    covers_from: date | None
    covers_to: date | None
    sha256: str
    decisions: int
    corrected: int
    asked: bool
    sent_on: date
    registered_at: datetime
    registered_by_name: str
    state: SentState
    replaced_by: str


@dataclass(frozen=True, slots=True)
class ExtractFile:
    """An extract's file on its way out."""

    file_name: str
    content: bytes
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class AuthorityExtractRow:
    """An extract for an authority as it was made.

    `counts` and `changes` are numbers by name (see `models.AuthorityExtract`), `blanks` the codes
    that were not known. `sent` counts how often it has been handed over, `corrected` those of its
    decisions that another has superseded since.
    """

    id: UUID
    target: str
    organiser_id: UUID
    organiser_name: str
    term: Term
    version: int
    document_id: str
    rows: int
    counts: Mapping[str, int]
    changes: Mapping[str, int]
    blanks: tuple[tuple[str, str], ...]
    holds_protected: bool
    follows: str
    sha256: str
    size: int
    made_at: datetime
    made_by_name: str
    sent: int
    corrected: int
    latest: bool


@dataclass(frozen=True, slots=True)
class ReportOrderRow:
    """An order of an extract and how far its job has come."""

    id: UUID
    target: str
    organiser_id: UUID
    term: Term
    status: str
    status_label: str
    stalled: bool
    done: int
    total: int
    message: str
    extract_id: UUID | None
    ordered_at: datetime
    ordered_by_name: str


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of a file: what it is for, what is published, and what the organiser has written.

    `code` is what holds on the day asked about, "" when nobody knows it.
    """

    key: tuple[str, str]
    published: str
    code: str
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class ProviderStatistics:
    """A provider's term in figures.

    `grades` counts the standing grades by value, `outcomes` the rest by why there is none ("" is
    still to come). `days` are those from each exam to its first decision, `in_time` how many of
    them the huvudman's deadline allows.
    """

    provider_id: UUID
    provider_name: str
    grades: Mapping[str, int]
    outcomes: Mapping[str, int]
    days: tuple[int, ...]
    in_time: int

    @property
    def graded(self) -> int:
        """Return how many have a grade."""
        return sum(self.grades.values())

    @property
    def waiting(self) -> int:
        """Return how many wait for a grade."""
        return self.outcomes.get("", 0)

    @property
    def trials(self) -> int:
        """Return how many prövningar there are."""
        return self.graded + sum(self.outcomes.values())

    @property
    def average_days(self) -> float | None:
        """Return the mean of the days to a decision, None before the first."""
        return sum(self.days) / len(self.days) if self.days else None

    @property
    def share_in_time(self) -> float | None:
        """Return the share decided in time, from 0 to 1, None before the first."""
        return self.in_time / len(self.days) if self.days else None
