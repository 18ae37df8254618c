"""Whose particulars are read while one question is answered, so that a boundary can log it.

A boundary watches while it answers (`watching`); the one place from which persons are read (the
masking of `people`) notes whom. Nothing is kept when nobody watches.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(slots=True)
class Seen:
    """What one answer holds.

    `persons` are those who were read, True for a protected identity in clear. `subject` is the one
    that the answer is about, `file` and `rows` the list that leaves as a file.
    """

    persons: dict[UUID, bool] = field(default_factory=dict)
    subject: UUID | None = None
    file: str = ""
    rows: int = 0

    @property
    def holds_somebody(self) -> bool:
        """Say whether the answer told of anybody, or let a list of persons go as a file."""
        return bool(self.persons or self.subject or self.file)


_SEEN: ContextVar[Seen | None] = ContextVar("seen", default=None)


@contextmanager
def watching() -> Iterator[Seen]:
    """Keep what is read within the block."""
    seen = Seen()
    token = _SEEN.set(seen)
    try:
        yield seen
    finally:
        _SEEN.reset(token)


def note_read(persons: Iterable[tuple[UUID, bool]]) -> None:
    """Note persons who were read, each with whether a protected identity was given in clear."""
    seen = _SEEN.get()
    if seen is None:
        return
    for person_id, opened in persons:
        seen.persons[person_id] = opened or seen.persons.get(person_id, False)


def note_subject(person_id: UUID) -> None:
    """Note that the answer is about one person, whoever else is named in it."""
    seen = _SEEN.get()
    if seen is not None:
        seen.subject = person_id


def note_file(name: str, rows: int) -> None:
    """Note that a file leaves with so many rows about persons."""
    seen = _SEEN.get()
    if seen is not None:
        seen.file, seen.rows = name, rows
