"""What is read of the lists to work off."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from provning.people.queries import PersonRow


@dataclass(frozen=True, slots=True)
class Found:
    """Something that carries a person: its kind, its key there, and what people call it."""

    kind: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class CarrierRow:
    """One line of a person's list; `kind` is a code of `Carrier.Kind`."""

    id: UUID
    kind: str
    kind_label: str
    key: str
    label: str
    found_at: datetime
    done_at: datetime | None
    done_by_name: str
    note: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A protected person with a list: how many lines, and how many remain."""

    person: PersonRow
    total: int
    open: int
