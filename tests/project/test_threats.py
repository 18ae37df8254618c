"""The threat model of SECURITY.md: every row has its answer and a test that is there."""

import ast
import re
from pathlib import Path

from tools.python_source import ROOT

ROW = re.compile(r"\| (T\d\d) \| (\w+) \| (.+?) \| (.+?) \| (.+?) \| `(.+?)::(\w+)` \|")
STRIDE = {"spoofing", "tampering", "repudiation", "disclosure", "denial", "elevation"}


def rows() -> list[tuple[str, ...]]:
    """Return the rows of the table, as its cells."""
    lines = (ROOT / "SECURITY.md").read_text("utf-8").splitlines()
    found = [ROW.fullmatch(line) for line in lines if line.startswith("| T")]
    assert None not in found
    return [each.groups() for each in found if each]


def names_in(path: Path) -> set[str]:
    """Return the names of a file's tests."""
    tree = ast.parse(path.read_text("utf-8"))
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}


def test_the_rows_are_numbered_and_none_is_missing() -> None:
    numbers = [each[0] for each in rows()]
    assert numbers == [f"T{place:02d}" for place in range(1, len(numbers) + 1)]
    assert {each[1] for each in rows()} == STRIDE


def test_every_row_names_a_test_that_exists() -> None:
    files = {each[5]: ROOT / each[5] for each in rows()}
    assert [name for name, path in files.items() if not path.is_file()] == []
    known = {name: names_in(path) for name, path in files.items()}
    assert [each[0] for each in rows() if each[6] not in known[each[5]]] == []
