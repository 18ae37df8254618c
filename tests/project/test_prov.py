"""The one script of the project says in one line what it needs when that is not there."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tools.python_source import ROOT

NEEDED = ("sh", "dirname", "cat", "cksum", "env", "rm")
NO_PYTHON = (
    "Python 3.11 or later is needed: install it, or name one with PYTHON=/path/to/python3. / "
    "Python 3.11 eller senare behövs: installera det eller ange ett med PYTHON=/sökväg/python3.\n"
)
NO_VENV = (
    "Python's venv module is missing: install it (on Debian: apt install python3-venv). / "
    "Pythons modul venv saknas: installera den (i Debian: apt install python3-venv).\n"
)
TOO_OLD = "#!/bin/sh\nexit 1\n"
WITHOUT_VENV = f'#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"\n'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return a checkout on a machine that has a shell and no Python."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in NEEDED:
        (tools / name).symlink_to(shutil.which(name) or name)
    shutil.copy(ROOT / "prov", tmp_path / "prov")
    return tmp_path


def install(machine: Path, python: str) -> None:
    """Put a Python of this text on the machine."""
    path = machine / "bin" / "python3"
    path.write_text(python, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def demo(machine: Path) -> subprocess.CompletedProcess[str]:
    """Run `./prov demo` there."""
    kept = {key: value for key, value in os.environ.items() if key == "LANG"}
    return subprocess.run(
        [machine / "prov", "demo"],
        env={**kept, "PATH": str(machine / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("python", "said"),
    [("", NO_PYTHON), (TOO_OLD, NO_PYTHON), (WITHOUT_VENV, NO_VENV)],
    ids=["none", "too old", "without venv"],
)
def test_what_is_missing_is_said_in_one_line(machine: Path, python: str, said: str) -> None:
    if python:
        install(machine, python)
    run = demo(machine)
    assert (run.returncode, run.stdout, run.stderr) == (1, "", said)
