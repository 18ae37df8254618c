"""The periods that deliveries are of: a term, or the two terms of a calendar year; pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

from provning.kernel.terms import Season, Term

TERM, YEAR = "term", "year"
DIGITS_OF_YEAR = 4


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A calendar year, or one term of it; `season` is None for the whole year."""

    year: int
    season: Season | None = None

    @classmethod
    def of(cls, term: Term, kind: str) -> "Period":
        """Return the period that a term belongs to, by the policy's value."""
        return cls(term.year, term.season) if kind == TERM else cls(term.year)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a period's code: 2026 or HT26; raises `ProblemsFoundError`."""
        if len(text) == DIGITS_OF_YEAR and text.isascii() and text.isdigit():
            return cls(int(text))
        term = Term.parse(text)
        return cls(term.year, term.season)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return the terms of the period, the first one first."""
        seasons = (self.season,) if self.season else (Season.VT, Season.HT)
        return tuple(Term(self.year, each) for each in seasons)

    @property
    def last_term(self) -> Term:
        """Return the term that the period ends with."""
        return self.terms[-1]

    @property
    def code(self) -> str:
        """Return the short form, for addresses and document ids: 2026 or HT26."""
        return self.terms[0].code if self.season else str(self.year)

    @property
    def label(self) -> str:
        """Return the form used in lists: 2026 or HT 2026."""
        return self.terms[0].label if self.season else str(self.year)

    def __lt__(self, other: object) -> bool:
        """Order by the last term, a term before the year that ends with it."""
        if not isinstance(other, Period):
            return NotImplemented
        return self._place < other._place

    @property
    def _place(self) -> tuple[int, bool]:
        return (self.last_term.ordinal, self.season is None)


def last_day_to(start: date, days: int) -> date:
    """Return the last day in time when something is due so many days after a day."""
    return start + timedelta(days=days)


def document_id(unit_label: str, period: Period, number: int) -> str:
    """Return the id of a delivery: LEV-12345678-2026-1."""
    return f"LEV-{unit_label}-{period.code}-{number}"
