"""What tests of feeds start from: one placed person to grade, and two whose grades stand."""

from tests.grading.conftest import Ready, make_ready
from tests.grading.decided import make_stand
from tests.support.kept import kept


def one_ready() -> Ready:
    """Store a group with one placed person."""
    return make_ready(1)


alone = kept(one_ready)
stand = kept(make_stand)
