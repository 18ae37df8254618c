"""The town that these tests act in."""

import pytest

from tests.web.stage import Stage, build_stage


@pytest.fixture
def stage(db: None) -> Stage:
    """Return a town with a group at each provider."""
    return build_stage()
