"""What tests of the boundary start from."""

from pathlib import Path

import pytest
from django.conf import settings as project_settings


@pytest.fixture(scope="session", autouse=True)
def _static_root() -> None:
    """Let the folder for collected files exist: its absence is a warning, and warnings fail."""
    Path(project_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
