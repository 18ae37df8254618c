"""E-ARK's own validator of archive packages, asked in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

CHILD = Path(__file__).with_name("eark_child.py")
Answer = tuple[str, list[str], bool, list[str]]
WHOLE: Answer = ("Well Formed", [], True, [])


def validated(folder: Path) -> Answer:
    """Return the structure's status and errors, whether METS is valid, and every wrong file."""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", str(CHILD), str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    status, errors, valid, issues = json.loads(run.stdout)
    return status, errors, valid, issues
