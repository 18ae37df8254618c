"""What a group's name says: whether its prefix holds, which group it is, which term it is of."""

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from provning.kernel.group_name_repair import Body, repair
from provning.kernel.group_names import PREFIX
from provning.kernel.swedish import search_words

IDENTIFIER: Final = re.compile(r"\{.*\}|[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
NOT_NEAR: Final = frozenset({"group-name-prefix-missing", "group-name-empty"})


class Prefix(StrEnum):
    """How a group's name begins (Manual s. 1: the prefix decides what the grade is shown as)."""

    UNKNOWN = "unknown"
    EXACT = "exact"
    NEAR = "near"
    MISSING = "missing"


@lru_cache(maxsize=65_536)
def prefix_of(group: str) -> Prefix:
    """Say how a name begins; a group known by its identifier alone says nothing."""
    if not group or is_identifier(group):
        return Prefix.UNKNOWN
    if group.startswith(PREFIX):
        return Prefix.EXACT
    codes = {problem.code for problem in repair(group).problems}
    return Prefix.MISSING if codes & NOT_NEAR else Prefix.NEAR


@lru_cache(maxsize=65_536)
def group_key(group: str) -> str:
    """Return what two spellings of one group share: prefix, case and spaces do not count."""
    bodies = repair(group).bodies
    if bodies:
        first = bodies[0]
        return f"{first.initials}{first.term.code}{first.rest}"
    return "".join(search_words(group))


@lru_cache(maxsize=65_536)
def term_holds(group: str, day: date) -> bool:
    """Say whether a day lies in the term that the group's name has; without one, every day does."""
    bodies = _bodies(group)
    return not bodies or any(body.term.contains(day) for body in bodies)


def is_identifier(text: str) -> bool:
    """Say whether a text is a system's own identifier and no name."""
    return IDENTIFIER.fullmatch(text) is not None


def bare_identifier(text: str) -> str:
    """Return an identifier without its braces and without case."""
    return text.strip().strip("{}").casefold()


def _bodies(group: str) -> tuple[Body, ...]:
    """Return the readings of a name that begins, or nearly begins, as a prövningsgrupp."""
    if prefix_of(group) in {Prefix.EXACT, Prefix.NEAR}:
        return repair(group).bodies
    return ()
