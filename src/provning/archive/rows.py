"""Deliveries, packages and disposal runs as screens meet them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from provning.archive.rules.periods import Period
from provning.archive.rules.steps import Step
from provning.kernel.problems import Problem
from provning.kernel.terms import Term


class DeliveryState(StrEnum):
    """How a unit's period stands with its delivery."""

    MISSING = "missing"
    PREPARED = "prepared"
    SENT = "sent"
    RETURNED = "returned"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A unit and an ended period, and how its delivery stands.

    `due` is the last day in time to send, or to receive what is sent; `late` says that it has
    passed. `delivery_id` is None and `document_id` "" before anything is prepared. `supplementary`
    says that the period's first delivery has been received.
    """

    unit_id: UUID
    unit_name: str
    provider_name: str
    period: Period
    state: DeliveryState
    due: date
    late: bool
    delivery_id: UUID | None
    document_id: str
    supplementary: bool


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One catalogue version that is to be delivered, or lies in a delivery."""

    id: UUID
    document_id: str
    term: Term
    part_label: str
    protected: bool
    version: int
    pages: int
    decisions: int


@dataclass(frozen=True, slots=True)
class PreparationRow:
    """What a period's delivery would hold, and everything that is missing before it is sent.

    `papers` are those the reader may see. `delivery_id` is the delivery that would be prepared
    anew, None for a new one; `may_prepare` is why it cannot be, none when it can.
    """

    period: Period
    last_day: date
    due: date
    papers: tuple[PaperRow, ...]
    missing: tuple[Problem, ...]
    hindered: tuple[Problem, ...]
    delivery_id: UUID | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a delivery; `exceptions` are what was missing, line by line."""

    number: int
    step: Step
    label: str
    day: date
    taken_at: datetime
    by: str
    remarks: str
    override_reason: str
    exceptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list of a delivery as a document; `latest` belongs to the latest preparation."""

    id: UUID
    step: int
    part_label: str
    protected: bool
    rows: int
    pages: int
    sha256: str
    latest: bool


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery with its whole way.

    `steps` are the oldest first; `papers` and `lists` those that the reader may see.
    `hidden_part` says that it also has a part the reader may not see. `due` is the last day in time
    for whoever is to act, None when nobody is.
    """

    id: UUID
    document_id: str
    unit_id: UUID
    unit_name: str
    provider_name: str
    period: Period
    number: int
    steps: tuple[StepRow, ...]
    papers: tuple[PaperRow, ...]
    lists: tuple[ListRow, ...]
    hidden_part: bool
    due: date | None
    may_send: bool
    may_receive: bool

    @property
    def last(self) -> StepRow:
        """Return the latest step."""
        return self.steps[-1]

    @property
    def state(self) -> DeliveryState:
        """Return how it stands."""
        return DeliveryState(self.last.step.value)


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One e-archive package; `latest` says that no newer one of the part exists."""

    id: UUID
    package_id: str
    term: Term
    part_label: str
    protected: bool
    number: int
    decisions: int
    files: int
    size: int
    sha256: str
    made_at: datetime
    made_by_name: str
    latest: bool


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """One run: how many rows of each kind went, by the kind's label."""

    id: UUID
    day: date
    organiser: str
    counts: tuple[tuple[str, int], ...]
    total: int
    made_at: datetime
    made_by_name: str
