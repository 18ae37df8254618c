"""The desk where files are compared."""

import pytest

from tests.comparisons.world import Desk
from tests.web.stage import build_stage


@pytest.fixture
def desk(db: None) -> Desk:
    """Return a town with groups and somebody who compares."""
    return Desk(build_stage())
