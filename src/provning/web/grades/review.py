"""What the review page shows: what is decided, what is answered or waits, and who gets nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from provning.grading.queries import GradeRow, GradeSheet
from provning.grading.rows import DraftChange
from provning.grading.rules import field_for
from provning.grading.states import is_open
from provning.kernel.problems import Problem
from provning.web.forms import problem_text
from provning.web.grades.lines import standing
from provning.web.grades.student import particular_facts
from provning.web.grades.typed import LONGEST, short

PRINCIPAL = "REKTOR"
DISAGREEMENT = "disagreement"
DECIDED, ANSWERED, AGREED, SETTLED = "value", "answer", "agree", "settle"
"""What the inputs of the page's parts are called: a grade is read as what it was shown as."""


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
class Reviewed:
    """A row with a typed grade: what stands beside it, and how it has been typed anew.

    `other` and `own` are what the other teacher and the actor have answered, `chosen` what a rektor
    has chosen between two.
    """

    row: GradeRow
    facts: list[tuple[str, str]]
    changes: list[DraftChange]
    other: str
    own: str = ""
    chosen: str = ""

    @property
    def may_agree(self) -> bool:
        """Say whether the actor has answered another grade than the one that is typed."""
        return self.own not in {"", self.row.draft_value}

    @property
    def missing(self) -> list[str]:
        """Return what has to be filled in before the grade is decided."""
        return [problem_text(each) for each in self.row.missing]


@dataclass(frozen=True, slots=True)
class Review:
    """The sheet as it is about to be decided.

    Where two teachers decide together, `answering` are grades that the actor has yet to answer,
    `waiting` those that the other one has, and `disputed` those on which both have answered
    differently: rektor chooses. `lacking` miss what has to stand beside the grade.
    """

    sheet: GradeSheet
    deciding: tuple[Reviewed, ...] = ()
    answering: tuple[Reviewed, ...] = ()
    waiting: tuple[Reviewed, ...] = ()
    disputed: tuple[Reviewed, ...] = ()
    lacking: tuple[Reviewed, ...] = ()
    left: tuple[Left, ...] = ()
    values: tuple[str, ...] = field(default=())

    @property
    def is_principal(self) -> bool:
        """Say whether a rektor decides instead of the teachers."""
        return self.sheet.decider_role == PRINCIPAL

    @property
    def decides(self) -> int:
        """Return how many grades can be decided now."""
        return len(self.deciding) + (len(self.disputed) if self.is_principal else 0)

    @property
    def acts(self) -> bool:
        """Say whether there is anything to decide or answer."""
        return bool(self.decides or self.answering)

    @property
    def may_agree(self) -> bool:
        """Say whether the actor can come over to what the other teacher holds."""
        return not self.is_principal and any(each.may_agree for each in self.disputed)

    @property
    def grounds(self) -> list[str]:
        """Return on what grounds a rektor may decide what is here; none for a teacher."""
        if not self.is_principal:
            return []
        settled = [DISAGREEMENT] if self.disputed else []
        return [*settled, *(["left", "hindered"] if self.deciding else [])]

    @property
    def twice(self) -> bool:
        """Say whether something looks registered twice."""
        return any(each.row.elsewhere for each in (*self.deciding, *self.disputed))

    @property
    def changed(self) -> int:
        """Return how many of the grades have been typed anew."""
        return sum(bool(each.changes) for each in (*self.deciding, *self.answering, *self.disputed))

    @property
    def typists(self) -> str:
        """Return who typed the grades, each once."""
        rows = (*self.deciding, *self.answering, *self.disputed)
        return ", ".join(dict.fromkeys(each.row.draft_by for each in rows))

    @property
    def spread(self) -> list[Spread]:
        """Return how many there are of each value of the scale, the best first."""
        counted = Counter(each.row.draft_value for each in (*self.deciding, *self.answering))
        most = max(counted.values(), default=0)
        return [Spread(value, counted[value], most) for value in self.values]


def review_of(
    sheet: GradeSheet,
    person_id: UUID | None,
    changes: Mapping[UUID, list[DraftChange]],
    chosen: Mapping[UUID, str],
    only: str = "",
) -> Review:
    """Return the sheet sorted by what can be done now, all of it or one placement's (its id).

    `chosen` are the grades that a rektor has chosen on the page between teachers who disagree.
    """
    open_rows = [row for row in sheet.rows if is_open(row.state)]
    asked_for = [row for row in open_rows if not only or str(row.placement.id) == only]
    parts: dict[str, list[Reviewed]] = {}
    for row in asked_for:
        if row.draft_value and row.gradable:
            part = _part(row, sheet, person_id)
            key = row.placement.id
            shown = Reviewed(
                row,
                particular_facts(row.particulars),
                changes.get(key, []),
                row.held_by(sheet.other_teacher_id),
                row.held_by(person_id),
                chosen.get(key, ""),
            )
            parts.setdefault(part, []).append(shown)
    typed = {each.row.placement.id for rows in parts.values() for each in rows}
    rest = () if only else (row for row in open_rows if row.placement.id not in typed)
    scale = next((row.scale for row in sheet.rows if row.scale), None)
    return Review(
        sheet,
        left=tuple(Left(row, *standing(row)) for row in rest),
        values=scale.values if scale else (),
        **{part: tuple(rows) for part, rows in parts.items()},
    )


def read_values(data: Mapping[str, str], rows: Iterable[GradeRow], part: str) -> dict[UUID, str]:
    """Return the grades as they were read on one part of the page, by placement.

    What was left empty, between teachers who disagree, is not chosen.
    """
    found = {
        row.placement.id: short(data.get(f"{part}-{row.placement.id}", "").strip()) for row in rows
    }
    return {key: value for key, value in found.items() if value}


def read_versions(data: Mapping[str, str], keys: Iterable[UUID]) -> dict[UUID, int]:
    """Return the drafts' versions as they were read, by placement."""
    texts = {key: data.get(f"version-{key}", "") for key in keys}
    return {key: int(text) if _is_number(text) else 0 for key, text in texts.items()}


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


def _part(row: GradeRow, sheet: GradeSheet, person_id: UUID | None) -> str:
    """Say what can be done with a typed grade: the name of a part of `Review`."""
    if sheet.other_teacher_id is None:
        if row.disagreement:
            return "disputed"
        return "lacking" if row.missing else "deciding"
    own, other = row.held_by(person_id), row.held_by(sheet.other_teacher_id)
    if own and other and own != other:
        return "disputed"
    if other == row.draft_value and own in {"", other}:
        return "lacking" if row.missing else "deciding"
    return "waiting" if own == row.draft_value else "answering"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST
