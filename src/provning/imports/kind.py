"""What a kind of import is to the framework; the room's docstring says how to make one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from provning.imports.plans import Done, Field, Plan, Setting, SourceRow
from provning.kernel.actors import Permission
from provning.kernel.problems import Problem

Results = dict[int, Mapping[str, object]]
Kept = dict[int, Sequence[Problem]]


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One kind of import: its key in the program and its Swedish word in addresses.

    `wide` says that it belongs to an organiser and not to one provider. `read` is set for files
    that are no tables: it gives each row as a mapping of field to text, and raises
    `ProblemsFoundError` when the file cannot be used. `shows_person` says that who holds the right
    may see the names of the register; otherwise only what the file says is shown.
    `gathered` says that rows are taken in and back by their plans' keys, so that those of one group
    are done at once. `fetches` says that the file may be fetched from another system's address.
    `links_accounts` says that taking a file in or back may change whose an account is, which at a
    screen asks for what administering sign-in asks for.
    """

    key: str
    slug: str
    label: str
    lead: str
    permission: Permission
    wide: bool
    fields: tuple[Field, ...]
    plan: Callable[[Setting, Sequence[SourceRow]], list[Plan]]
    commit: Callable[[Setting, Sequence[Plan]], Results]
    undo: Callable[[Setting, Sequence[Done]], Kept]
    shows_person: bool = True
    gathered: bool = False
    fetches: bool = False
    links_accounts: bool = False
    read: Callable[[Path], Iterable[Mapping[str, str]]] | None = None

    def field(self, key: str) -> Field | None:
        """Return a field by its key."""
        return next((each for each in self.fields if each.key == key), None)
