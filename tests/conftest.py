"""What every test starts from: a data folder, a quick password hash, guards that can flush."""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.fixtures import FixtureDef, SubRequest
from django.conf import settings
from django.core.management.commands.flush import Command
from django.db import connection, connections
from django.utils.translation import deactivate
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer

from tests.support.emptying import Origin
from tests.support.kept import KEEPER, side_by_side, touches_database
from tests.support.lighter import lighten
from tests.support.loading import load_own_share
from tests.support.scheduling import LongestFirst
from tests.support.telling import tell_less
from tools.postgres import quick_folder

hypothesis_settings.register_profile(
    "provning", deadline=None, derandomize=os.environ.get("CI") == "true"
)
hypothesis_settings.load_profile("provning")
lighten()

FOLDER = pytest.StashKey[Path]()
ALLOCATIONS_BEFORE_COLLECTING = 50_000
ORIGIN = Origin()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a second run, on another database, take only the tests it can matter to."""
    parser.addoption(
        "--touching-database", action="store_true", help="only tests that use the database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put tests of one world side by side, and leave out what the option excludes."""
    items[:] = side_by_side(items)
    if not config.getoption("touching_database"):
        return
    chosen = [item for item in items if _runs_on_both(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _runs_on_both(item)])
    items[:] = chosen


def pytest_collection(session: pytest.Session) -> None:
    """Look for no garbage while the tests are loaded: nearly all of it stays."""
    gc.disable()
    load_own_share(session.config)


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Say no more than is printed."""
    tell_less(session.config)


def pytest_collection_finish() -> None:
    """Leave what is loaded out of the search for garbage, and search seldom: it is a lot."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(ALLOCATIONS_BEFORE_COLLECTING, 20, 50)


def _runs_on_both(item: pytest.Item) -> bool:
    """Say whether another database could make the test answer otherwise: see CONTRIBUTING.md."""
    if item.get_closest_marker("once") or "browser" in getattr(item, "fixturenames", ()):
        return False
    return touches_database(item)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Close a world that the test does not start from, before anything of the test begins.

    It begins in the program's own language, whatever page the test before asked for last.
    """
    KEEPER.leave(item)
    deactivate()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: FixtureDef[Any], request: SubRequest) -> None:
    """Open the world that the test starts from, before the test's own transaction begins."""
    if fixturedef.argname == "_django_db_helper":
        KEEPER.enter(request.node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LongestFirst | None:
    """Let several processes share the files so that none is idle at the end."""
    return LongestFirst(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_configure(config: pytest.Config) -> None:
    """Point every path at a folder of this process, and hash passwords quickly."""
    keep_compiled()
    memory = quick_folder()
    if memory:
        os.environ["TMPDIR"] = str(memory)
        tempfile.tempdir = None  # Asked for anew: from now on in memory.
    folder = Path(tempfile.mkdtemp(prefix="provning-tests-"))
    config.stash[FOLDER] = folder
    os.environ["PROVNING_DATA_DIR"] = str(folder)
    settings.DATA_DIR = folder
    settings.SIGNING_DIR = folder / "signing"
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        # Threads meet in a file as programs do; a database in memory has other locks.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
    settings.STATIC_ROOT = folder / "static"
    # What an act asks of a sign-in has tests of its own; the others sign in as they always did.
    settings.ASSURANCE = "password"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def keep_compiled() -> None:
    """Let this process and those it starts compile what they import once, in the environment.

    As `./prov` does: without it a command takes three times as long to start.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ.setdefault(
        "PYTHONPYCACHEPREFIX", str(Path(sys.prefix) / "pycache")
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder."""
    shutil.rmtree(config.stash[FOLDER], ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _quick_flush() -> Iterator[None]:
    """Put the database back after a test with real transactions; see `tests/support/emptying`."""
    flush = Command.handle

    def handle(command: Command, **options: Any) -> None:
        ORIGIN.restore(connections[options["database"]])

    Command.handle = handle  # type: ignore[assignment] # replaced for the whole run
    yield
    Command.handle = flush  # type: ignore[method-assign] # every flush goes through it


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Remember the database as it was made; end sessions that are left before it is dropped.

    A browser keeps its line to the test server open, and with it a thread and its session, which
    PostgreSQL would not drop a database under.
    """
    with django_db_blocker.unblock():
        ORIGIN.remember(connection)
    KEEPER.blocker = django_db_blocker
    yield
    KEEPER.close()
    ORIGIN.forget()
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
