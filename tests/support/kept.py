"""Worlds that many tests start from: built once, and left for each test as they were built.

A kept world is built in a transaction that stays open while one test after another starts from it.
Each test runs in a savepoint of its own, so what it stores is gone when it ends, and gets a copy of
the Python objects, so what it changes in them is gone too. A test that starts from something else,
or has real transactions, closes the world first: no test ever meets another's rows. The tests of a
file come in any order, but those of one world together, so that it is built once.

    world = kept(build_world)  # a fixture of the name `world`
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from django.db import connection, transaction

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

World = TypeVar("World")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
REAL = {"transactional_db", "live_server"}


class Keeper:
    """Holds the one world that is open; `blocker` guards the database, once there is one."""

    def __init__(self) -> None:
        """Hold nothing."""
        self.blocker: DjangoDbBlocker | None = None
        self._build: Callable[[], object] | None = None
        self._world: object = None
        self._block: transaction.Atomic | None = None

    def leave(self, item: pytest.Item) -> None:
        """Close the open world unless the test starts from it or has no need of the database."""
        if self._block and touches_database(item) and _wanted(item) is not self._build:
            self.close()

    def enter(self, item: pytest.Item) -> None:
        """Open the world that a test starts from; a larger transaction around it is its own."""
        build = _wanted(item)
        if build and self.blocker and not connection.in_atomic_block:
            with self.blocker.unblock():
                self._open(build)

    def give(self, build: Callable[[], World]) -> World:
        """Return a copy of the open world, or build one for a test that has no other way."""
        if build is not self._build:
            return build()
        return deepcopy(self._world)  # type: ignore[return-value] # `build` made it

    def close(self) -> None:
        """Undo what the open world stored."""
        if self._block and self.blocker:
            with self.blocker.unblock():
                transaction.set_rollback(True)
                self._block.__exit__(None, None, None)
            assert not connection.in_atomic_block, "something else has opened a transaction"
        self._build, self._world, self._block = None, None, None

    def _open(self, build: Callable[[], object]) -> None:
        self._block = transaction.atomic()
        # Django's own mark of a test's transaction, in which `durable` is allowed.
        self._block._from_testcase = True  # type: ignore[attr-defined] # noqa: SLF001 # as TestCase
        self._block.__enter__()
        try:
            self._build, self._world = build, build()
        except BaseException:
            self.close()
            raise


KEEPER = Keeper()


def kept(build: Callable[[], World]) -> Callable[..., World]:
    """Return a fixture that gives what `build` builds."""

    def give(db: None) -> World:  # noqa: ARG001 # the test's own savepoint
        return KEEPER.give(build)

    give.__doc__ = build.__doc__
    give.kept = build  # type: ignore[attr-defined] # for `_wanted`
    return pytest.fixture(give)


def side_by_side(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Return the tests in their order, but within a file those of one world after another."""
    first: dict[tuple[object, ...], int] = {}
    for place, item in enumerate(items):
        first.setdefault((item.path,), place)
        first.setdefault((item.path, _wanted(item)), place)
    return sorted(items, key=lambda item: (first[item.path,], first[item.path, _wanted(item)]))


def touches_database(item: pytest.Item) -> bool:
    """Say whether a test uses the database."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


def _has_real_transactions(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    marked = marker is not None and bool(marker.kwargs.get("transaction"))
    return marked or bool(set(getattr(item, "fixturenames", ())) & REAL)


def _wanted(item: pytest.Item) -> Callable[[], object] | None:
    """Return the build of the first kept world among a test's fixtures, if any may be shared."""
    if _has_real_transactions(item):
        return None
    info: Any = getattr(item, "_fixtureinfo", None)
    for name in getattr(item, "fixturenames", ()):
        definitions = info.name2fixturedefs.get(name, ()) if info else ()
        if definitions:
            build: Callable[[], object] | None = getattr(definitions[-1].func, "kept", None)
            if build:
                return build
    return None
