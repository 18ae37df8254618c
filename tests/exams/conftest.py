"""The world that tests of groups and placements begin in."""

from tests.exams.world import build_world
from tests.support.kept import kept

world = kept(build_world)
