"""One row of a table read cell by cell: values where they can be read, problems where not."""

from datetime import date
from functools import lru_cache
from sys import intern
from typing import Final

from provning.kernel.course_codes import upper_code
from provning.kernel.identity import parse_identity_number
from provning.kernel.problems import Problem, ProblemsFoundError
from provning.kernel.swedish import search_words
from provning.reconciliation.rows import Fault, Side
from provning.tables import Match, Row, read_date

YES: Final = frozenset({"ja", "j", "x", "1", "true", "sant", "yes", "y", "p", "pro", "prö"})
EXAM_WORD: Final = "prövning"


class Cells:
    """A row's cells by the names of its columns; `faults` fills while they are read."""

    def __init__(self, side: Side, match: Match, row: Row, today: date) -> None:
        """Begin with the problem of a row whose cells have moved, if they have."""
        self._match = match
        self._row = row
        self._side = side
        self._today = today
        stray = match.stray(row)
        self.faults = [Fault(side, row.number, stray)] if stray else []

    def has(self, name: str) -> bool:
        """Say whether the file has a column."""
        return name in self._match.places

    def text(self, name: str) -> str:
        """Return a text; equal texts are kept once, since a file repeats them."""
        return intern(self._match.text(self._row, name))

    def number(self, name: str = "person_number") -> str:
        """Return an identity number in its normal form, "" when it is missing or wrong."""
        written = self._match.text(self._row, name)
        if not written:
            return ""
        try:
            return parse_identity_number(written, today=self._today).normal
        except ProblemsFoundError as error:
            self.faults += [self._fault(problem) for problem in error.problems]
            return ""

    def day(self, name: str) -> date | None:
        """Return a date, None when it is missing or wrong."""
        written = self._match.text(self._row, name)
        if not written:
            return None
        found = read_date(written, field=name)
        if isinstance(found, Problem):
            self.faults.append(self._fault(found))
            return None
        return found

    def name_of_person(self) -> str:
        """Return the name as "Efternamn, Förnamn" or as the file has it in one column."""
        parts = [self.text("family_name"), self.text("given_name")]
        return ", ".join(part for part in parts if part) or self.text("name")

    def course(self) -> str:
        """Return the course code; without it the row cannot be compared."""
        code = self._match.text(self._row, "course")
        if not code:
            message = "Kurskoden saknas. Skriv kursens eller nivåns kod."
            self.refuse(Problem("reconcile-no-course", "course", message))
        return intern(code)

    def refuse(self, problem: Problem) -> None:
        """Note why the row cannot be compared."""
        self.faults.append(self._fault(problem))

    def _fault(self, problem: Problem) -> Fault:
        """Return a problem with its place in the file."""
        return Fault(self._side, self._row.number, problem)


def require_person(cells: Cells, number: str, person_id: str) -> None:
    """Refuse a row that says of nobody."""
    if not (number or person_id or cells.faults):
        message = "Personnummer saknas. Fyll i det eller elevens id."
        cells.refuse(Problem("reconcile-no-person", "person_number", message))


@lru_cache(maxsize=1024)
def says_yes(text: str) -> bool:
    """Say whether a cell says yes, by a tick, a word or the very word prövning."""
    words = search_words(text)
    return EXAM_WORD in words or "".join(words) in YES or "prövningsbetyg" in words


@lru_cache(maxsize=1024)
def is_exam_word(text: str) -> bool:
    """Say whether a status or a measure is that of a prövning (Manual s. 1-2)."""
    return upper_code(text) in {"PRÖ", "PRÖVNING"}
