"""What the review page shows: what is decided, who gets nothing, and how the grades spread."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from provning.grading.queries import GradeRow, GradeSheet, GradeState
from provning.grading.rules import field_for
from provning.kernel.problems import Problem
from provning.web.forms import problem_text
from provning.web.grades.lines import standing


@dataclass(frozen=True, slots=True)
class Spread:
    """How many of one value; `most` is the largest count, to draw by."""

    value: str
    count: int
    most: int


@dataclass(frozen=True, slots=True)
class Left:
    """A row that gets no grade now, and why: a status' shape and words."""

    row: GradeRow
    shape: str
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """The sheet as it is about to be decided."""

    sheet: GradeSheet
    deciding: tuple[GradeRow, ...]
    left: tuple[Left, ...]

    @property
    def typists(self) -> str:
        """Return who typed the grades, each once."""
        return ", ".join(dict.fromkeys(row.draft_by for row in self.deciding))

    @property
    def spread(self) -> list[Spread]:
        """Return how many there are of each value of the scale, the best first."""
        counted = Counter(row.draft_value for row in self.deciding)
        order = self.deciding[0].scale if self.deciding else None
        values = order.values if order else ()
        most = max(counted.values(), default=0)
        return [Spread(value, counted[value], most) for value in values]


def review_of(sheet: GradeSheet, only: str = "") -> Review:
    """Return what is decided when everything typed is, or one placement's (its id as text)."""
    open_rows = [row for row in sheet.rows if row.state is not GradeState.DECIDED]
    deciding = tuple(
        row
        for row in open_rows
        if row.draft_value and row.gradable and (not only or str(row.placement.id) == only)
    )
    left = () if only else tuple(row for row in open_rows if row not in deciding)
    return Review(sheet, deciding, tuple(Left(row, *standing(row)) for row in left))


def named_by_person(problems: Iterable[Problem], sheet: GradeSheet) -> list[Problem]:
    """Return the problems with the person each one is about said first."""
    names = {field_for(row.placement.id): row.placement.person.label for row in sheet.rows}
    return [
        replace(
            each,
            message="{person}: {said}",
            params={"person": names[each.field], "said": problem_text(each)},
        )
        if each.field in names
        else each
        for each in problems
    ]
