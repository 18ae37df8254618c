"""The town that files are brought into."""

import pytest

from tests.imports.world import Desk, build_desk


@pytest.fixture
def desk(db: None) -> Desk:
    """Return the town with somebody who brings in files."""
    return build_desk()
