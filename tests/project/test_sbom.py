"""The list of what the program consists of, and how an answer about vulnerabilities is taken."""

import json
import re
from pathlib import Path

import pytest

from tools.sbom import LOCK, judged, write_sbom

GOOD: dict[str, object] = {"name": "a", "version": "1", "vulns": []}
SKIPPED: dict[str, object] = {"name": "b", "skip_reason": "not found"}
BAD: dict[str, object] = {"name": "c", "version": "2", "vulns": [{"id": "CVE-1"}, {"id": "CVE-2"}]}


@pytest.mark.parametrize(
    ("packages", "expected"),
    [
        ([GOOD], (0, "1 packages without known vulnerabilities.")),
        ([GOOD, SKIPPED], (0, "1 packages without known vulnerabilities. NOT AUDITED: b.")),
        ([SKIPPED], (0, "NOT AUDITED: the service knows none of the 1 packages.")),
        ([GOOD, SKIPPED, BAD], (1, "Known to be vulnerable:\n  c 2: CVE-1, CVE-2")),
    ],
)
def test_an_answer_is_judged(packages: list[object], expected: tuple[int, str]) -> None:
    assert judged(json.dumps({"dependencies": packages, "fixes": []})) == expected


def test_no_answer_is_told() -> None:
    assert judged("") == (0, "NOT AUDITED: the service of vulnerabilities could not be asked.")


def test_the_list_holds_what_the_lock_pins(tmp_path: Path) -> None:
    write_sbom(tmp_path / "sbom.json")
    sbom = json.loads((tmp_path / "sbom.json").read_text("utf-8"))
    pinned = re.findall(r"^([\w.-]+)==([^ ]+)", LOCK.read_text("utf-8"), re.MULTILINE)
    assert sbom["bomFormat"] == "CycloneDX"
    assert {(each["name"], each["version"]) for each in sbom["components"]} == set(pinned)
    assert sbom["metadata"]["component"]["name"] == "provning"
