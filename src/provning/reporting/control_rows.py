"""The control list before a file for an authority is made, as a screen or a command meets it."""

from dataclasses import dataclass
from datetime import date, datetime

from provning.people.queries import PersonRow
from provning.reporting.rows import ControlEntry
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
class ControlTotals:
    """What there is of each sort in a file, the worst first.

    `written` counts the rows of the file as the actor's scope has them; `blanks` are codes nobody
    knows. `trials_in` says that prövningar are told to the authority at all.
    """

    counts: tuple[ControlCount, ...]
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


@dataclass(frozen=True, slots=True)
class ControlList(ControlTotals):
    """Everything an authority would refuse or count wrongly, the worst first.

    `findings` are those that were asked for, the totals speak of all.
    """

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ControlIndex(ControlTotals):
    """The same as it was at a moment, without what it says of anybody: which prövning, which sort.

    What each entry says is judged anew when it is shown (`queries.findings_now`).
    """

    entries: tuple[ControlEntry, ...]
    counted_at: datetime
