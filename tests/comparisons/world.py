"""A town whose placements are compared with what a grading system says."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from provning.comparisons.actions import Upload, ask_comparison, run_comparison
from provning.comparisons.models import Comparison
from provning.comparisons.queries import whole_report
from provning.kernel.actors import Actor
from provning.kernel.terms import Term
from provning.people.models import Person
from provning.reconciliation import Report, Side
from provning.tables import Cell, csv_chunks
from tests.builders import TODAY
from tests.web.stage import EXAM_DAY, Stage

PLACEMENT_HEADINGS = ("Personnummer", "Kurskod", "Grupp", "Fr.o.m.")
GRADE_HEADINGS = ("Personnummer", "Kurskod", "Betyg", "Betygsdatum", "Prövning", "Lärare")
GROUP = "PRÖ:KC26HTMAT03B"


def csv_file(headings: Sequence[str], *rows: Sequence[Cell]) -> bytes:
    """Return a file."""
    return b"".join(csv_chunks(headings, rows))


def placements(*numbers: str, headings: Sequence[str] = PLACEMENT_HEADINGS) -> bytes:
    """Return a file of right placements."""
    rows = [(number, "MATMAT03b", GROUP, EXAM_DAY) for number in numbers]
    return csv_file(headings, *rows)


def grades(*numbers: str, day: object = EXAM_DAY, teacher: str = "") -> bytes:
    """Return a file of right grades."""
    rows = [(number, "MATMAT03b", "C", str(day), "Ja", teacher) for number in numbers]
    return csv_file(GRADE_HEADINGS, *rows)


def number_of(person: Person) -> str:
    """Return a person's number."""
    return str(person.numbers.get(valid_to=None).number)


@dataclass
class Desk:
    """Somebody who compares, and the worker."""

    stage: Stage

    @property
    def actor(self) -> Actor:
        """Return the own-run provider's administrator."""
        return self.stage.town.admin

    def ask(
        self,
        actor: Actor,
        term: Term | None = None,
        submission: UUID | None = None,
        /,
        **files: bytes,
    ) -> Comparison:
        """Ask for a comparison at the own-run provider; files by side."""
        return ask_comparison(
            actor=actor,
            provider_id=self.stage.town.own,
            files={Side(side): Upload(f"{side}.csv", [content]) for side, content in files.items()},
            term=term,
            submission=submission or uuid4(),
            today=TODAY,
        )

    def answer(self, actor: Actor, term: Term | None = None, /, **files: bytes) -> Report:
        """Ask, let the worker compare, and return the answer."""
        asked = self.ask(actor, term, **files)
        run_comparison(comparison_id=asked.id, today=TODAY, actor=actor)
        return whole_report(actor, asked.id, TODAY)
