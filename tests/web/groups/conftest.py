"""The world of the groups, and the own-run provider's administrator."""

import pytest
from django.test import Client

from tests.exams.world import World, build_world
from tests.support.kept import kept
from tests.web.groups.people import administrator

world = kept(build_world)


@pytest.fixture
def admin(world: World) -> Client:
    """Return the administrator of the own-run provider, signed in."""
    return administrator(world)
