"""Local custom may be overridden by somebody who says why."""

from collections.abc import Iterable

from provning.kernel.problems import Problem


def binding(problems: Iterable[Problem], reason: str) -> list[Problem]:
    """Return the problems that stand: all, or with a written reason only those that bind."""
    return [each for each in problems if not (each.overridable and reason.strip())]


def overridden(problems: Iterable[Problem], reason: str) -> bool:
    """Say whether the reason was needed."""
    return bool(reason.strip()) and any(problem.overridable for problem in problems)
