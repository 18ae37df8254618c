"""How an answer about vulnerabilities is taken; `.ci/run` itself asks, and writes the list."""

import json

import pytest

from tools.sbom import judged

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
