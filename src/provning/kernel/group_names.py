"""The group name codec: build a name exactly, read a name into every course it may mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from provning.kernel.problems import Problem
from provning.kernel.terms import Term


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
    """One group a name may mean, and why."""

    initials: str
    term: Term
    course: str
    number: int
    reason: str
    exact: bool


@dataclass(frozen=True, slots=True)
class GroupNameReading:
    """Everything a name may mean and everything that is wrong with it."""

    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...]


class NameIndex:
    """The register's courses by the part that stands in group names."""

    def __init__(self, courses: Iterable[CourseName]) -> None:
        raise NotImplementedError


def initials_problems(initials: str) -> list[Problem]:
    raise NotImplementedError


def naming_rule_for(course_code: str) -> NamingRule:
    raise NotImplementedError


def build_group_name(
    initials: str, term: Term, course_code: str, *, number: int = 1, rule: NamingRule
) -> str:
    raise NotImplementedError


def read_group_name(text: str, index: NameIndex) -> GroupNameReading:
    raise NotImplementedError
