"""The handbook's commands are run, one after another, as they stand there."""

import io
import re
import shlex
from pathlib import Path

import pytest

from provning.accounts.models import RoleAssignment
from provning.cli.main import main
from tests.builders import load_courses
from tests.operations.world import build_installation
from tests.support.kept import kept
from tools.python_source import ROOT

HANDBOOK = ROOT / "docs" / "handbok"
OF_THE_MACHINE = {"cd", "runuser", "docker"}
"""What sets up a server, a database and containers; the program has no part in it."""
BLOCK = re.compile(r"^ *```sh\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def chapters() -> list[Path]:
    """Return the first page and the chapters, in the order it lists them."""
    first = HANDBOOK / "README.md"
    names = re.findall(r"^\d\. \[.*?\]\((.*?)\)", first.read_text("utf-8"), re.MULTILINE)
    return [first, *(HANDBOOK / name for name in names)]


def commands() -> list[list[str]]:
    """Return the words of each command in the handbook's blocks."""
    blocks = [block for path in chapters() for block in BLOCK.findall(path.read_text("utf-8"))]
    lines = [line.strip() for block in blocks for line in block.splitlines() if line.strip()]
    return [shlex.split(line) for line in lines]


def build() -> None:
    """Store an installation that has loaded a course register of its own."""
    load_courses("MATMAT03b")
    build_installation()


installation = kept(build)


def test_every_chapter_is_listed() -> None:
    assert sorted(chapters()) == sorted(HANDBOOK.glob("*.md"))
    assert len(commands()) > 15


@pytest.mark.usefixtures("installation")
def test_every_command_does_what_it_should(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PROVNING_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PROVNING_SECRET_KEY", "k" * 60)
    failed = []
    for program, *words in commands():
        if program in OF_THE_MACHINE:
            continue
        assert program == "./prov"
        monkeypatch.setattr("sys.stdin", io.StringIO("ett långt lösenord för prov 2026\n"))
        status = main(words)
        # The doctor has its reasons here: nobody takes the jobs.
        if status and words != ["doctor"]:
            failed.append((words, status, capsys.readouterr().err))
    assert failed == []
    # The last restore is of a backup from after the accounts were made.
    held = RoleAssignment.objects.filter(role="system_administrator", user__username="anna.berg")
    assert held.count() == 1
