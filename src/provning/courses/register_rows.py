"""One row of a course file: checked column by column, then read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from provning.courses import widths
from provning.courses.kinds import Curriculum, Kind
from provning.kernel.course_codes import course_key
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.problems import Problem
from provning.kernel.swedish import sort_key

SOURCE: Final = "Kursregistrets filformat"
CODE: Final = re.compile(r"[0-9A-Za-zÅÄÖåäö]+")
POINTS: Final = re.compile(r"[1-9][0-9]{0,3}")
FLAGS: Final = {"1": True, "0": False}

WIDTHS: Final = {
    "code": widths.CODE,
    "name": widths.NAME,
    "name_en": widths.NAME,
    "subject_code": widths.SUBJECT_CODE,
    "subject_name": widths.SUBJECT_NAME,
    "level": widths.LEVEL,
}
CHOICES: Final = {
    "curriculum": tuple(each.value for each in Curriculum),
    "kind": tuple(each.value for each in Kind),
    "scale_family": tuple(each.value for each in ScaleFamily),
    "in_adult_education": tuple(FLAGS),
    "is_historic": tuple(FLAGS),
}
DATES: Final = ("valid_from", "valid_to")
REQUIRED: Final = ("code", "name", "subject_code", "subject_name", *CHOICES)
COURSE_COLUMNS: Final = (
    "code",
    "name",
    "name_en",
    "points",
    "subject_code",
    "subject_name",
    "curriculum",
    "kind",
    "level",
    "scale_family",
    "in_adult_education",
    "valid_from",
    "valid_to",
    "is_historic",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its place (the header is row 1) and its values by column."""

    file: str
    row: int
    values: dict[str, str]

    def problem(self, code: str, column: str, message: str, /, **params: object) -> Problem:
        """Return a problem that says where in the file it is."""
        where = {"file": self.file, "row": self.row, "column": column}
        return Problem(code, column, message, SOURCE, {**where, **params})


@dataclass(frozen=True, slots=True)
class RegisterCourse:
    """What the files say of one course; the fields are those of `models.Course`."""

    code: str
    name: str
    name_en: str
    points: int | None
    subject_code: str
    subject_name: str
    curriculum: Curriculum
    kind: Kind
    level: str
    scale_family: ScaleFamily
    in_adult_education: bool
    valid_from: date | None
    valid_to: date | None
    is_historic: bool

    @property
    def key(self) -> str:
        """Return the form codes are compared in, which a course is known by between files."""
        return course_key(self.code)

    @property
    def sort_key(self) -> str:
        """Return the place among the courses: by name in Swedish order, then by code."""
        return sort_key(f"{self.name} {self.code}")


def course_line_problems(line: Line) -> list[Problem]:
    """Return every fault of a row, column by column."""
    return [
        *_missing(line),
        *_code_problems(line),
        *_too_long(line),
        *_choice_problems(line),
        *_points_problems(line),
        *_date_problems(line),
    ]


def read_course(line: Line) -> RegisterCourse:
    """Read a row that has no faults."""
    values = line.values
    return RegisterCourse(
        code=values["code"],
        name=values["name"],
        name_en=values["name_en"],
        points=int(values["points"]) if values["points"] else None,
        subject_code=values["subject_code"],
        subject_name=values["subject_name"],
        curriculum=Curriculum(values["curriculum"]),
        kind=Kind(values["kind"]),
        level=values["level"],
        scale_family=ScaleFamily(values["scale_family"]),
        in_adult_education=FLAGS[values["in_adult_education"]],
        valid_from=_day(values["valid_from"]),
        valid_to=_day(values["valid_to"]),
        is_historic=FLAGS[values["is_historic"]],
    )


def _missing(line: Line) -> Iterator[Problem]:
    """Ask for every value that a course cannot be without."""
    message = "{file}, rad {row}, kolumn {column}: värdet saknas. Fyll i det."
    for column in REQUIRED:
        if not line.values[column]:
            yield line.problem("register-value-missing", column, message)


def _code_problems(line: Line) -> Iterator[Problem]:
    """Refuse signs that no course code has."""
    code = line.values["code"]
    if code and not CODE.fullmatch(code):
        message = (
            "{file}, rad {row}, kolumn {column}: ”{value}” är ingen kurskod. Skriv bara bokstäver"
            " och siffror, utan mellanslag."
        )
        yield line.problem("register-code-form", "code", message, value=code)


def _too_long(line: Line) -> Iterator[Problem]:
    """Refuse what the tables cannot hold."""
    message = (
        "{file}, rad {row}, kolumn {column}: texten är för lång. Korta den till högst {highest}"
        " tecken."
    )
    for column, highest in WIDTHS.items():
        if len(line.values[column]) > highest:
            yield line.problem("register-value-long", column, message, highest=highest)
    name = f"{line.values['name']} {line.values['code']}"
    if len(name) <= widths.CODE + widths.NAME and len(sort_key(name)) > widths.SORT_KEY:
        # Letters of other scripts take ten digits each in the key.
        yield line.problem("register-value-long", "name", message, highest=widths.SORT_KEY // 20)


def _choice_problems(line: Line) -> Iterator[Problem]:
    """Refuse a value outside its list and name the list."""
    message = (
        "{file}, rad {row}, kolumn {column}: ”{value}” finns inte bland värdena. Skriv något av"
        " {choices}."
    )
    for column, choices in CHOICES.items():
        value = line.values[column]
        if value and value not in choices:
            listed = ", ".join(choices)
            yield line.problem(
                "register-value-unknown", column, message, value=value, choices=listed
            )


def _points_problems(line: Line) -> Iterator[Problem]:
    """Ask for whole points, or none where they are not fixed."""
    value = line.values["points"]
    if value and not POINTS.fullmatch(value):
        message = (
            "{file}, rad {row}, kolumn {column}: ”{value}” är inga poäng. Skriv ett heltal från 1"
            " till 9999, eller lämna tomt om poängen inte är bestämda."
        )
        yield line.problem("register-value-points", "points", message, value=value)


def _date_problems(line: Line) -> Iterator[Problem]:
    """Ask for dates that exist and stand in order."""
    message = (
        "{file}, rad {row}, kolumn {column}: ”{value}” är inget datum. Skriv ÅÅÅÅ-MM-DD, eller"
        " lämna tomt."
    )
    wrong = [column for column in DATES if not _is_day(line.values[column])]
    for column in wrong:
        value = line.values[column]
        yield line.problem("register-value-date", column, message, value=value)
    first, last = (line.values[column] for column in DATES)
    if not wrong and first and last and last < first:
        message = (
            "{file}, rad {row}, kolumn {column}: {last} ligger före {first} i valid_from. Rätta det"
            " datum som är fel."
        )
        yield line.problem("register-dates-order", "valid_to", message, first=first, last=last)


def _is_day(text: str) -> bool:
    """Say whether a text is a date in full or nothing."""
    try:
        return text in ("", str(_day(text)))
    except ValueError:
        return False


def _day(text: str) -> date | None:
    """Read a date; raises `ValueError` for what is none."""
    return date.fromisoformat(text) if text else None
