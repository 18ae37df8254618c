"""Disposal in the rooms above this one, which tell how when the program starts.

A room below is imported; one above makes itself known here (`register_disposal` in its `apps`), so
that the table of retention can speak of every table and imports still go downwards only.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from provning.kernel.actors import Actor
from provning.kernel.disposal import Disposable

Find = Callable[[UUID, date], list[Disposable]]


class Dispose(Protocol):
    """An action that removes an organiser's rows."""

    def __call__(
        self, *, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]
    ) -> int:
        """Remove the rows of the keys; returns how many."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a room finds and removes what has come to its day."""

    find: Find
    dispose: Dispose


_WAYS: dict[str, Way] = {}


def register_disposal(key: str, find: Find, dispose: Dispose) -> None:
    """Make known how a kind of the table of retention goes; a second time replaces the first."""
    _WAYS[key] = Way(find, dispose)


def found_above(key: str) -> Find:
    """Return a finder that asks the room that has registered the key."""

    def find(organiser_id: UUID, before: date) -> list[Disposable]:
        return _WAYS[key].find(organiser_id, before)

    return find


def disposed_above(key: str) -> Dispose:
    """Return an action that is the one of the room that has registered the key."""

    def dispose(*, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]) -> int:
        return _WAYS[key].dispose(actor=actor, organiser_id=organiser_id, before=before, keys=keys)

    return dispose
