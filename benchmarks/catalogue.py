"""How fast a betygskatalog is printed and how much memory that takes: 60 pages, by turns.

    python benchmarks/catalogue.py [TIMES]

The figures move with the machine and its load; the ratio between the two shapes, taken in the same
run, is the part to trust. Names are invented and numbers are no person's: 1890 and letters.
"""

import resource
import statistics
import sys
import time
from datetime import date
from io import BytesIO

from pypdf import PdfReader

from provning.catalogues.content import CatalogueContent, Row, Sheet, Signer, SignerRole
from provning.catalogues.rendering import render_catalogue

ROWS = 1190
LAST_NAMES = ("Danckwardt-Lillieström", "Öberg", "Nguyễn", "Reinholdsson-Rosengren", "Åkesson")
FIRST_NAMES = ("Christopher-Robin", "Åsa", "Łukasz", "Marie-Charlotte")
EXAM = date(2026, 5, 12)


def catalogue(sheets: int) -> CatalogueContent:
    """Return a catalogue with as many sheets, all of them together with the same rows."""
    share = ROWS // sheets
    return CatalogueContent(
        document_id="BK-KC-26VT-0001",
        version=1,
        preliminary=False,
        protected=False,
        organiser="Sjöstads kommun",
        municipality="Sjöstad",
        municipality_code="0199",
        unit_name="Komvux Centrum",
        provider_name="Sjöstads vuxenutbildning",
        unit_code="12345678",
        term_label="VT 2026",
        school_form="Kommunal vuxenutbildning",
        issued_on=date(2026, 7, 1),
        sheets=tuple(sheet(number, share) for number in range(sheets)),
    )


def sheet(number: int, count: int) -> Sheet:
    """Return one teacher's sheet."""
    return Sheet(
        group_name=f"PRÖ:KC26VTMAT03B{number + 1}",
        course_name="Matematik 3b",
        course_code="MATMAT03b",
        points=100,
        level="gymnasial nivå",
        levels="",
        scale_label="A–F",
        decider=Signer("", "Karin Wallgren", SignerRole.TEACHER),
        co_signers=(),
        rows=tuple(row(place) for place in range(1, count + 1)),
    )


def row(number: int) -> Row:
    """Return one decision."""
    last = LAST_NAMES[number % len(LAST_NAMES)]
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    return Row(number, "", f"1890XXXX-{number:04d}", last, first, "ABCDEF"[number % 6], EXAM)


def measure(contents: dict[str, CatalogueContent], times: int) -> dict[str, list[float]]:
    """Return the seconds of each printing, the shapes by turns so that load hits them alike."""
    seconds: dict[str, list[float]] = {name: [] for name in contents}
    for _ in range(times):
        for name, content in contents.items():
            begun = time.perf_counter()
            render_catalogue(content)
            seconds[name].append(time.perf_counter() - begun)
    return seconds


def main() -> None:
    """Print medians, pages per second, the ratio and the peak memory of the printing process."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    contents = {"one sheet": catalogue(1), "sixty sheets": catalogue(60)}
    pages = {name: page_count(content) for name, content in contents.items()}
    medians = {}
    for name, seconds in measure(contents, times).items():
        medians[name] = statistics.median(seconds)
        speed = pages[name] / medians[name]
        print(f"{name}: {pages[name]} pages, {medians[name]:.2f} s, {speed:.0f} pages/s")
    one, sixty = medians.values()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"sixty sheets take {sixty / one:.2f} times as long; peak memory {peak:.0f} MiB")


def page_count(content: CatalogueContent) -> int:
    """Return the number of pages."""
    return len(PdfReader(BytesIO(render_catalogue(content))).pages)


if __name__ == "__main__":
    main()
