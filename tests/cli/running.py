"""Running a command as its own process, with a data directory of its own, or in this process.

A process of its own takes half a second to start. It is for what only a start shows; each command
has a test with one.
"""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from django.db import connections
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from provning.cli.main import main

SOURCE = Path(__file__).parents[2] / "src"
LONGEST = 120
Rehearsed = tuple[Path, subprocess.CompletedProcess[str]]
"""The directory that a rehearsal left, and how the command ended."""


def environment(directory: Path) -> dict[str, str]:
    """Return an environment in which nothing of the tests' own database is left."""
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    own = {"PROVNING_DATA_DIR": str(directory), "PYTHONPATH": str(SOURCE)}
    return {**kept, **own, "DJANGO_SETTINGS_MODULE": "provning.config.settings"}


def provning(*words: str, directory: Path, database: str = "") -> subprocess.CompletedProcess[str]:
    """Run `provning WORDS` and return what it printed and its exit status.

    `database` is the URL of another database than the data directory's own.
    """
    more = {"DATABASE_URL": database} if database else {}
    return subprocess.run(
        [sys.executable, "-m", "provning.cli", *words],
        env={**environment(directory), **more},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )


class Here:
    """Runs commands in this process, on a database file of their own."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        """Take what guards the tests' own database."""
        self._blocker = blocker

    def __call__(self, *words: str, database: Path) -> subprocess.CompletedProcess[str]:
        """Return what `provning WORDS` says and ends with, as `provning` does.

        The file is the configured database, and its folder that of the installation.
        """
        out, error = io.StringIO(), io.StringIO()
        said = redirect_stdout(out), redirect_stderr(error)
        with self._blocker.unblock(), opened(database), said[0], said[1]:
            status = main(words)
        return subprocess.CompletedProcess(words, status, out.getvalue(), error.getvalue())


@contextmanager
def opened(file: Path) -> Iterator[None]:
    """Make a file the database of this process for a while; the tests' own is left as it is."""
    own = connections["default"]
    connections["default"] = own.copy()
    connections["default"].settings_dict["NAME"] = str(file)
    folders = {"DATA_DIR": file.parent, "SIGNING_DIR": file.parent / "signing"}
    try:
        with patch.dict(os.environ), override_settings(**folders):
            yield
    finally:
        connections["default"].close()
        connections["default"] = own
