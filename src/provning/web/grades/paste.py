"""A column from a spreadsheet, read against the sheet: what would change, and what cannot be read.

One column fills downwards from a row, a line of the column to each row of the sheet. Two columns
are a personnummer and a grade, in any order. Nothing is stored here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from provning.grading.queries import GradeRow
from provning.kernel.grade_scales import normalise_value
from provning.kernel.identity import identity_problems, parse_identity_number
from provning.web.forms import problem_text
from provning.web.grades.lines import short_text

MOST_LINES: Final = 1000
SHOWN: Final = 40
HEADINGS: Final = {"betyg", "grade"}
DIGITS_OF_A_NUMBER: Final = 6
DIGIT: Final = re.compile("[0-9]")


class LineKind(StrEnum):
    """What a pasted line would do; only a CHANGE does anything."""

    CHANGE = "change"
    SAME = "same"
    EMPTY = "empty"
    HEADING = "heading"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line, numbered from 1; `why` says why it was not read, `row` is None when it has none."""

    number: int
    text: str
    kind: LineKind
    value: str = ""
    row: GradeRow | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Paste:
    """Every line of what was pasted; `by_number` when there were two columns."""

    lines: tuple[PastedLine, ...]
    by_number: bool

    @property
    def changes(self) -> list[PastedLine]:
        """Return the lines that would change a grade."""
        return self._of(LineKind.CHANGE)

    @property
    def unread(self) -> list[PastedLine]:
        """Return the lines that nothing is done with, each with its reason."""
        return self._of(LineKind.UNREAD)

    @property
    def same(self) -> int:
        """Return how many lines say what is stored already."""
        return len(self._of(LineKind.SAME))

    @property
    def empty(self) -> int:
        """Return how many lines have no grade."""
        return len(self._of(LineKind.EMPTY))

    def _of(self, kind: LineKind) -> list[PastedLine]:
        return [line for line in self.lines if line.kind is kind]


def lines_of(text: str) -> list[str]:
    """Return the lines of a copied column; the empty ones after the last are not part of it."""
    return re.split(r"\r\n|\r|\n", text.rstrip())


def read_paste(text: str, rows: Sequence[GradeRow], start: int, today: date) -> Paste:
    """Read what was pasted; one column begins at the row with the index `start`."""
    cells = [_cells(line) for line in lines_of(text)]
    by_number = any(len([each for each in line if each]) > 1 for line in cells)
    if by_number:
        return Paste(tuple(_by_number(cells, rows, today)), by_number=True)
    return Paste(tuple(_downwards(cells, rows[start:])), by_number=False)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]


def _downwards(cells: Sequence[Sequence[str]], rows: Sequence[GradeRow]) -> Iterable[PastedLine]:
    """Give each line its row, the first below a heading the first row."""
    skipped = int(_is_heading(cells[0]))
    for place, line in enumerate(cells):
        text = "".join(line)
        at = place - skipped
        if at < 0:
            yield PastedLine(place + 1, text, LineKind.HEADING)
        elif at < len(rows):
            yield _graded(place + 1, text, text, rows[at])
        elif text:
            yield _unread(place + 1, text, _("Det finns ingen rad kvar i gruppen."))


def _by_number(
    cells: Sequence[Sequence[str]], rows: Sequence[GradeRow], today: date
) -> Iterable[PastedLine]:
    """Find each line's row by its number."""
    known = _rows_by_number(rows, today)
    pairs = [_pair(line) for line in cells]
    normal = [_normal(number, today) for number, _value in pairs]
    times = Counter(each for each in normal if each)
    for place, ((number, value), key) in enumerate(zip(pairs, normal, strict=True)):
        text = " ".join(each for each in cells[place] if each)
        if not text or (place == 0 and not key and _is_heading(cells[0])):
            yield PastedLine(place + 1, text, LineKind.HEADING if text else LineKind.EMPTY)
        elif not key:
            yield _unread(place + 1, text, problem_text(identity_problems(number, today=today)[0]))
        elif times[key] > 1:
            yield _unread(place + 1, text, _("Numret står på mer än en av raderna."))
        else:
            yield _matched(place + 1, text, value, known.get(key, []))


def _matched(number: int, text: str, value: str, rows: Sequence[GradeRow]) -> PastedLine:
    """Return the line of a number that was read."""
    if not rows:
        return _unread(
            number, text, _("Ingen i gruppen har numret. Skyddade personer skrivs in för hand.")
        )
    if len(rows) > 1:
        return _unread(number, text, _("Eleven har flera rader i gruppen. Skriv in betyget själv."))
    return _graded(number, text, value, rows[0])


def _graded(number: int, text: str, typed: str, row: GradeRow) -> PastedLine:
    """Say what a typed grade does to its row."""
    value = normalise_value(typed)
    if not value:
        return PastedLine(number, text, LineKind.EMPTY, row=row)
    if row.problems:
        return _unread(number, text, short_text(row.problems[0]), row)
    if row.scale is None or value not in row.scale.values:
        scale = row.scale.label if row.scale else ""
        why = _("Det är inget betyg i skalan {scale}.").format(scale=scale)
        return _unread(number, text, why, row)
    kind = LineKind.SAME if value == row.draft_value else LineKind.CHANGE
    return PastedLine(number, text, kind, value, row)


def _unread(number: int, text: str, why: str, row: GradeRow | None = None) -> PastedLine:
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return PastedLine(number, shown, LineKind.UNREAD, row=row, why=why)


def _is_heading(line: Iterable[str]) -> bool:
    return any(cell.casefold() in HEADINGS for cell in line)


def _pair(line: Sequence[str]) -> tuple[str, str]:
    """Return which cell is the number and which the grade: what has digits, and the last other."""
    filled = [cell for cell in line if cell]
    numbers = [cell for cell in filled if len(DIGIT.findall(cell)) >= DIGITS_OF_A_NUMBER]
    number = (numbers or filled or [""])[0]
    others = [cell for cell in filled if cell is not number]
    return number, others[-1] if others else ""


def _normal(number: str, today: date) -> str:
    """Return a number as it is stored, "" when it cannot be read."""
    if identity_problems(number, today=today):
        return ""
    return parse_identity_number(number, today=today).normal


def _rows_by_number(rows: Iterable[GradeRow], today: date) -> Mapping[str, list[GradeRow]]:
    """Return the rows by their number; one whose identity is hidden from the reader has none."""
    found: dict[str, list[GradeRow]] = {}
    for row in rows:
        person = row.placement.person
        key = "" if person.masked else _normal(person.number_display, today)
        if key:
            found.setdefault(key, []).append(row)
    return found
