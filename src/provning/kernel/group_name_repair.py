"""Near misses of group names: each is named as what it is, and mended so that the rest is read."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from provning.kernel.problems import Problem
from provning.kernel.terms import CENTURY, Season, Term

MANUAL = "Manual s. 1"
LETTERS = "A-ZÅÄÖ"
PREFIX = re.compile(r"PR([OÖ0ØÓÒÔÕŐ])([:;.,\uff1a\ua789\u00b7_/\-\u2013\u2014]?)")
BODY = re.compile(rf"([{LETTERS}]+)([0-9]{{2}})(VT|HT)(.+)")
FOUR_DIGIT_YEAR = re.compile(rf"([{LETTERS}]+)20([0-9]{{2}})(VT|HT)(.+)")
TERM_FIRST = re.compile(rf"([{LETTERS}]+)(VT|HT)(?:20)?([0-9]{{2}})(.+)")
WRONG_TERM = re.compile(rf"([{LETTERS}]+)(?:20)?([0-9]{{2}})([{LETTERS}]{{2}})(.+)")
DIGIT_INITIALS = re.compile(rf"(?=[{LETTERS}]*[0-9])([{LETTERS}0-9]+)[0-9]{{2}}(VT|HT).+")
SWAPPED = {"TV": "VT", "TH": "HT"}


@dataclass(frozen=True, slots=True)
class Body:
    """A name without its prefix, taken apart; `rest` is course part and number."""

    initials: str
    term: Term
    rest: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """The ways to read a name after mending, and what was mended; no ways when nothing helps."""

    bodies: tuple[Body, ...]
    problems: tuple[Problem, ...]


def repair(text: str) -> Repaired:
    """Take a name apart, mending near misses; no problems means it was written as it should be."""
    if not text.strip():
        return Repaired((), (_problem("empty", "Gruppnamnet saknas."),))
    name, problems = _mend_characters(text)
    bodies, prefix_problems, body_problems = _take_apart(name)
    return Repaired(bodies, tuple(problems + prefix_problems + body_problems))


def _mend_characters(text: str) -> tuple[str, list[Problem]]:
    """Compose letters, drop spaces and raise case, with one problem for each that was needed."""
    problems = []
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        message = "Å, Ä eller Ö är skrivet som två tecken. Skriv om bokstaven på tangentbordet."
        problems.append(_problem("decomposed", message))
    visible = "".join(each for each in composed if unicodedata.category(each)[0] not in "ZC")
    if visible != composed:
        message = "Namnet har mellanslag eller osynliga tecken. Ta bort dem."
        problems.append(_problem("space", message))
    upper = unicodedata.normalize("NFC", visible.upper())
    match = PREFIX.match(upper)
    split = match.end() if match else 0
    if upper[:split] != visible[:split]:
        message = "Början är skriven {prefix}. Skriv PRÖ: med stora bokstäver."
        problems.append(_problem("prefix-case", message, prefix=visible[:split]))
    if upper[split:] != visible[split:]:
        message = "Namnet har små bokstäver. Skriv alla bokstäver stora."
        problems.append(_problem("case", message))
    return upper, problems


def _take_apart(name: str) -> tuple[tuple[Body, ...], list[Problem], list[Problem]]:
    """Read the prefix and then the rest; without a prefix, try the whole as the rest."""
    match = PREFIX.match(name)
    if match:
        bodies, problems = _read_body(name[match.end() :])
        # Without the colon, the letters may as well be the initials of a name with no prefix.
        if bodies or match[2]:
            return bodies, _prefix_problems(match[1], match[2]), problems
    bodies, problems = _read_body(name)
    missing = "PRÖ: saknas i början, så betygen visas inte som prövningsbetyg. Lägg till det."
    return bodies, [_problem("prefix-missing", missing)], problems


def _prefix_problems(vowel: str, colon: str) -> list[Problem]:
    """Say what is wrong in a prefix that is nearly right (Manual s. 1: it decides)."""
    problems = []
    if vowel != "Ö":
        message = "Början är skriven PR{vowel}. Skriv PRÖ: med Ö."
        problems.append(_problem("prefix-letter", message, vowel=vowel))
    if not colon:
        problems.append(_problem("colon-missing", "Kolon saknas efter PRÖ. Skriv PRÖ:."))
    elif colon != ":":
        message = "Efter PRÖ står {sign}. Skriv kolon i stället."
        problems.append(_problem("colon", message, sign=colon))
    return problems


def _read_body(rest: str) -> tuple[tuple[Body, ...], list[Problem]]:
    """Read initials, year, term and course part, as written or with one thing mended."""
    if match := BODY.fullmatch(rest):
        return (_body(match[1], match[2], match[3], match[4]),), []
    if match := FOUR_DIGIT_YEAR.fullmatch(rest):
        message = "Året har fyra siffror. Skriv {year}."
        problem = _problem("year", message, year=match[2])
        return (_body(match[1], match[2], match[3], match[4]),), [problem]
    if match := TERM_FIRST.fullmatch(rest):
        message = "Terminen står före året. Skriv {year}{season}."
        problem = _problem("term-order", message, year=match[3], season=match[2])
        return (_body(match[1], match[3], match[2], match[4]),), [problem]
    if match := WRONG_TERM.fullmatch(rest):
        message = "Efter året står {letters}. Skriv VT eller HT."
        bodies = tuple(_term_guesses(match[1], match[2], match[3], match[4]))
        return bodies, [_problem("term", message, letters=match[3])]
    return (), [_unreadable(rest)]


def _term_guesses(initials: str, year: str, letters: str, rest: str) -> Iterator[Body]:
    """Give the terms two wrong letters may stand for: TV is VT, VR is VT, V alone is VT."""
    if letters in SWAPPED:
        yield _body(initials, year, SWAPPED[letters], rest)
    elif letters[0] in "VH":
        yield _body(initials, year, f"{letters[0]}T", rest)
        yield _body(initials, year, f"{letters[0]}T", letters[1] + rest)


def _body(initials: str, year: str, season: str, rest: str) -> Body:
    """Put a body together from its written parts."""
    return Body(initials, Term(CENTURY + int(year), Season(season)), rest)


def _unreadable(rest: str) -> Problem:
    """Say why not even mending helps: digits among the initials, or no shape at all."""
    if match := DIGIT_INITIALS.fullmatch(rest):
        message = "Skolinitialerna {initials} har siffror. Skriv bara bokstäver före året."
        return _problem("initials-digit", message, initials=match[1])
    return _problem(
        "shape",
        "Namnet går inte att läsa. Skriv PRÖ:, skolinitialer, år, VT eller HT och sista delen av"
        " kurskoden, som PRÖ:KC23VTMAT03B.",
    )


def _problem(code: str, message: str, **params: object) -> Problem:
    """Make a problem with the name."""
    return Problem(f"group-name-{code}", "name", message, MANUAL, params)
