"""The group name codec: build a name exactly, read a name into every course it may mean.

A name is output: `PRÖ:`, school initials, year, VT or HT, last part of the course code, and a digit
when several teachers grade the course (Manual s. 1-2). It is not unique, so reading gives a list.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from provning.kernel.course_codes import last_part, upper_code
from provning.kernel.group_name_repair import Body, repair
from provning.kernel.problems import Problem, refuse_if
from provning.kernel.terms import CENTURY, Term

PREFIX = "PRÖ:"
MANUAL = "Manual s. 1"
MANUAL_NUMBER = "Manual s. 2"
HIGHEST_NUMBER = 99
GY25 = re.compile(r"[A-Z]{4}[0-9][0-9A-Z]{3}X([0-9A-ZÅÄÖ]{3})?")
NOT_INITIALS = re.compile(r"[^A-ZÅÄÖ]")


class NamingRule(StrEnum):
    """Which part of the course code stands in the group name."""

    LAST_PART = "last_part"
    FULL_CODE = "full_code"


@dataclass(frozen=True, slots=True)
class CourseName:
    """What the register gives for each course: official code, name and naming rule."""

    code: str
    name: str
    rule: NamingRule


@dataclass(frozen=True, slots=True)
class Candidate:
    """One group a name may mean; `exact` when building that group gives the very text read."""

    initials: str
    term: Term
    course: str
    number: int
    reason: str
    exact: bool


@dataclass(frozen=True, slots=True)
class GroupNameReading:
    """Everything a name may mean and everything that is wrong with it.

    No problems means that at least one candidate is exact.
    """

    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...]


class NameIndex:
    """The register's courses by the part of the code that stands in their group names."""

    def __init__(self, courses: Iterable[CourseName]) -> None:
        """Sort the courses in under their name parts, in the order given."""
        self._courses: defaultdict[str, list[CourseName]] = defaultdict(list)
        for course in courses:
            self._courses[name_part(course.code, course.rule)].append(course)

    def courses(self, part: str) -> tuple[CourseName, ...]:
        """Return the courses whose groups are named by the part."""
        return tuple(self._courses.get(part, ()))


def naming_rule_for(course_code: str) -> NamingRule:
    """Return the default policy: Gy25 levels by the full code, all else by the manual's last part.

    The manual is older than Gy25, whose last parts are shared by up to 45 levels.
    """
    is_gy25 = GY25.fullmatch(upper_code(course_code))
    return NamingRule.FULL_CODE if is_gy25 else NamingRule.LAST_PART


def name_part(course_code: str, rule: NamingRule) -> str:
    """Return the part of a course code that stands in group names (Manual s. 1)."""
    return upper_code(course_code) if rule is NamingRule.FULL_CODE else last_part(course_code)


def initials_problems(initials: str) -> list[Problem]:
    """Say what is wrong with school initials: digits would run into the year (Manual s. 1)."""
    written = upper_code(initials)
    if not written:
        return [Problem("initials-empty", "initials", "Skolinitialerna saknas.", MANUAL)]
    if any(each.isdigit() for each in written):
        message = "Skolinitialer kan inte ha siffror. Skriv bara bokstäver."
        return [Problem("initials-digit", "initials", message, MANUAL)]
    if NOT_INITIALS.search(written):
        message = "”{initials}” har annat än bokstäver från A till Ö. Skriv bara bokstäver."
        return [Problem("initials-letters", "initials", message, MANUAL, {"initials": initials})]
    return []


def build_group_name(
    initials: str, term: Term, course_code: str, *, number: int = 1, rule: NamingRule
) -> str:
    """Build the name; the first teacher's group has no digit (Manual s. 1-2)."""
    part = name_part(course_code, rule)
    refuse_if(
        initials_problems(initials) + _part_problems(course_code, part) + _number_problems(number)
    )
    return _name(upper_code(initials), term, part, number)


def read_group_name(text: str, index: NameIndex) -> GroupNameReading:
    """Read a name into all groups it may mean, and name everything that is not as the manual says.

    A near miss is mended first, so its candidates are given together with its problems.
    """
    repaired = repair(text)
    candidates = tuple(
        dict.fromkeys(
            candidate for body in repaired.bodies for candidate in _candidates(body, index, text)
        )
    )
    problems = repaired.problems
    if repaired.bodies and not candidates:
        problems += (_unknown_course(repaired.bodies),)
    elif candidates and not problems and not any(each.exact for each in candidates):
        problems = (_number_one(),)
    return GroupNameReading(candidates, problems)


def _name(initials: str, term: Term, part: str, number: int) -> str:
    """Put a name together: year before season, and a digit from the second group on."""
    digit = str(number) if number > 1 else ""
    return f"{PREFIX}{initials}{term.year % CENTURY:02d}{term.season}{part}{digit}"


def _part_problems(course_code: str, part: str) -> list[Problem]:
    """Refuse a code that leaves nothing to name the group by."""
    if part and not re.search(r"\s", part):
        return []
    message = "Kurskoden ”{code}” går inte att använda i gruppnamnet. Välj kursen i registret."
    return [Problem("group-name-course-code", "course", message, MANUAL, {"code": course_code})]


def _number_problems(number: int) -> list[Problem]:
    """Keep the number readable: one or two digits (Manual s. 2)."""
    if 1 <= number <= HIGHEST_NUMBER:
        return []
    message = "Gruppens nummer är {number} men måste vara mellan 1 och {highest}."
    params = {"number": number, "highest": HIGHEST_NUMBER}
    return [Problem("group-name-number", "number", message, MANUAL_NUMBER, params)]


def _candidates(body: Body, index: NameIndex, text: str) -> Iterator[Candidate]:
    """Give every course and number the end of a name may be."""
    for part, number, written in _splits(body.rest):
        for course in index.courses(part):
            reason = _reason(course, part, number if written else None)
            exact = _name(body.initials, body.term, part, number) == text
            yield Candidate(body.initials, body.term, course.code, number, reason, exact)


def _splits(rest: str) -> Iterator[tuple[str, int, bool]]:
    """Give the ways to split off a number: none, one digit 1-9, or two digits from 10."""
    yield rest, 1, False
    if re.search(r"[1-9]$", rest):
        yield rest[:-1], int(rest[-1]), True
    if re.search(r"[1-9][0-9]$", rest):
        yield rest[:-2], int(rest[-2:]), True


def _reason(course: CourseName, part: str, number: int | None) -> str:
    """Say in Swedish why a course fits."""
    whole = "hela kurskoden" if course.rule is NamingRule.FULL_CODE else "sista delen av kurskoden"
    teacher = "" if number is None else f" och {number} är lärarens nummer"
    return f"{part} är {whole} {course.code} ({course.name}){teacher}."


def _unknown_course(bodies: tuple[Body, ...]) -> Problem:
    """Say that the register has no such course."""
    message = "Ingen kurs i registret har namndelen {part}. Kontrollera kurskoden."
    return Problem("group-name-course", "name", message, MANUAL, {"part": bodies[0].rest})


def _number_one() -> Problem:
    """Say that the first group has no digit."""
    message = "Den första gruppen har ingen siffra i slutet. Ta bort ettan."
    return Problem("group-name-number-one", "name", message, MANUAL_NUMBER)
