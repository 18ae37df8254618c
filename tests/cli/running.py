"""Running a command as its own process, with a data directory of its own."""

import os
import subprocess
import sys
from pathlib import Path

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
