"""Tools of the machine that some tests need: asked for locally, demanded where CI=true."""

import os

import pytest


def required(present: object, missing: str) -> None:
    """Skip the test when a tool is missing, or fail it where everything has to run."""
    if present:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)
