"""What follows when identities become protected: rooms above make themselves known here."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from provning.kernel.actors import Actor


class Follow(Protocol):
    """What a room does in the same transaction."""

    def __call__(self, *, actor: Actor, person_ids: Iterable[UUID]) -> None:
        """Do it for the persons."""


_FOLLOWERS: dict[str, Follow] = {}


def when_protected(room: str, follow: Follow) -> None:
    """Let a room follow; a room has one way, and a second time replaces the first."""
    _FOLLOWERS[room] = follow


def became_protected(actor: Actor, person_ids: Iterable[UUID]) -> None:
    """Tell every room of persons who were not protected before."""
    persons = list(person_ids)
    for follow in _FOLLOWERS.values() if persons else ():
        follow(actor=actor, person_ids=persons)
