"""The rules that a snapshot is held to by those who read it."""

from collections.abc import Collection
from datetime import date
from typing import Final

from provning.kernel.problems import Problem

SOURCE: Final = "IMS Enterprise 1.1"


def reference_problems(place: str, key: str, known: Collection[str]) -> list[Problem]:
    """Refuse a membership that speaks of somebody whom the file does not have before it."""
    if key in known:
        return []
    message = (
        "{place}: ”{key}” finns inte tidigare i filen. Ta med gruppen och alla dess medlemmar i"
        " samma fil."
    )
    return [Problem("ims-reference", "", message, SOURCE, {"place": place, "key": key[:100]})]


def repeated_problems(place: str, key: str, known: Collection[str]) -> list[Problem]:
    """Refuse an id that stands twice."""
    if key not in known:
        return []
    message = "{place}: ”{key}” står flera gånger i filen. Ta bort alla utom en."
    return [Problem("ims-repeated", "", message, SOURCE, {"place": place, "key": key[:100]})]


def order_problems(place: str, begin: date | None, end: date | None) -> list[Problem]:
    """Refuse a time that ends before it begins."""
    if begin is None or end is None or begin <= end:
        return []
    message = "{place}: tiden börjar {begin} och slutar före det, {end}. Rätta datumen."
    params = {"place": place, "begin": begin.isoformat(), "end": end.isoformat()}
    return [Problem("ims-order", "timeframe", message, SOURCE, params)]
