"""The town that files are brought into."""

import pytest

from tests.exams.world import World, build_world
from tests.imports.world import Desk, build_desk


@pytest.fixture
def desk(db: None) -> Desk:
    """Return the town with somebody who brings in files."""
    return build_desk()


@pytest.fixture
def world(db: None) -> World:
    """Return a municipality with courses and teachers, for files of groups and what is in them."""
    return build_world()
