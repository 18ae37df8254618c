"""What is read of the access log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One entry as a reader meets it; `kind` is a code of `AccessEntry.Kind`.

    `person_id` is None for a list and for a search that found nobody.
    """

    number: int
    at: datetime
    actor_id: str
    actor_name: str
    actor_role: str
    kind: str
    person_id: UUID | None
    count: int
    opened: bool
    outside: bool
    place: str
    selection: str
    reason: str
