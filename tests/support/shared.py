"""Where the public reference data lies, beside the checkout."""

from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"
SPEC = DATA.with_name("spec")


def shared_file(*parts: str) -> Path:
    """Return a reference file; without the folder the test is skipped, without the file it fails.

    The folder is no tool that a machine can install: a checkout somewhere else lacks it.
    """
    return _beside(DATA, parts)


def spec_file(*parts: str) -> Path:
    """Return a contract that others wrote, as `shared_file` returns reference data."""
    return _beside(SPEC, parts)


def _beside(folder: Path, parts: tuple[str, ...]) -> Path:
    """Return a file of a folder beside the checkout."""
    path = folder.joinpath(*parts)
    if not folder.exists():
        pytest.skip("the folder of reference data is not beside the checkout")
    if not path.exists():
        pytest.fail(f"{path.relative_to(folder.parents[1])} is not beside the checkout")
    return path
