"""A request as the screens meet it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from provning.kernel.terms import Term


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request with its group.

    `name` is "Efternamn, Förnamn". Once registered, name and number are the person's in the
    register, and masked when the actor may not see them. `is_open` says that it still waits for
    somebody. `may_handle` and `may_send` say which side of it the actor is on.
    """

    id: UUID
    group_id: UUID
    group_name: str
    unit_id: UUID
    unit_name: str
    provider_id: UUID
    provider_name: str
    course_code: str
    course_name: str
    term: Term
    number_display: str
    name: str
    given_name: str
    family_name: str
    masked: bool
    exam_date: date
    status: str
    status_label: str
    is_open: bool
    question: str
    answer: str
    refusal: str
    sent_at: datetime
    sent_by_name: str
    handled_at: datetime | None
    handled_by_name: str
    placement_id: UUID | None
    version: int
    may_handle: bool
    may_send: bool
