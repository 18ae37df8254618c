"""Where the public reference data lies, beside the checkout."""

from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"


def shared_file(*parts: str) -> Path:
    """Return a reference file; without the folder the test is skipped, without the file it fails.

    The folder is no tool that a machine can install: a checkout somewhere else lacks it.
    """
    path = DATA.joinpath(*parts)
    if not DATA.exists():
        pytest.skip("the folder of reference data is not beside the checkout")
    if not path.exists():
        pytest.fail(f"{path.relative_to(DATA.parents[1])} is not beside the checkout")
    return path
