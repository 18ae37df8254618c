"""The rehearsal's log: one line for each step of the manual, written when it has been checked."""

from collections.abc import Callable
from typing import TextIO

from provning.kernel.problems import Problem, ProblemsFoundError


class StepFailedError(AssertionError):
    """A step did not give what the manual asks for."""


class Log:
    """Writes the steps to a file and to the terminal."""

    def __init__(self, file: TextIO) -> None:
        """Begin with the first step."""
        self._file = file
        self._number = 0

    def step(self, source: str, text: str) -> None:
        """Write that one step was carried out and checked."""
        self._number += 1
        self._write(f"{self._number:02d} OK  {source}: {text}")

    def failed(self, text: str) -> None:
        """Write that a step failed."""
        self._number += 1
        self._write(f"{self._number:02d} FEL {text}")

    def _write(self, line: str) -> None:
        print(line, flush=True)
        print(line, file=self._file, flush=True)


def check(what: str, found: object, expected: object) -> None:
    """Raise `StepFailedError` unless what was found is what was expected."""
    if found != expected:
        message = f"{what}: väntade {expected!r} men fick {found!r}"
        raise StepFailedError(message)


def refused(code: str, act: Callable[[], object]) -> Problem:
    """Carry out an act that must be refused with the problem, and return the problem."""
    try:
        act()
    except ProblemsFoundError as error:
        for problem in error.problems:
            if problem.code == code:
                return problem
        codes = ", ".join(each.code for each in error.problems)
        message = f"väntade felet {code} men fick {codes}"
        raise StepFailedError(message) from error
    message = f"väntade felet {code} men ingenting hindrade"
    raise StepFailedError(message)
