"""What a question for a feed must be: every problem at once."""

from typing import Final

from provning.betygxml.rows import Interval
from provning.feeds.intervals import FROM, SCHOOL_TYPE, TO, FeedInterval, read_end
from provning.kernel.problems import Problem, ProblemsFoundError

CONTRACT: Final = "Betyg API 1.1.1"
SCHOOL_TYPES: Final = (
    "PO", "FSK", "FH", "FSKK", "GR", "GRSAR", "SPEC", "SAMESKOLA", "GY", "GYSAR", "GYSAR2002",
    "VUX", "SARVUX", "SFI", "YH",
)  # fmt: skip
"""The school types that may be asked for; komvux has three of them."""


def feed_interval(start: str, end: str) -> FeedInterval:
    """Return the interval from its written ends; raises `ProblemsFoundError` with what is wrong."""
    ends = {FROM: read_end(start, last=False), TO: read_end(end, last=True)}
    written = {FROM: start, TO: end}
    problems = [_unreadable(name, written[name]) for name, read in ends.items() if read is None]
    first, last = ends[FROM], ends[TO]
    if first is None or last is None:
        raise ProblemsFoundError(problems)
    if first[0] > last[0]:
        raise ProblemsFoundError([_reversed(start, end)])
    return FeedInterval(first[1], last[1], Interval(first[0], last[0]))


def school_type_problems(school_type: str) -> list[Problem]:
    """Refuse a school type that the contract does not know; "" asks for all."""
    if not school_type or school_type in SCHOOL_TYPES:
        return []
    message = "{field} är ”{text}” men ska vara en av {known}. Utelämna den för alla skolformer."
    params = {"field": SCHOOL_TYPE, "text": school_type[:40], "known": ", ".join(SCHOOL_TYPES)}
    return [Problem("feed-school-type", SCHOOL_TYPE, message, CONTRACT, params)]


def _unreadable(name: str, text: str) -> Problem:
    """Say that an end of the interval is missing or no moment."""
    message = (
        "{field} är ”{text}” men ska vara datum och klockslag, som 2026-01-15T08:00. Skriv om det."
    )
    return Problem("feed-interval", name, message, CONTRACT, {"field": name, "text": text[:40]})


def _reversed(start: str, end: str) -> Problem:
    """Say that an interval ends before it begins."""
    message = "Intervallet {start}–{end} slutar före det börjar. Byt plats på tiderna."
    params = {"start": start[:40], "end": end[:40]}
    return Problem("feed-interval-order", TO, message, CONTRACT, params)
