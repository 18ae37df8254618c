"""The desk where files are compared."""

from tests.comparisons.world import Desk
from tests.support.kept import kept
from tests.web.stage import build_stage


def build_desk() -> Desk:
    """Return a town with groups and somebody who compares."""
    return Desk(build_stage())


desk = kept(build_desk)
