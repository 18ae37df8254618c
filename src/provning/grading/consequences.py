"""What a rättelse or ändring has made out of date elsewhere: each higher room tells of its own.

A room that makes papers or files of grades registers a finder when it is loaded. What they tell is
derived, never stored: it is there until the paper has been made anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from provning.grading.chains import Chain
from provning.grading.rows import DecisionRow
from provning.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Consequence:
    """One paper or file that holds an earlier decision, and whether it has been seen to.

    `message` is a Swedish template filled from `params`. `kind` and `key` are what it concerns, for
    a boundary that knows the way there.
    """

    message: str
    done: bool
    kind: str
    key: UUID
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changed:
    """A chain as the finders see it: who asks, on which day, what stands and what stood."""

    actor: Actor
    today: date
    standing: DecisionRow
    earlier: tuple[DecisionRow, ...]


Finder = Callable[[Changed], list[Consequence]]

_FINDERS: dict[str, Finder] = {}


def register_consequences(room: str, finder: Finder) -> None:
    """Let a room tell of its papers; a room has one finder."""
    _FINDERS[room] = finder


def consequences_of(actor: Actor, chain: Chain, today: date) -> list[Consequence]:
    """Return what is out of date after the chain's last decision, what remains to be done first.

    Nothing for a decision that has superseded nothing. Each finder keeps to the actor's scope.
    """
    *earlier, standing = chain
    if not earlier:
        return []
    changed = Changed(actor, today, standing, tuple(earlier))
    found = [each for _, finder in sorted(_FINDERS.items()) for each in finder(changed)]
    return sorted(found, key=lambda each: each.done)
