"""The pinned dependencies: hashes, no addresses, each direct one with its reason."""

import re
import tomllib

import pytest

from tests.project.tables import rows_of
from tools.python_source import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
DEVELOPMENT = PROJECT["dependency-groups"]["dev"]


def name_of(requirement: str) -> str:
    """Return the name in the one form that is compared."""
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-")


def pins(lock: str) -> dict[str, str]:
    """Return the version of every pinned package."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    matches = [re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==([^ ;\\]+)", line) for line in lines]
    return {match[1].lower(): match[2] for match in matches if match}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert re.findall(r"\S*https?:\S*|\S*://\S*|--(?:extra-)?index\S*|--find\S*", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=\w)", (ROOT / lock).read_text("utf-8").strip())
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_what_the_project_asks_for_is_pinned() -> None:
    assert {name_of(each) for each in RUNTIME} - set(pins(LOCKS[0])) == set()
    assert {name_of(each) for each in RUNTIME + DEVELOPMENT} - set(pins(LOCKS[1])) == set()


def test_both_sets_hold_the_same_versions() -> None:
    runtime, development = pins(LOCKS[0]), pins(LOCKS[1])
    assert {name: development.get(name) for name in runtime} == runtime


def test_every_direct_dependency_has_its_reason() -> None:
    table = rows_of("docs/dependencies.md", "package")
    described = {row["package"].strip("`"): row for row in table}
    assert set(described) == {name_of(each) for each in RUNTIME + DEVELOPMENT}
    assert [name for name, row in described.items() if not all(row.values())] == []
