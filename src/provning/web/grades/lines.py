"""The rows of a grade sheet as they are shown, with what became of what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from provning.grading.queries import EarlierGrade, GradeRow, GradeSheet, GradeState
from provning.grading.rows import DraftResult, DraftStatus
from provning.kernel.problems import Problem
from provning.web.forms import ShownProblem, problem_text
from provning.web.grades.typed import TypedGrade

# Why no grade can be set, in a few words: the sheet says it on every row.
IN_SHORT = {
    "grade-no-teacher": gettext_noop("Väntar på lärare"),
    "grade-before-exam": gettext_noop("Kan sättas från {date}"),
    "grade-outcome-set": gettext_noop("Inget betyg: {outcome}"),
}


@dataclass(frozen=True, slots=True)
class GradeLine:
    """One person's line.

    `shape` and `text` are the status; `typed` stands in the input, `version` beside it. `problems`
    are what was wrong with the row, `conflict` that somebody else was first, `stored` their value.
    `earlier` are the person's grades from before in the course or subject.
    """

    row: GradeRow
    editable: bool
    shape: str
    text: str
    typed: str
    version: int
    problems: tuple[ShownProblem, ...] = ()
    conflict: bool = False
    stored: str = ""
    seen: int = 0
    earlier: tuple[EarlierGrade, ...] = ()

    @property
    def placement_id(self) -> UUID:
        """Return whose line it is."""
        return self.row.placement.id

    @property
    def input_id(self) -> str:
        """Return the id of the row's input."""
        return f"grade-{self.placement_id}"

    @property
    def state(self) -> str:
        """Return the row's state for the style sheet."""
        if self.conflict:
            return "conflict"
        return "error" if self.problems else self.row.state.value


@dataclass(frozen=True, slots=True)
class GoneLine:
    """A line that was typed on but is no longer the sheet's: somebody took the placement back."""

    placement_id: UUID
    text: str
    problems: tuple[ShownProblem, ...]
    shape: str = "error"
    state: str = "error"
    conflict: bool = False

    @property
    def input_id(self) -> str:
        """Return the id of the row's input, which the page still has."""
        return f"grade-{self.placement_id}"


def grade_lines(
    sheet: GradeSheet,
    typed: Mapping[UUID, TypedGrade] | None = None,
    results: Sequence[DraftResult] = (),
) -> list[GradeLine]:
    """Return the sheet's lines; after a refused save with what was typed and what was wrong."""
    answers = {result.placement_id: result for result in results}
    return [
        _line(row, sheet, (typed or {}).get(row.placement.id), answers.get(row.placement.id))
        for row in sheet.rows
    ]


def gone_lines(sheet: GradeSheet, results: Sequence[DraftResult]) -> list[GoneLine]:
    """Return lines for what was typed on placements that the sheet no longer has."""
    here = {row.placement.id for row in sheet.rows}
    return [
        GoneLine(
            each.placement_id,
            _("Finns inte kvar i gruppen"),
            tuple(_shown(problem, each.placement_id) for problem in each.problems),
        )
        for each in results
        if each.placement_id not in here
    ]


def all_problems(lines: Sequence[GradeLine]) -> list[ShownProblem]:
    """Return every row's problems for the summary, each named by its person."""
    return [
        ShownProblem(f"{line.row.placement.person.label}: {each.text}", each.source, each.target)
        for line in lines
        for each in line.problems
    ]


def short_text(problem: Problem) -> str:
    """Say why no grade can be set in a few words, where there are any."""
    short = IN_SHORT.get(problem.code)
    return _(short).format(**problem.params) if short else problem_text(problem)


def _line(
    row: GradeRow, sheet: GradeSheet, typed: TypedGrade | None, answer: DraftResult | None
) -> GradeLine:
    editable = sheet.may_draft and row.gradable
    shape, text = standing(row)
    if typed is None or answer is None or answer.stands:
        value = typed.value if typed and answer and not answer.stands else row.draft_value
        return GradeLine(row, editable, shape, text, value, row.draft_version)
    if answer.status is DraftStatus.HELD:
        held = _("Inte sparat än")
        return GradeLine(row, editable, "part", held, typed.value, typed.version)
    conflict = answer.status is DraftStatus.CONFLICT
    return GradeLine(
        row,
        editable,
        "conflict" if conflict else "error",
        _("Konflikt") if conflict else _("Fel"),
        typed.value,
        typed.version,
        tuple(_shown(problem, row.placement.id) for problem in answer.problems),
        conflict,
        answer.value,
        answer.version,
    )


def _shown(problem: Problem, placement_id: UUID) -> ShownProblem:
    source = _(problem.source) if problem.source else ""
    return ShownProblem(problem_text(problem), source, f"grade-{placement_id}", problem.code)


def standing(row: GradeRow) -> tuple[str, str]:
    """Say how a row stands, in the status component's shape and in words."""
    if row.state in {GradeState.DECIDED, GradeState.REPLACED}:
        return "locked", _("Beslutat av {name}").format(name=row.decided_by)
    if row.problems:
        return "none", short_text(row.problems[0])
    return _undecided(row)


def _undecided(row: GradeRow) -> tuple[str, str]:
    """Say how a row stands that can be graded: who typed, whom it waits for, what it lacks."""
    if row.disagreement:
        held = ", ".join(f"{each.name} {each.value}" for each in row.opinions)
        return "soon", _("Oense, rektor beslutar: {held}").format(held=held)
    if row.waits_for:
        return "part", _("Väntar på {name}").format(name=row.waits_for)
    if row.draft_value and row.missing:
        return "soon", _("Uppgifter saknas")
    if row.state is GradeState.PROPOSED:
        return "part", _("Föreslaget av {name}").format(name=row.draft_by)
    if row.state is GradeState.DRAFT and row.draft_at is not None:
        at = f"{timezone.localtime(row.draft_at):%Y-%m-%d %H.%M}"
        return "done", _("Utkast sparat {time}").format(time=at)
    return "open", _("Inget betyg ännu")
