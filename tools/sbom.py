"""What the program consists of (CycloneDX), and what is known to be wrong with any of it.

`./prov sbom FILE` writes the list from the lock and asks a service about known vulnerabilities.
Known ones are a failure. A service that cannot be asked, or knows nothing of what the lock holds,
is told and is no failure: it says nothing about the program.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

from tools.python_source import ROOT

LOCK = ROOT / "requirements.txt"
SECONDS = 20
VULNERABLE, WELL = 1, 0


def main() -> int:
    """Write the list and audit the lock; 1 when something is known to be vulnerable."""
    parser = argparse.ArgumentParser(description="Write an SBOM and look for vulnerabilities.")
    parser.add_argument("file", type=Path, help="where the SBOM is written (CycloneDX JSON)")
    file = parser.parse_args().file
    write_sbom(file)
    listed = {each["name"] for each in json.loads(file.read_text("utf-8"))["components"]}
    print(f"{file}: {len(listed)} components")
    if listed != pinned():
        print(f"The list is not what the lock pins: {sorted(listed ^ pinned())}", file=sys.stderr)
        return 1
    status, told = judged(audit())
    print(told)
    return status


def write_sbom(file: Path) -> None:
    """Write what the lock pins, the same bytes for the same lock."""
    program = Path(sys.executable).with_name("cyclonedx-py")
    words = ["requirements", "--of", "JSON", "--output-reproducible"]
    subprocess.run(
        [program, *words, "--pyproject", ROOT / "pyproject.toml", "-o", file, LOCK],
        check=True,
        capture_output=True,
    )


def pinned() -> set[str]:
    """Return the names of what the lock pins."""
    return set(re.findall(r"^([\w.-]+)==", LOCK.read_text("utf-8"), re.MULTILINE))


def audit() -> str:
    """Ask about everything that the lock pins; returns the answer as JSON, "" for none."""
    program = Path(sys.executable).with_name("pip-audit")
    words = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "-f", "json"]
    run = subprocess.run(
        [program, *words, "--timeout", str(SECONDS), "-r", LOCK],
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout


def judged(answer: str) -> tuple[int, str]:
    """Return the exit status and the words for an answer."""
    try:
        packages = json.loads(answer)["dependencies"]
    except ValueError:
        return WELL, "NOT AUDITED: the service of vulnerabilities could not be asked."
    bad = [
        f"  {each['name']} {each['version']}: {', '.join(found['id'] for found in each['vulns'])}"
        for each in packages
        if each.get("vulns")
    ]
    if bad:
        return VULNERABLE, "\n".join(["Known to be vulnerable:", *bad])
    unknown = [each["name"] for each in packages if "skip_reason" in each]
    if len(unknown) == len(packages):
        return WELL, f"NOT AUDITED: the service knows none of the {len(packages)} packages."
    left = f" NOT AUDITED: {', '.join(unknown)}." if unknown else ""
    return WELL, f"{len(packages) - len(unknown)} packages without known vulnerabilities.{left}"


if __name__ == "__main__":
    sys.exit(main())
