"""What differs between two files of the same term: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

OF_THE_FILE = frozenset({"System", "Datum", "Version"})
"""Columns that say when and by what a file was made, not what it says."""

Cells = Mapping[str, str]
"""A line by the names of its columns."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is new in a file: `columns` names what differs of each line that both files have.

    A line that only the new file has is in `new`; one that is the same in both is in neither.
    """

    new: frozenset[UUID]
    columns: Mapping[UUID, tuple[str, ...]]
    gone: int

    @property
    def nothing(self) -> bool:
        """Say whether the two files say the same."""
        return not (self.new or self.columns or self.gone)


def compared(old: Mapping[UUID, Cells], new: Mapping[UUID, Cells]) -> Compared:
    """Return what differs in the new file."""
    both = old.keys() & new.keys()
    differing = {key: _differing(old[key], new[key]) for key in both}
    return Compared(
        new=frozenset(new.keys() - old.keys()),
        columns={key: names for key, names in differing.items() if names},
        gone=len(old.keys() - new.keys()),
    )


def _differing(old: Cells, new: Cells) -> tuple[str, ...]:
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        name for name in names if name not in OF_THE_FILE and old.get(name) != new.get(name)
    )
