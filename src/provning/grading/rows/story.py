"""One grade with everything that has happened to it and what may happen next."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.courses.rows import CourseRow
from provning.exams.rows import GroupRow, PlacementRow
from provning.grading.rows.decisions import DecisionRow


@dataclass(frozen=True, slots=True)
class Covering:
    """The pass on a higher level that replaces a grade (Skollagen 20 kap. 35 a §).

    What it is and where is told only in scope: else `decision_id` is None and the texts are "".
    """

    decision_id: UUID | None = None
    course_name: str = ""
    value: str = ""
    exam_date: date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A placement that a rättelse has led away from, its last decision, and what stands instead."""

    placement: PlacementRow
    decision: DecisionRow
    standing: DecisionRow


@dataclass(frozen=True, slots=True)
class GradeStory:
    """One decision in its chain, with the person as the actor may see them.

    `amends_as` is in which role the actor may amend the grade that stands (LÄRARE, REKTOR), ""
    when they may not; `judged_it` that they are one of those who judged it, `others` the rest of
    them. `tells_all` says that the actor may read what was typed and what the examinee said.
    """

    decision: DecisionRow
    chain: tuple[DecisionRow, ...]
    placement: PlacementRow
    group: GroupRow
    course: CourseRow
    covering: Covering | None
    may_correct: bool
    amends_as: str
    judged_it: bool
    others: tuple[str, ...]
    tells_all: bool

    @property
    def standing(self) -> DecisionRow:
        """Return the decision of the chain that is valid."""
        return self.chain[-1]
