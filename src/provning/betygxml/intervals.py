"""The interval that the root of both formats names."""

from collections.abc import Iterator
from typing import Any

from provning.betygxml.elements import SOURCE
from provning.betygxml.rows import Interval
from provning.betygxml.values import moment
from provning.kernel.problems import Problem


def read_interval(root: Any) -> Iterator[Interval | Problem]:
    """Give the interval at the root, or what is wrong with it."""
    ends = {name: moment((root.get(name) or "").strip()) for name in ("from", "tom")}
    yield from (_no_moment(name, root) for name, end in ends.items() if end is None)
    start, end = ends["from"], ends["tom"]
    if start is None or end is None:
        return
    if (start.tzinfo is None) != (end.tzinfo is None) or start > end:
        yield _order(root)
    else:
        yield Interval(start, end)


def _no_moment(name: str, root: Any) -> Problem:
    """Say that an end of the interval cannot be read."""
    message = (
        "Filens början: {field} är ”{text}” men ska vara datum och klockslag som"
        " 2026-01-15T08:00:00. Rätta det eller hämta filen på nytt."
    )
    params = {"field": name, "text": (root.get(name) or "")[:50]}
    return Problem("xml-interval", name, message, SOURCE, params)


def _order(root: Any) -> Problem:
    """Say that the interval ends before it begins, or that its ends cannot be compared."""
    message = (
        "Filens början: intervallet {start}–{end} slutar före det börjar, eller har tidszon i bara"
        " ena änden. Rätta det eller hämta filen på nytt."
    )
    params = {"start": root.get("from"), "end": root.get("tom")}
    return Problem("xml-interval-order", "tom", message, SOURCE, params)
