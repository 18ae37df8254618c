"""The world of the groups, and the own-run provider's administrator."""

import pytest
from django.test import Client

from tests.exams.world import World, build_world
from tests.web.groups.people import administrator


@pytest.fixture
def world() -> World:
    """Return the town with teachers and a register of five courses."""
    return build_world()


@pytest.fixture
def admin(world: World) -> Client:
    """Return the administrator of the own-run provider, signed in."""
    return administrator(world)
