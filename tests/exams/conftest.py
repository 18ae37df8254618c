"""The world that tests of groups and placements begin in."""

import pytest

from tests.exams.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    """Return a municipality without any group."""
    return build_world()
