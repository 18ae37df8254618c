"""What a program of ours has loaded when it has started: all it must know, and little else."""

import json
import subprocess
import sys

from tests.cli.running import environment
from tools.python_source import ROOT, events

HEAVY = ["fido2", "lxml", "openpyxl", "pyhanko", "typst", "xlsxwriter"]
CODE = f"""
import django, json, sys
django.setup()
from provning.audit.registry import event_names
known = [each.sentence for each in event_names()]
print(json.dumps([known, [name for name in {HEAVY} if name in sys.modules]]))
"""


def test_a_start_knows_every_event_and_loads_nothing_that_takes_long() -> None:
    run = subprocess.run(
        [sys.executable, "-c", CODE],
        env=environment(ROOT / "var"),
        capture_output=True,
        text=True,
        check=True,
    )
    known, heavy = json.loads(run.stdout)
    assert heavy == []
    assert sorted(known) == sorted(each.text for each in events())
