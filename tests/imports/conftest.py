"""The town that files are brought into."""

from tests.imports.world import build_desk
from tests.support.kept import kept

desk = kept(build_desk)
