"""Every file of the project: short enough to read, and of no particular machine."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.python_source import ROOT

LONGEST = 400
BUILT = {".git", ".hypothesis", ".venv", "var", "dist", "node_modules", "__pycache__"}
TEXT = {
    "", ".cfg", ".css", ".csv", ".html", ".ini", ".java", ".js", ".json", ".md", ".po", ".py",
    ".sh", ".sql", ".svg", ".toml", ".txt", ".typ", ".xml", ".yaml", ".yml",
}  # fmt: skip
# Letters in brackets keep this file from finding itself.
FORBIDDEN = {
    "a folder of one machine": r"(?<![\w.])/(wor[k]|far[m]|roo[t]|hom[e]|Use[r]s)/",
    "an address of a package registry": r"pyp[i]\.org|pythonhoste[d]|npmj[s]\.|regist[r]y\.npm",
    "work put off": r"\b(TO[D]O|FIX[M]E)\b",
}


def files() -> Iterator[Path]:
    """Give every file of the project that is not built from others."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden_cache = any(part in BUILT or part.endswith("_cache") for part in parts)
        if path.is_file() and not hidden_cache and path.name != "uv.lock":
            yield path


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files()
        if path.suffix in TEXT
        for match in pattern.finditer(path.read_text("utf-8"))
    ]
    assert found == []


def test_no_module_is_longer_than_can_be_read_in_one_go() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in files_of_code()}
    assert [path for path, length in lengths.items() if length > LONGEST] == []


def files_of_code() -> list[Path]:
    """Return every Python file; migrations are written by a program."""
    return [path for path in files() if path.suffix == ".py" and "migrations" not in path.parts]
