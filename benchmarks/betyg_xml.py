"""How fast Betyg XML is written, validated and read, and in how much memory.

    python benchmarks/betyg_xml.py [GRADES] [SCHEMA]

Writes GRADES (500,000) on courses; with the publisher's schema (betyg.xsd) every piece is also
validated as it comes. Then the same pieces are read back. Seconds are those of the processor.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from lxml import etree

from provning.betygxml.reading import read_grades
from provning.betygxml.rows import CourseGrade, DeciderRole, Deciders, Interval, StudentGrades
from provning.betygxml.writing import grade_pieces

EACH = 5
START = datetime(2026, 1, 1, tzinfo=UTC)


class Pieces:
    """A stream over pieces of bytes."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """Keep the pieces until they are asked for."""
        self.pieces = pieces

    def read(self, _size: int = -1) -> bytes:
        """Return the next piece, whatever its size."""
        return next(self.pieces, b"")


def students(grades: int) -> Iterator[StudentGrades]:
    """Give students with a handful of grades each."""
    for number in range(grades // EACH):
        rows = (grade(number * EACH + each) for each in range(EACH))
        yield StudentGrades(f"{{0a1b2c3d-0000-4000-8000-{number:012d}}}", tuple(rows))


def grade(number: int) -> CourseGrade:
    """Return one grade, like those of the program."""
    return CourseGrade(
        value="ABCDEF"[number % 6],
        date=date(2026, 1, 1) + timedelta(days=number % 180),
        trial=True,
        group=f"0a1b2c3d-1111-4000-8000-{number % 900:012d}",
        school="0a1b2c3d-2222-4000-8000-000000000001",
        deciders=Deciders(DeciderRole.TEACHER, ("0a1b2c3d-3333-4000-8000-000000000001",)),
        school_type="VUX",
        course_code="MATMAT03b",
        assessment=False,
    )


def pieces(grades: int) -> Iterator[bytes]:
    """Give the file."""
    return grade_pieces(Interval(START, START + timedelta(days=180)), students(grades))


def validated(grades: int, schema: Path) -> int:
    """Write and validate; return the number of bytes."""
    parser: Any = etree.XMLPullParser(
        events=("end",),
        tag="{http://pingpong.se/schemas/grades/v1.1}elev",
        schema=etree.XMLSchema(etree.parse(schema)),
    )
    size = 0
    for piece in pieces(grades):
        size += len(piece)
        parser.feed(piece)
        for _, element in parser.read_events():
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    parser.close()
    return size


def measured(what: str, size: int, start: float) -> None:
    """Say how long a step took and how much memory the process has used at most."""
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {size / 1e6:.0f} MB in {seconds:.1f} s, {size / 1e6 / seconds:.0f} MB/s,"
          f" {memory:.0f} MB memory")  # fmt: skip


def main() -> None:
    """Write, validate and read."""
    parser = argparse.ArgumentParser()
    parser.add_argument("grades", nargs="?", type=int, default=500_000)
    parser.add_argument("schema", nargs="?", type=Path)
    options = parser.parse_args()
    grades = options.grades
    start = time.process_time()
    size = sum(map(len, pieces(grades)))
    measured("written", size, start)
    if options.schema:
        start = time.process_time()
        measured("written and validated", validated(grades, options.schema), start)
    start = time.process_time()
    stream: Any = Pieces(pieces(grades))
    read = sum(len(each.grades) for each in read_grades(stream) if isinstance(each, StudentGrades))
    measured(f"written and read ({read} grades)", size, start)


main()
