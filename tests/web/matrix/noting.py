"""A query that notes what a page reads of it."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.http import QueryDict


class Noting(QueryDict):
    """A query that notes which of its names are asked for, whether they are there or not.

    `items` is not noted: the access log alone goes through them, alike for every page.
    """

    read: ClassVar[set[str]] = set()
    _built = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read the address, which notes nothing."""
        super().__init__(*args, **kwargs)
        self._built = True

    def _note(self, *names: object) -> None:
        if self._built:
            Noting.read.update(map(str, names))

    def __getitem__(self, key: str) -> Any:
        """Note it; `get` and a form come here."""
        self._note(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        """Note it."""
        self._note(key)
        return super().__contains__(key)

    def getlist(self, key: str, default: Any = None) -> Any:
        """Note it."""
        self._note(key)
        return super().getlist(key, default)

    def lists(self) -> Any:
        """Note all; `urlencode` and `dict` come here or to an item."""
        self._note(*self)
        return super().lists()

    def copy(self) -> Any:
        """Note all."""
        self._note(*self)
        return super().copy()

    def items(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override] # as Django's own
        """Give each name with its last value, unnoted."""
        return ((key, values[-1]) for key, values in super().lists())
