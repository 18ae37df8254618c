"""What another program, poppler, says of a PDF's signatures."""

import shutil
import subprocess
from pathlib import Path

from tests.support.require import required

UNKNOWN = "Signature has not yet been verified."
"""Poppler's word of a document timestamp, which it does not know."""


def verdicts(path: Path) -> list[str]:
    """Return its verdict of each signature, in order, without the timestamps; or skip."""
    program = shutil.which("pdfsig")
    required(program, "pdfsig is missing: install poppler-utils")
    run = subprocess.run(
        [str(program), "-nocert", str(path)], capture_output=True, text=True, check=False
    )
    lines = (line.partition(": ") for line in run.stdout.splitlines())
    said = [verdict for what, _, verdict in lines if "Signature Validation" in what]
    return [each for each in said if each != UNKNOWN]
