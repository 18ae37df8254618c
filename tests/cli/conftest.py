"""One rehearsal for all tests that read what it leaves."""

import pytest

from tests.cli.running import Rehearsed, provning


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """Run the rehearsal once."""
    directory = tmp_path_factory.mktemp("rehearsal")
    return directory, provning("rehearse", "--out", str(directory), directory=directory)
