"""A decision with everything around it, for catalogues, extracts and files."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from provning.grading.replacement import Standing
from provning.grading.rows.particulars import Particulars
from provning.kernel.delegation import delegator_in
from provning.kernel.terms import Season, Term


@dataclass(frozen=True, slots=True)
class Previous:
    """The decision that a rättelse or ändring took the place of."""

    value: str
    exam_date: date
    course_code: str


@dataclass(frozen=True, slots=True)
class Successor:
    """The rättelse or ändring that took a decision's place.

    `delegated_by` names the rektor on whose delegation it was made.
    """

    decision_id: UUID
    correction_type: str
    value: str
    exam_date: date
    course_code: str
    decided_by_name: str
    decided_at: datetime
    delegated_by: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with everything a catalogue, an extract or a file says of it; for programs.

    `joint` are the teachers who decided together with `decided_by`. `previous` is what the row took
    the place of, `successor` what took its place. `covered_by` is the pass on a higher Gy25 level
    that replaces the grade; both stay. `reason` is why it was corrected, amended or decided by
    rektor, `hearing_note` what the examinee said before a rättelse or why they were not heard.
    """

    id: UUID
    placement_id: UUID
    group_id: UUID
    group_name: str
    group_number: int
    unit_id: UUID
    unit_name: str
    course_id: UUID
    course_code: str
    course_name: str
    points: int | None
    person_id: UUID
    exam_date: date
    value: str
    scale_id: str
    decided_by_id: UUID
    decided_by_name: str
    decider_role: str
    joint: tuple[tuple[UUID, str], ...]
    registered_by_name: str
    decided_at: datetime
    correction_type: str
    ground: str
    reason: str
    hearing: str
    particulars: Particulars
    previous: Previous | None
    successor: Successor | None
    covered_by: Standing | None
    hearing_note: str = ""
    year: int = 0
    season: str = ""

    @property
    def delegated_by(self) -> str:
        """Return the rektor on whose delegation it was made, "" for a right of one's own."""
        return delegator_in(self.reason)

    @property
    def term(self) -> Term:
        """Return the term of the group."""
        return Term(self.year, Season(self.season))

    @property
    def stands(self) -> bool:
        """Say whether the decision is valid: no rättelse or ändring has taken its place."""
        return self.successor is None

    @property
    def note(self) -> str:
        """Return what is noted beside a rättelse or ändring: Tidigare betyg D från 2026-05-14."""
        if self.previous is None:
            return ""
        return f"Tidigare betyg {self.previous.value} från {self.previous.exam_date.isoformat()}"
