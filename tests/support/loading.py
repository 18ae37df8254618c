"""Loading the tests in several processes: each first loads a share that is its own.

A fresh clone has nothing compiled, and to write a test's assertions out takes longer than to load
it. Each process would do it for every file at the same moment; so each begins with other files, and
finds the rest as the others have left them.
"""

from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


def load_own_share(config: pytest.Config) -> None:
    """Load this process's share of the files, when all of them are to be loaded."""
    worker = getattr(config, "workerinput", None)
    if worker is None or [Path(each).resolve() for each in config.args] != [TESTS]:
        return
    place, of = int(worker["workerid"].removeprefix("gw")), worker["workercount"]
    files = sorted(TESTS.rglob("test_*.py"))
    for file in files[place * len(files) // of : (place + 1) * len(files) // of]:
        # What cannot be loaded is said when the tests are collected.
        with suppress(Exception, pytest.skip.Exception):
            import_module(".".join(file.relative_to(TESTS.parent).with_suffix("").parts))
