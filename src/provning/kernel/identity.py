"""Identity numbers: personnummer, samordningsnummer and temporary numbers, in one normal form."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from provning.kernel.problems import Problem, ProblemsFoundError

SKV = "Folkbokföringslagen (1991:481) 18 §"
CENTENARY = 100
EARLIEST_YEAR = 1800
COORDINATION_DAYS = 60
SHORT, LONG = 10, 12

EXCEL = re.compile(r"[0-9]([.,][0-9]*)?E\+?[0-9]+|[0-9]{9,12}[.,]0+", re.IGNORECASE)
ALLOWED = re.compile(r"[0-9]+([-+]?[0-9]{4}|[-+]?TF[0-9]{2}|[-+]?T[0-9]{3})?|[0-9]+")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
DOUBLED = bytes(sum(divmod(2 * (each - 48), 10)) if 48 <= each < 58 else 0 for each in range(256))  # noqa: PLR2004


class NumberKind(StrEnum):
    """Which kind of number identifies a person."""

    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    TEMPORARY = "temporary"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number that has passed every check; `normal` is the twelve characters that are stored."""

    normal: str
    kind: NumberKind
    birth_date: date | None

    @property
    def display(self) -> str:
        """Return the form people read: ÅÅÅÅMMDD-NNNN."""
        return f"{self.normal[:8]}-{self.normal[8:]}"


def parse_identity_number(text: str, *, today: date) -> IdentityNumber:
    """Read a number as people write it."""
    raise NotImplementedError


def identity_problems(text: str, *, today: date) -> list[Problem]:
    """Say what is wrong with a number."""
    raise NotImplementedError
