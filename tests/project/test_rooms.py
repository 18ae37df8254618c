"""Every room has the same plan, and imports go downwards only."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.python_source import PACKAGE, ROOT

ROOMS = (
    "accounts", "clients", "organisation", "courses", "people", "access", "exams", "applications",
    "grading", "catalogues", "extracts",
    "publishing", "reporting", "archive", "feeds", "imports", "comparisons", "privacy",
    "operations",
)  # fmt: skip
PLAN = ("apps", "models", "rules", "queries", "actions", "policies", "events")
# Why a room lacks a part of the plan.
WITHOUT = {
    ("access", "events"): "reading is logged apart from the trail",
    (
        "courses",
        "policies",
    ): "everybody reads the register, and only an operator's command loads it",
    ("operations", "rules"): "nothing in it is decided; what it finds wrong is a finding",
    ("operations", "policies"): "whoever may run commands on the machine holds its files anyway",
}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_the_parts_every_room_has(room: str) -> None:
    missing = {(room, part) for part in PLAN if not exists(PACKAGE / room / part)}
    assert missing == {each for each in WITHOUT if each[0] == room}


def test_there_is_no_other_room() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == {
        *ROOMS, "kernel", "audit", "betygxml", "outbound", "reconciliation", "signing", "tables",
        "api", "web", "cli", "config",
    }  # fmt: skip


def test_imports_go_downwards_only() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [program, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def exists(part: Path) -> bool:
    """Say whether a part is there as a module or as a folder of modules."""
    return part.with_suffix(".py").exists() or (part / "__init__.py").exists()
