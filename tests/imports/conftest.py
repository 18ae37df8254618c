"""The town that files are brought into, and one with courses and teachers."""

from tests.exams.world import build_world
from tests.imports.world import build_desk
from tests.support.kept import kept

desk = kept(build_desk)
world = kept(build_world)
