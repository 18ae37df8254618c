"""Exports as every other room and screen meets them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class SentState(StrEnum):
    """Whether what was sent still says what stands."""

    CURRENT = "current"
    OUTDATED = "outdated"
    REPLACED = "replaced"


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
class SentRow:
    """A sent export: `corrected` counts those of its decisions that another has superseded.

    `replaced_by` is the document that was sent later to the same receiver for the same dates.
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
    sent_on: date
    registered_at: datetime
    registered_by_name: str
    state: SentState
    replaced_by: str
