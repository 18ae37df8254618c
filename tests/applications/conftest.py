"""A town with one group to ask for, and an address that notices go to."""

import pytest

from tests.applications.requests import Asked
from tests.exams.world import build_world


@pytest.fixture
def asked(db: None) -> Asked:
    """Return a town where nobody has asked for anything."""
    return Asked.begin(build_world())
