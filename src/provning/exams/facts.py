"""What the planning of groups needs to know of a unit and a term, read once and then pure."""

import dataclasses
from datetime import date
from uuid import UUID

from provning.kernel.group_names import NamingRule
from provning.kernel.terms import Term


@dataclasses.dataclass(frozen=True, slots=True)
class GroupFact:
    """One group that exists in the unit and term."""

    id: UUID
    name: str
    course_id: UUID
    course_code: str
    course_name: str
    number: int
    teacher_id: UUID | None
    teacher_name: str


@dataclasses.dataclass(frozen=True, slots=True)
class TermFacts:
    """A unit in a term: letters, calendar, naming custom and the groups there already.

    `first_day` and `last_day` are the provider's calendar; `initials` is "" when the unit has none
    on `initials_on`. `gy25_naming` is the organiser's policy for Gy25 levels, `unit_ends` the last
    day of a unit that ends.
    """

    unit_id: UUID
    unit_name: str
    provider_id: UUID
    term: Term
    first_day: date
    last_day: date
    initials: str
    initials_on: date
    gy25_naming: NamingRule
    groups: tuple[GroupFact, ...]
    unit_ends: date | None = None

    def with_group(self, group: GroupFact) -> "TermFacts":
        """Return the facts as they are once the group exists too."""
        return dataclasses.replace(self, groups=(*self.groups, group))
