"""What an electronic signature costs on a betygskatalog of 60 pages: seconds and bytes.

    python benchmarks/signing.py [TIMES]

By turns, so that load hits all alike. Verification of a file with later signatures or a seal reads
every object of every revision: that is the part that grows with the document.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from provning.catalogues.rendering import render_catalogue
from provning.signing.local import LocalSigner
from provning.signing.ports import Level, SigningPerson

sys.path.insert(0, str(Path(__file__).parent.parent))
from benchmarks.catalogue import catalogue, page_count

AT = datetime(2026, 12, 21, 9, 30, tzinfo=UTC)
KARIN = SigningPerson("5f0e", "Karin Wallgren", "Komvux Centrum")
PER = SigningPerson("77aa", "Per-Olof Nyqvist", "Komvux Centrum")
REASON = "Betygskatalog BK-KC-26VT-0001"
LEVELS = (Level.B_B, Level.B_T, Level.B_LTA)


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measure(folder: Path, pdf: bytes, times: int) -> None:
    """Print sign time, verify time and added bytes for each level."""
    signing: dict[Level, list[float]] = {level: [] for level in LEVELS}
    verifying: dict[Level, list[float]] = {level: [] for level in LEVELS}
    added = dict.fromkeys(LEVELS, 0)
    for _ in range(times):
        for level in LEVELS:
            signer = LocalSigner(folder, level)
            begun = time.perf_counter()
            signed = signer.sign(pdf, KARIN, REASON, AT)
            signing[level].append(time.perf_counter() - begun)
            added[level] = len(signed) - len(pdf)
            verifying[level].append(seconds(lambda: signer.verify(signed, AT)))  # noqa: B023 # Called at once.
    for level in LEVELS:
        sign, verify = map(statistics.median, (signing[level], verifying[level]))
        print(f"{level}: signed in {sign:.2f} s, {added[level]} bytes, verified in {verify:.2f} s")


def measure_two_signers(folder: Path, pdf: bytes) -> None:
    """Print the whole life of a document that two sign before it is sealed."""
    signer = LocalSigner(folder)
    begun = time.perf_counter()
    document = signer.seal(signer.sign(signer.sign(pdf, KARIN, REASON, AT), PER, REASON, AT), AT)
    took = time.perf_counter() - begun
    verify = seconds(lambda: signer.verify(document, AT))
    print(
        f"two signers and a seal: {took:.2f} s, {len(document) - len(pdf)} bytes,"
        f" verified in {verify:.2f} s"
    )


def main() -> None:
    """Make the catalogue and an authority, then measure."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    content = catalogue(60)
    pdf = render_catalogue(content)
    print(f"{page_count(content)} pages, {len(pdf)} bytes")
    with TemporaryDirectory() as folder:
        LocalSigner(Path(folder)).seal(pdf, AT)
        measure(Path(folder), pdf, times)
        measure_two_signers(Path(folder), pdf)


if __name__ == "__main__":
    main()
