"""Long rows of things, some at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Each = TypeVar("Each")


def in_parts(things: Iterable[Each], size: int) -> Iterator[list[Each]]:
    """Give the things in lists of at most `size`."""
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part
