"""The control list before a file for an authority is made, as a screen or a command meets it."""

from dataclasses import dataclass
from datetime import date

from provning.people.queries import PersonRow
from provning.reporting.rules import Finding, Severity


@dataclass(frozen=True, slots=True)
class ControlRow:
    """One thing to look at before a file is made, and whose prövning it is in."""

    finding: Finding
    person: PersonRow


@dataclass(frozen=True, slots=True)
class ControlCount:
    """How many of one sort were found."""

    code: str
    severity: Severity
    number: int


@dataclass(frozen=True, slots=True)
class ControlList:
    """Everything an authority would refuse or count wrongly, the worst first.

    `findings` are those that were asked for, `counts` speak of all. `written` counts the rows of
    the file as the actor's scope has them; `blanks` are codes nobody knows. `trials_in` says that
    prövningar are told to the authority at all.
    """

    counts: tuple[ControlCount, ...]
    findings: tuple[Finding, ...]
    written: int
    graded: int
    left_out: int
    blanks: tuple[tuple[str, str], ...]
    period: tuple[date, date]
    trials_in: bool

    @property
    def stops(self) -> int:
        """Return how many things keep the file from being made."""
        return sum(each.number for each in self.counts if each.severity is Severity.STOP)
