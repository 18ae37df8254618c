"""Every identity number that Skatteverket publishes for tests (see `tests/data/README.md`)."""

import csv
import lzma
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIST = Path(__file__).parents[1] / "data" / "official_test_numbers.csv.xz"


@dataclass(frozen=True)
class Listed:
    """One row: the number's twelve characters, its kind, and an ISO birth date or ""."""

    number: str
    kind: str
    birth_date: str


@cache
def official_test_numbers() -> tuple[Listed, ...]:
    """Return the whole list, in the order of the numbers."""
    with lzma.open(LIST, "rt", encoding="utf-8") as file:
        return tuple(Listed(**row) for row in csv.DictReader(file))
