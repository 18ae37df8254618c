"""What several kinds do with rows: words recognised, an action's problems put where they belong."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from django.db import transaction

from provning.imports.kind import Kept
from provning.imports.plans import Done, Plan
from provning.kernel.problems import ConflictError, ProblemsFoundError

ROW = re.compile(r"row-([0-9]+)")


def first_match(choices: Iterable[str], text: str) -> str:
    """Return the choice that a text is, whatever its case; else the text as it stands."""
    written = " ".join(text.split())
    folded = written.casefold()
    return next((each for each in choices if each.casefold() == folded), written)


@contextmanager
def at_rows(plans: Sequence[Plan]) -> Iterator[None]:
    """Let an action run over the plans, and name its problems by the rows of the file.

    An action names its entries row-1, row-2 and so on, in the order of the plans; one that names
    none is about the only plan there is.
    """
    try:
        yield
    except ProblemsFoundError as error:
        problems = []
        for problem in error.problems:
            named = ROW.fullmatch(problem.field)
            place = int(named[1]) - 1 if named else 0
            sure = named is not None or len(plans) == 1
            field = f"row-{plans[place].number}" if sure and place < len(plans) else ""
            problems.append(replace(problem, field=field))
        kind = ConflictError if isinstance(error, ConflictError) else ProblemsFoundError
        raise kind(problems) from error


def kept_of(rows: Sequence[Done], take_back: Callable[[Sequence[Done]], object]) -> Kept:
    """Take rows back together; those that an action refuses stay, with the action's own reason.

    `take_back` does all of the rows it is given or raises. What is refused is tried in halves until
    each refused row stands alone, so a file with nothing in its way is a single call. Each try has
    a transaction of its own inside the caller's, so nothing remains of one that was refused.
    """
    if not rows:
        return {}
    try:
        with transaction.atomic():
            take_back(rows)
    except ProblemsFoundError as error:
        if len(rows) == 1:
            return {rows[0].number: error.problems}
        middle = len(rows) // 2
        return {**kept_of(rows[:middle], take_back), **kept_of(rows[middle:], take_back)}
    return {}
