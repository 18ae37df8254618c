"""How many one-page extracts are printed a second, by one process and by two.

    python benchmarks/extracts.py [COUNT]

The figures move with the machine and its load; run it when little else runs. The processor's time
for each document moves less. Names are invented and numbers are no person's: 1890 and letters.
"""

import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from provning.catalogues.content import Mark
from provning.extracts.content import ExtractContent, Line, Section
from provning.extracts.printing import extract_press, print_extract

COUNT = 10_000
COURSES = (
    ("Matematik 1b", "MATMAT01b"), ("Matematik 2b", "MATMAT02b"), ("Matematik 3c", "MATMAT03c"),
    ("Engelska 5", "ENGENG05"), ("Engelska 6", "ENGENG06"), ("Svenska 2", "SVESVE02"),
    ("Svenska 3", "SVESVE03"), ("Historia 1b", "HISHIS01b"), ("Kemi 1", "KEMKEM01"),
    ("Biologi 1", "BIOBIO01"), ("Religionskunskap 1", "RELREL01"), ("Naturkunskap 2", "NAKNAK02"),
    ("Fysik 1a", "FYSFYS01a"),
)  # fmt: skip
FIRST_NAMES = ("Åsa", "Erik", "Łucja", "Maria-Therése", "Nils Olof", "Zeynep", "Anna")
FIRST_DAY = date(2025, 1, 13)


def line(number: int, place: int) -> Line:
    """Return the grade at a place of an extract."""
    name, code = COURSES[(number * 5 + place) % len(COURSES)]
    value, day = "ABCDEF"[(number + place) % 6], timedelta(days=(number * 7 + place * 90) % 450)
    return Line("", name, "", code, "", 100, value, FIRST_DAY + day, "A–F", (Mark.TRIAL,), ())


def sample(number: int) -> ExtractContent:
    """Return an extract of three grades, which takes one page; no other has its person or number.

    Courses, grades and days are as mixed as a year's: what is common to documents is common here.
    """
    lines = tuple(line(number, place) for place in range(3))
    return ExtractContent(
        document_id=f"UT26-{number:05d}-XXXXX",
        copy_of="",
        copied_on=None,
        replaces="",
        english=False,
        organiser="Sjöstads kommun",
        municipality="Sjöstad",
        municipality_code="0199",
        unit_name="Komvux Centrum",
        provider_name="Sjöstads vuxenutbildning",
        unit_code="12345678",
        principal_name="Anders Hellqvist",
        school_form="Kommunal vuxenutbildning",
        issued_on=date(2026, 7, 1),
        identity_number=f"1890XXXX-{number:05d}",
        last_name=f"Öberg-{number}",
        first_name=FIRST_NAMES[number % 7],
        sections=(Section("gymnasial nivå", by_level=False, lines=lines),),
    )


def print_some(numbers: range) -> int:
    """Print an extract for each number in one process; return their bytes together."""
    size = 0
    with extract_press() as press:
        for number in numbers:
            size += len(print_extract(press, sample(number)))
    return size


def measure(count: int, processes: int) -> None:
    """Print how fast it went; the processes share the work evenly."""
    shares = [range(place, count, processes) for place in range(processes)]
    begun, used = time.perf_counter(), _busy()
    with ThreadPoolExecutor(processes) as pool:
        size = sum(pool.map(print_some, shares))
    seconds, busy = time.perf_counter() - begun, _busy() - used
    each = size / count / 1000
    print(
        f"{processes} process(es): {count / seconds:.0f} per second, {each:.0f} kB each,"
        f" {busy / count * 1000:.1f} ms of processor each",
        flush=True,
    )


def _busy() -> float:
    """Return the processor's seconds of this process and of the printing ones that have ended."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, both))


def main() -> None:
    """Measure one process and two, and the largest process's memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    for processes in (1, 2):
        measure(count, processes)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of a printing process {peak:.0f} MiB")


if __name__ == "__main__":
    main()
