"""Identity numbers for measuring: with birth years 1800-1889, which no living person has."""

from collections.abc import Iterator
from datetime import date, timedelta

from provning.kernel.identity import checksum_holds

FIRST, LAST = date(1800, 1, 1), date(1889, 12, 31)


def numbers() -> Iterator[str]:
    """Give valid numbers, each once: four of each day, 131,488 in all."""
    for day in (FIRST + timedelta(days=each) for each in range((LAST - FIRST).days + 1)):
        for serial in (100, 240, 380, 520):
            nine = f"{day:%y%m%d}{serial}"
            last = next(digit for digit in "0123456789" if checksum_holds(nine + digit))
            yield f"{day:%Y%m%d}{serial}{last}"
