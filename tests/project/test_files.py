"""Every file of the project: short enough to read, and of no particular machine."""

import os
import re
from functools import cache
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


@cache
def files() -> tuple[Path, ...]:
    """Return every file of the project that is not built from others, in order."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if not _is_built(name)]
        found += [Path(folder) / name for name in names if not _is_built(name)]
    return tuple(sorted(path for path in found if path.is_file() and path.name != "uv.lock"))


@cache
def texts() -> dict[Path, str]:
    """Return what stands in the files that hold text."""
    return {path: path.read_text("utf-8") for path in files() if path.suffix in TEXT}


def _is_built(name: str) -> bool:
    return name in BUILT or name.endswith("_cache")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path, text in texts().items()
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_no_module_is_longer_than_can_be_read_in_one_go() -> None:
    lengths = {path: len(texts()[path].splitlines()) for path in files_of_code()}
    assert [path for path, length in lengths.items() if length > LONGEST] == []


def files_of_code() -> list[Path]:
    """Return every Python file; migrations are written by a program."""
    return [path for path in files() if path.suffix == ".py" and "migrations" not in path.parts]
