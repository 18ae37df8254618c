"""Long lists in pages that can be shared by their address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

from provning.web.tables import with_query

Row = TypeVar("Row")
SIZES = (50, 200)
ALL = "alla"
NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page's number and address; number 0 is the gap between pages far apart."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class SizeLink:
    """One page size and its address; `size` 0 is all of them."""

    size: int
    url: str
    current: bool


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows: which of them, of how many, and the ways to the others; `every` row."""

    rows: Sequence[Row]
    first: int
    last: int
    count: int
    links: tuple[PageLink, ...]
    sizes: tuple[SizeLink, ...]
    every: Sequence[Row]


def page_of(request: HttpRequest, rows: Sequence[Row], sizes: tuple[int, ...] = SIZES) -> Page[Row]:
    """Return the page that the address asks for (`page`, `size`): the nearest one that exists."""
    count = len(rows)
    size = _size(request, sizes) or max(count, 1)
    pages = max(1, -(-count // size))
    number = min(max(1, _number(request.GET.get("page", ""))), pages)
    start = (number - 1) * size
    part = rows[start : start + size]
    links = tuple(
        PageLink(each, with_query(request.GET, page=each) if each else "", each == number)
        for each in _shown_pages(number, pages)
    )
    return Page(
        part,
        start + 1 if part else 0,
        start + len(part),
        count,
        links,
        _sizes(request, sizes, count),
        rows,
    )


def _size(request: HttpRequest, sizes: tuple[int, ...]) -> int:
    """Return the page size asked for; 0 is all."""
    asked = request.GET.get("size", "")
    if asked == ALL:
        return 0
    return _number(asked) if _number(asked) in sizes else sizes[0]


def _sizes(request: HttpRequest, sizes: tuple[int, ...], count: int) -> tuple[SizeLink, ...]:
    if count <= sizes[0]:
        return ()
    now = _size(request, sizes)
    return tuple(
        SizeLink(each, with_query(request.GET, size=each or ALL, page=""), each == now)
        for each in (*sizes, 0)
    )


def _shown_pages(number: int, pages: int) -> list[int]:
    near = set(range(number - NEIGHBOURS, number + NEIGHBOURS + 1)) | {1, pages}
    shown: list[int] = []
    for each in sorted(near & set(range(1, pages + 1))):
        if shown and each > shown[-1] + 1:
            shown.append(0)
        shown.append(each)
    return shown if pages > 1 else []


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
