"""The municipality that these tests begin in."""

from tests.builders import build_town
from tests.support.kept import kept

town = kept(build_town)
