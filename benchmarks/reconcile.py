"""How long and how much memory the reconciliation of large files takes.

    python benchmarks/reconcile.py [PLACEMENTS] [MEGABYTES] [csv|xlsx]

Writes a file of placements and a Betyg XML of the wanted size in a temporary folder, then compares
them in a process of its own, so that only its own time and memory are counted. CPU seconds are
given beside wall-clock: other programs on the machine lengthen only the second. The students have
identifiers and no numbers; every hundredth grade has another date.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from provning.tables import Cell, csv_chunks, write_workbook

PLACEMENTS, MEGABYTES = 200_000, 100
FIRST = date(2026, 1, 12)
DAYS = 140
HEADINGS = ("Elev-id", "Kurskod", "Grupp", "Fr.o.m.", "T.o.m.", "Status", "Lärar-id", "Namn")
COURSES = ("MATMAT03b", "ENGENG06", "SVESVE02", "KEMKEM01", "FYSFYS01a")
BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<betyg xmlns="http://pingpong.se/schemas/grades/v1.1"'
    ' from="2026-01-01T00:00:00" tom="2026-06-30T23:59:00">\n'
)
GRADE = (
    "<kursbetyg><value>C</value><datum>{day}</datum><prövning>{trial}</prövning>"
    "<betygsgrupp>{{g-{group}}}</betygsgrupp><skola>{{s-1}}</skola>"
    '<beslutsfattare roll="LÄRARE"><person>{{t-{group}}}</person></beslutsfattare>'
    "<skolform>VUX</skolform><kurskod>{course}</kurskod><omdöme>false</omdöme></kursbetyg>\n"
)
CHILD = """
import resource, sys, time
from provning.cli.main import main
begun = time.perf_counter()
status = main(["reconcile", "--placements", sys.argv[1], "--grades", sys.argv[2],
               "--out", sys.argv[3], "--days", "400"])
used = resource.getrusage(resource.RUSAGE_SELF)
print(f"status {status}: {used.ru_utime + used.ru_stime:.1f} CPU s,"
      f" {time.perf_counter() - begun:.1f} s, {used.ru_maxrss / 1024:.0f} MB")
"""


def day(number: int) -> date:
    """Return the day of a person's examination."""
    return FIRST + timedelta(days=number % DAYS)


def identifier(number: int) -> str:
    """Return a student's identifier."""
    return f"{{{number:08x}-0000-4000-8000-{number:012x}}}"


def rows(count: int) -> Iterator[tuple[Cell, ...]]:
    """Give the placements."""
    for number in range(count):
        place = number % len(COURSES)
        name = f"PRÖ:KC26VT{COURSES[place][3:].upper()}"
        yield (
            identifier(number), COURSES[place], name, day(number), day(number), "Prövning",
            f"{{t-{place}}}", f"Efternamn {number}, Förnamn",
        )  # fmt: skip


def write_grades(path: Path, count: int, size: int) -> int:
    """Write each person's grade of the prövning and ordinary ones until the file is large."""
    written = 0
    share = size // count
    with path.open("w", encoding="utf-8") as file:
        file.write(BEGIN)
        for number in range(count):
            place = number % len(COURSES)
            grades = [(day(number) + timedelta(days=number % 100 == 0), "true", place)]
            length = 0
            file.write(f'<elev id="{identifier(number)}">\n')
            while grades or length < share:
                when, trial, course = grades.pop() if grades else (FIRST, "false", (place + 1) % 5)
                text = GRADE.format(day=when, trial=trial, group=course, course=COURSES[course])
                file.write(text)
                length += len(text)
                written += 1
            file.write("</elev>\n")
        file.write("</betyg>\n")
    return written


def main() -> None:
    """Write the files, compare them and print what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PLACEMENTS
    size = int(sys.argv[2]) if len(sys.argv) > 2 else MEGABYTES  # noqa: PLR2004 - second argument
    form = sys.argv[3] if len(sys.argv) > 3 else "csv"  # noqa: PLR2004 - third argument
    with tempfile.TemporaryDirectory() as folder:
        placements = Path(folder, f"placements.{form}")
        with placements.open("wb") as file:
            if form == "xlsx":
                write_workbook(file, "Placeringar", HEADINGS, rows(count))
            else:
                file.writelines(csv_chunks(HEADINGS, rows(count)))
        grades = Path(folder, "betyg.xml")
        begun = time.perf_counter()
        written = write_grades(grades, count, size * 1_000_000)
        megabytes = grades.stat().st_size / 1_000_000
        print(f"{count} placements, {written} grades, {megabytes:.0f} MB XML", end=" ")
        print(f"(written in {time.perf_counter() - begun:.0f} s)")
        command = [sys.executable, "-c", CHILD, str(placements), str(grades), f"{folder}/out.json"]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")
    print(f"writing them took {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
