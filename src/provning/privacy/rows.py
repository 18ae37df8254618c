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


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A proposal about who somebody is; `number` is "" for a merge, `other` None for a number.

    `previous` is the number that an approved `number` came instead of; "" in lists, and where it
    was never the person's and has been taken away.
    """

    id: UUID
    kind: str
    kind_label: str
    state: str
    state_label: str
    person: PersonRow
    other: PersonRow | None
    number: str
    mistaken: bool
    reason: str
    proposed_at: datetime
    proposed_by_account: str
    proposed_by_name: str
    decided_at: datetime | None
    decided_by_name: str
    previous: str = ""
