"""The world that tests of groups and placements begin in."""

from pathlib import Path

import pytest

from tests.exams.world import World, build_world


@pytest.fixture
def world(db: None, tmp_path: Path) -> World:  # noqa: ARG001 (the world needs the database)
    """Return a municipality without any group."""
    return build_world(tmp_path)
