"""Where the public reference data lies, beside the checkout."""

import os
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"


def shared_file(*parts: str) -> Path:
    """Return a reference file; without it the test is skipped, or fails where CI=true."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        missing = f"{path.relative_to(DATA.parents[1])} is not beside the checkout"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return path
