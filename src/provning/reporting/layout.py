"""The layouts of the files, read from the tables that come with the program: no code knows them.

Each column has its name, class of characters, length, allowed values and the day it is valid from.
No layout has been held against an authority's own description.
"""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from provning.kernel.terms import Season, Term

WEEKS_OF_SPRING = 26


class Target(StrEnum):
    """The authorities that there is a layout for."""

    SCB = "scb"
    UHR = "uhr"
    CSN = "csn"


class RowsOf(StrEnum):
    """Whether a file has a row for every prövning, or only for grades."""

    PLACEMENTS = "placements"
    GRADES = "grades"


class PeriodRule(StrEnum):
    """How an authority cuts the year in two: by the half-year, or by weeks 1-26 and the rest."""

    HALF_YEAR = "half_year"
    ISO_WEEKS = "iso_weeks"


# SCB's classes of characters; what a spreadsheet would take for a formula fits none of them.
CLASSES = {
    "A": re.compile(r"(?![=+@-])[^;\x00-\x1f\x7f]*"),
    "B": re.compile(r"[^\W\d_]*"),
    "BS": re.compile(r"[^\W_]*"),
    "S": re.compile(r"[0-9]*"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `value` names what is written, `codes` the table it is written by, if any.

    `length` is the most characters. `allowed` is empty where any value of the class will do.
    """

    name: str
    character_class: str
    length: int
    value: str
    valid_from: date
    valid_to: date | None = None
    required: bool = False
    codes: str = ""
    allowed: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        """Say whether the text can be written in the column."""
        if not text:
            return not self.required
        if self.allowed and text not in self.allowed:
            return False
        return len(text) <= self.length and bool(CLASSES[self.character_class].fullmatch(text))

    def valid_on(self, day: date) -> bool:
        """Say whether the column belongs to the file on the day."""
        return self.valid_from <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class Layout:
    """One authority's file.

    `identity` are the kinds of number that the authority takes, `temporary` the form of temporary
    ones. `levels` are the levels of education that belong to the file, all when empty. `codes` are
    those that are published, by table and key. `policy` names the local rule without which no
    prövning is sent at all.
    """

    target: Target
    receiver: str
    rows: RowsOf
    period_rule: PeriodRule
    columns: tuple[Column, ...]
    identity: frozenset[str]
    source: str
    temporary: str = ""
    levels: frozenset[str] = frozenset()
    policy: str = ""
    codes: dict[tuple[str, str], str] = field(default_factory=dict)

    def columns_on(self, day: date) -> tuple[Column, ...]:
        """Return the columns that belong to the file on the day, in order."""
        return tuple(each for each in self.columns if each.valid_on(day))

    def period(self, term: Term) -> tuple[date, date]:
        """Return the first and the last day of the authority's period for a term."""
        if self.period_rule is PeriodRule.HALF_YEAR:
            return term.first_day, term.last_day
        monday = date.fromisocalendar(term.year, 1, 1)
        middle = date.fromisocalendar(term.year, WEEKS_OF_SPRING + 1, 1)
        if term.season is Season.VT:
            return monday, middle - timedelta(days=1)
        return middle, date.fromisocalendar(term.year + 1, 1, 1) - timedelta(days=1)


@cache
def layout_of(target: Target) -> Layout:
    """Return the layout of an authority's file."""
    text = resources.files("provning.reporting.layouts").joinpath(f"{target.value}.toml")
    return read_layout(text.read_text("utf-8"))


def read_layout(text: str) -> Layout:
    """Read a layout written in TOML; raises `KeyError` and `ValueError` for a wrong one."""
    data = tomllib.loads(text)
    return Layout(
        target=Target(data["target"]),
        receiver=data["receiver"],
        rows=RowsOf(data["rows"]),
        period_rule=PeriodRule(data["period"]),
        columns=tuple(_column(each) for each in data["column"]),
        identity=frozenset(data["identity"]),
        source=data["source"],
        temporary=data.get("temporary", ""),
        levels=frozenset(data.get("levels", ())),
        policy=data.get("policy", ""),
        codes={
            (table, key): code
            for table, codes in data.get("codes", {}).items()
            for key, code in codes.items()
        },
    )


def _column(data: dict[str, Any]) -> Column:
    if data["class"] not in CLASSES:
        raise ValueError(data["class"])
    return Column(
        name=data["name"],
        character_class=data["class"],
        length=data["length"],
        value=data["value"],
        valid_from=data["valid_from"],
        valid_to=data.get("valid_to"),
        required=data.get("required", False),
        codes=data.get("codes", ""),
        allowed=tuple(data.get("allowed", ())),
    )
