"""Terms: vårtermin and hösttermin, with dates that are inclusive at both ends."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering

from provning.kernel.problems import Problem, ProblemsFoundError

FIRST_AUTUMN_MONTH = 7
CENTURY = 2000
PATTERN = re.compile(r"(VT|HT)\s*(20[0-9]{2}|[0-9]{2})")


class Season(StrEnum):
    """The half of the year a term lies in; compare terms, not seasons, for order."""

    VT = "VT"
    HT = "HT"


LONG_SEASONS = {Season.VT: "vårterminen", Season.HT: "höstterminen"}


@total_ordering
@dataclass(frozen=True, slots=True)
class Term:
    """One term of one year; VT comes before HT of the same year."""

    year: int
    season: Season

    @classmethod
    def parse(cls, text: str) -> "Term":
        """Read a term as people write it: VT23, HT 2026, vt2023."""
        match = PATTERN.fullmatch(text.strip().upper())
        if match is None:
            raise ProblemsFoundError([_unreadable(text)])
        year = int(match[2])
        return cls(year if year >= CENTURY else CENTURY + year, Season(match[1]))

    @classmethod
    def of(cls, day: date) -> "Term":
        """Return the term a day lies in: VT to 30 June, then HT (Manual s. 2)."""
        return cls(day.year, Season.VT if day.month < FIRST_AUTUMN_MONTH else Season.HT)

    @property
    def ordinal(self) -> int:
        """Return a whole number that grows by one for each term, to sort and count by."""
        return 2 * self.year + (self.season is Season.HT)

    @property
    def code(self) -> str:
        """Return the short form: VT23. Group names turn it round (23VT)."""
        return f"{self.season}{self.year % 100:02d}"

    @property
    def label(self) -> str:
        """Return the form used in lists: VT 2023."""
        return f"{self.season} {self.year}"

    @property
    def long_label(self) -> str:
        """Return the form used in running text: vårterminen 2023."""
        return f"{LONG_SEASONS[self.season]} {self.year}"

    @property
    def first_day(self) -> date:
        """Return 1 January or 1 July."""
        return date(self.year, 1 if self.season is Season.VT else FIRST_AUTUMN_MONTH, 1)

    @property
    def last_day(self) -> date:
        """Return 30 June or 31 December, the last day a group may have (Manual s. 2)."""
        return date(self.year, 6, 30) if self.season is Season.VT else date(self.year, 12, 31)

    def next(self) -> "Term":
        """Return the term after this one."""
        return _term_at(self.ordinal + 1)

    def previous(self) -> "Term":
        """Return the term before this one."""
        return _term_at(self.ordinal - 1)

    def contains(self, day: date) -> bool:
        """Say whether the day lies in the term, first and last day included."""
        return self.first_day <= day <= self.last_day

    def __lt__(self, other: object) -> bool:
        """Order by time; the letters alone would put HT first."""
        return self.ordinal < other.ordinal if isinstance(other, Term) else NotImplemented

    def __str__(self) -> str:
        """Return the label, as people read it."""
        return self.label


def _term_at(ordinal: int) -> Term:
    """Return the term with the given ordinal."""
    year, half = divmod(ordinal, 2)
    return Term(year, Season.HT if half else Season.VT)


def _unreadable(text: str) -> Problem:
    """Say what a term looks like."""
    if not text.strip():
        return Problem("term-empty", "term", "Terminen saknas. Skriv till exempel VT23.")
    return Problem(
        "term-format",
        "term",
        "”{text}” är ingen termin. Skriv VT eller HT och årtalet, till exempel VT23 eller HT 2026.",
        params={"text": text},
    )
