"""`./prov administrator`: a password typed in a terminal is typed twice, one from a program once.

That the command makes an account to sign in to stands in `tests/web/routine/test_first_day.py`.
"""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from provning.cli.administrator import ask_password
from tests.cli.running import LONGEST, environment

pytestmark = pytest.mark.once("no database is asked")
ASK_TWICE_OVER = """
from provning.cli.administrator import CannotRunError, ask_password
try:
    ask_password()
except CannotRunError as error:
    print(error)
print(ask_password())
"""
ASKED = b": "
SLIP, MEANT = "ett långt lösennord", "ett långt lösenord"


def test_a_terminal_asks_twice_and_takes_no_two_that_differ(tmp_path: Path) -> None:
    keyboard, terminal = os.openpty()
    asks = subprocess.Popen(
        [sys.executable, "-c", ASK_TWICE_OVER],
        env=environment(tmp_path) | {"PYTHONIOENCODING": "utf-8"},
        stdin=terminal,
        stderr=terminal,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        # No terminal but this one is found, whoever runs the tests.
        start_new_session=True,
    )
    os.close(terminal)
    shown = b""
    for typed in (SLIP, MEANT, MEANT, MEANT):
        asked = b""
        while not asked.endswith(ASKED):
            asked += os.read(keyboard, 1)
        shown += asked
        os.write(keyboard, f"{typed}\n".encode())
    told, _nothing = asks.communicate(timeout=LONGEST)
    os.close(keyboard)
    differ = "Lösenorden är inte lika, så inget konto skapades. Kör kommandot igen."
    assert (asks.returncode, told) == (0, f"{differ}\n{MEANT}\n")
    prompts = shown.decode().split("\r\n")
    assert prompts == ["Lösenord: ", "Samma lösenord igen: "] * 2


def test_a_program_writes_the_password_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{MEANT}\nannat\n"))
    assert ask_password() == MEANT
