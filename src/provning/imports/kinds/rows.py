"""What several kinds do with rows: words recognised, an action's problems put where they belong."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from provning.imports.plans import Plan
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
