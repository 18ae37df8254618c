"""The municipality that these tests begin in."""

import pytest

from tests.builders import Town, build_town


@pytest.fixture
def town(db: None) -> Town:
    """Return Sjöstad: two providers, three units, nobody enrolled."""
    return build_town()
