"""Dates in cells: the forms that can mean one day only; the rest is refused with the reason."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from provning.kernel.problems import Problem
from provning.kernel.swedish import MONTHS, search_words

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
COMPACT: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
SWEDISH: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})\s+([0-9]{4})")
IN_WORDS: Final = re.compile(r"(?:den )?([0-9]{1,2}) ([^\W\d]{3,}) ([0-9]{4})")
WITH_TIME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
SERIAL: Final = re.compile(r"[345][0-9]{4}([.,][0-9]+)?")
FAR: Final = re.compile(r"#+")
EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2199


@lru_cache(maxsize=16_384)
def read_date(text: str, *, field: str = "date") -> date | Problem:
    """Read a day: 2026-05-12, 20260512, 2026-05-12 00:00:00, 12/5 2026 or 12 maj 2026.

    A moment with a time zone is the day it is in Sweden. What may be read in two ways is refused.
    """
    written = " ".join(text.split())
    if not written:
        return Problem("table-date-missing", field, "Datumet saknas. Skriv ÅÅÅÅ-MM-DD.")
    try:
        found = _read(written)
    except ValueError:
        message = "{text} är inget datum som finns. Skriv ÅÅÅÅ-MM-DD."
        return Problem("table-date", field, message, params={"text": written})
    if found is None or not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        return _refused(written, field)
    return found


def _read(written: str) -> date | None:
    """Return the day, None when the text has no known form; raises `ValueError` for 31 April."""
    if match := YEAR_FIRST.fullmatch(written) or COMPACT.fullmatch(written):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := WITH_TIME.fullmatch(written):
        moment = datetime.fromisoformat(written.replace(",", "."))
        return moment.astimezone(STOCKHOLM).date() if moment.tzinfo else moment.date()
    if match := SWEDISH.fullmatch(written):
        return date(int(match[3]), int(match[2]), int(match[1]))
    if match := IN_WORDS.fullmatch(written):
        month = _month("".join(search_words(match[2])))
        return date(int(match[3]), month, int(match[1])) if month else None
    return None


def _month(word: str) -> int:
    """Return a month's number by its Swedish name or the beginning of it, 0 when it is none."""
    places = [place for place, name in enumerate(MONTHS, start=1) if name.startswith(word)]
    return places[0] if len(places) == 1 else 0


def _refused(written: str, field: str) -> Problem:
    """Say why a text cannot be taken for a day."""
    if SERIAL.fullmatch(written):
        message = (
            "{text} är Excels löpnummer för ett datum. Formatera kolumnen som datum i Excel och"
            " spara på nytt."
        )
        return Problem("table-date-serial", field, message, params={"text": written})
    if FAR.fullmatch(written):
        message = "Cellen är för smal så att datumet blev {text}. Gör kolumnen bredare och spara."
        return Problem("table-date-narrow", field, message, params={"text": written})
    message = "{text} kan inte läsas säkert som ett datum. Skriv ÅÅÅÅ-MM-DD, till exempel {sample}."
    params = {"text": written, "sample": "2026-05-12"}
    return Problem("table-date-form", field, message, params=params)
