"""The municipality that these tests begin in."""

import pytest

from tests.builders import Town, build_town


@pytest.fixture
def town(db: None) -> Town:  # noqa: ARG001 (the town needs the database)
    """Return Sjöstad: two providers, three units, nobody enrolled."""
    return build_town()
