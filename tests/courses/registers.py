"""Small registers as folders of files, and courses as the rules meet them."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from uuid import uuid4

from provning.courses.actions import RegisterLoad, load_register
from provning.courses.kinds import Curriculum, Kind
from provning.courses.register_files import COURSE_FILES, PAIR_FILE, PAIR_SIDES
from provning.courses.register_rows import COURSE_COLUMNS
from provning.courses.rows import CourseRow
from provning.kernel.actors import system_actor
from provning.kernel.grade_scales import ScaleFamily

TODAY = date(2026, 11, 24)
ACTOR = system_actor("Kursregistret", "register")

Row = dict[str, str]

MATHS = {
    "code": "MATMAT03b",
    "name": "Matematik 3b",
    "name_en": "Mathematics 3b",
    "points": "100",
    "subject_code": "MAT",
    "subject_name": "Matematik",
    "curriculum": "gy11",
    "kind": "course",
    "level": "",
    "scale_family": "gy",
    "in_adult_education": "1",
    "valid_from": "",
    "valid_to": "2030-06-30",
    "is_historic": "0",
}
CARE = {
    **MATHS,
    "code": "VÅRVÅR01",
    "name": "Vård- och omsorgsarbete 1",
    "name_en": "",
    "points": "200",
    "subject_code": "VÅR",
    "subject_name": "Vård och omsorg",
}
LEVEL = {
    **MATHS,
    "code": "MATO1B00X",
    "name": "Matematik – fortsättning nivå 1b",
    "subject_code": "MATO",
    "subject_name": "Matematik – fortsättning",
    "curriculum": "gy25",
    "kind": "level",
    "level": "1b",
    "valid_from": "2025-07-01",
    "valid_to": "",
}
PAIR = ("MATMAT03b", "MATO1B00X")


def write_register(
    folder: Path, rows: Iterable[Row], pairs: Iterable[tuple[str, str]] = ()
) -> Path:
    """Write a folder of register files with all courses in the first one; return the folder."""
    folder.mkdir(exist_ok=True)
    for name in COURSE_FILES:
        write_rows(folder / name, COURSE_COLUMNS, rows if name == COURSE_FILES[0] else ())
    columns = tuple(PAIR_SIDES)
    write_rows(
        folder / PAIR_FILE, columns, [dict(zip(columns, pair, strict=True)) for pair in pairs]
    )
    return folder


def write_rows(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    """Write one file with a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns))
        writer.writeheader()
        writer.writerows(rows)


def load(folder: Path | None, today: date = TODAY) -> RegisterLoad:
    """Load a folder as a program does."""
    return load_register(actor=ACTOR, today=today, directory=folder)


def course(
    code: str = "MATMAT03b",
    *,
    curriculum: Curriculum = Curriculum.GY11,
    kind: Kind = Kind.COURSE,
    scale_family: ScaleFamily = ScaleFamily.UPPER_SECONDARY,
    valid_from: date | None = None,
    valid_to: date | None = None,
    is_historic: bool = False,
    in_adult_education: bool = True,
) -> CourseRow:
    """Return a course that may be examined, but for what the test says of it."""
    return CourseRow(
        id=uuid4(),
        code=code,
        name="Kursen",
        subject_code=code[:3],
        subject_name="Ämnet",
        points=100,
        curriculum=curriculum,
        kind=kind,
        level="",
        scale_family=scale_family,
        valid_from=valid_from,
        valid_to=valid_to,
        is_historic=is_historic,
        in_adult_education=in_adult_education,
    )
