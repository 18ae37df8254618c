"""Versions, orders and documents as screens meet them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from provning.kernel.terms import Term


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One version of one part of a unit's catalogue for a term; `part` is ordinary or protected.

    `latest` says that no newer version of the series exists. `teacher_name` is whose decisions
    alone it holds, "" for everybody's. `changes` say what differs from the version before.
    """

    id: UUID
    unit_id: UUID
    unit_name: str
    term: Term
    part: str
    part_label: str
    version: int
    preliminary: bool
    document_id: str
    sha256: str
    decisions: int
    pages: int
    made_at: datetime
    made_by_name: str
    latest: bool
    teacher_id: UUID | None
    teacher_name: str
    issued_on: date
    content_sha256: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CatalogueDocument:
    """A document to hand out, with the name it is saved under."""

    file_name: str
    media_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class ToPrintRow:
    """A unit and term whose catalogue is to be printed.

    `decisions` are the decisions there are; `printed` is how many the latest catalogue has, 0 when
    there is none. `replaced` are those that a higher level has replaced since; `moved` says that
    the parts do not hold what they should.
    """

    unit_id: UUID
    unit_name: str
    term: Term
    decisions: int
    printed: int
    replaced: int = 0
    moved: bool = False

    @property
    def missing(self) -> int:
        """Return how many decisions stand in no catalogue."""
        return max(self.decisions - self.printed, 0)

    @property
    def waits(self) -> bool:
        """Say whether a new version is due."""
        return self.moved or self.replaced > 0


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An ordered catalogue and how far it has come; `message` is the Swedish outcome."""

    id: UUID
    unit_id: UUID
    unit_name: str
    term: Term
    status: str
    status_label: str
    message: str
    ordered_at: datetime
    ordered_by_name: str
    finished_at: datetime | None

    @property
    def finished(self) -> bool:
        """Say whether the job has come to its end, well or not."""
        return self.finished_at is not None
