"""The register's data files: read whole, with every fault named by file, row and column.

Five CSV files in one folder (UTF-8, comma, header): four with courses, one with pairs. Together
they are the whole register, so none may be left out. Nothing here needs a database.
"""

import csv
import hashlib
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from provning.courses.kinds import Curriculum, Kind
from provning.courses.register_rows import (
    COURSE_COLUMNS,
    SOURCE,
    Line,
    RegisterCourse,
    course_line_problems,
    read_course,
)
from provning.kernel.course_codes import course_key
from provning.kernel.group_names import CourseName, NameIndex, NamingRule, naming_rule_for
from provning.kernel.problems import Problem

PACKAGED: Final = Path(__file__).parent / "data"
COURSE_FILES: Final = (
    "courses_gy11.csv",
    "levels_gy25.csv",
    "komvux_grundlaggande.csv",
    "komvux_anpassad_gymnasial.csv",
)
PAIR_FILE: Final = "gy11_gy25_pairs.csv"
FILES: Final = (*COURSE_FILES, PAIR_FILE)
PAIR_SIDES: Final = {"gy11_code": Curriculum.GY11, "gy25_code": Curriculum.GY25}
# Raised when the same files have to fill the tables in another way than before.
FORMAT: Final = b"1"


@dataclass(slots=True)
class Register:
    """What a folder says: its courses, its pairs of codes, and every fault.

    Only a register without problems may be used; `by_key` holds the courses by their key, in the
    order of the files. `digest` is that of `register_digest`.
    """

    by_key: dict[str, RegisterCourse] = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    digest: str = ""


def read_register(directory: Path = PACKAGED) -> Register:
    """Read a folder's files, the project's own unless another is given."""
    register, contents = Register(), []
    for name in FILES:
        content, problems = _content(directory / name)
        register.problems += problems
        contents.append(content)
        if problems:
            continue
        lines = _lines(name, content, register.problems)
        if name == PAIR_FILE:
            _add_pairs(register, lines)
        else:
            _add_courses(register, lines)
    if not register.by_key and not register.problems:
        register.problems.append(_empty())
    register.digest = _digest(contents)
    return register


def register_digest(directory: Path = PACKAGED) -> str:
    """Return SHA-256 over the bytes of a folder's files, a missing one as empty.

    It tells one register from another in a hundredth of the time that it takes to read one.
    """
    paths = (directory / name for name in FILES)
    return _digest(path.read_bytes() if path.is_file() else b"" for path in paths)


def _digest(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256(FORMAT)
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


@cache
def packaged_name_index() -> NameIndex:
    """Return the index for reading group names over the project's own files, read once."""
    courses = sorted(read_register().by_key.values(), key=lambda course: course.sort_key)
    return NameIndex(
        readable_name
        for course in courses
        if course.kind is not Kind.TEMPLATE
        for readable_name in readable_names(course.code, course.name)
    )


def readable_names(code: str, name: str) -> list[CourseName]:
    """Return the ways a course stands in group names: by its rule, and by its whole code.

    The whole code is the way out when another course has the name already.
    """
    rules = dict.fromkeys((naming_rule_for(code), NamingRule.FULL_CODE))
    return [CourseName(code, name, rule) for rule in rules]


def _content(path: Path) -> tuple[bytes, list[Problem]]:
    """Return a file's bytes, or say why they cannot be read as text."""
    where = {"file": path.name}
    if not path.is_file():
        message = "Filen {file} saknas. Registret läses in helt: lägg alla filer i samma mapp."
        return b"", [Problem("register-file-missing", "", message, SOURCE, where)]
    content = path.read_bytes()
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "Filen {file} är inte skriven i UTF-8. Spara om den som CSV med UTF-8."
        return content, [Problem("register-file-encoding", "", message, SOURCE, where)]
    return content, []


def _lines(name: str, content: bytes, problems: list[Problem]) -> Iterator[Line]:
    """Give the rows of a file that are as wide as the header; put every fault in `problems`."""
    text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    expected = tuple(PAIR_SIDES) if name == PAIR_FILE else COURSE_COLUMNS
    try:
        header = next(reader, [])
        if sorted(header) != sorted(expected):
            problems.append(_wrong_columns(name, header, expected))
            return
        for row in reader:
            line = Line(name, reader.line_num, dict(zip(header, map(str.strip, row), strict=False)))
            if len(row) == len(header):
                yield line
            elif row:
                problems.append(_wrong_width(line, len(row), len(header)))
    except csv.Error:
        message = "{file}, rad {row}: citattecknen går inte ihop. Rätta raden."
        params = {"file": name, "row": reader.line_num}
        problems.append(Problem("register-file-broken", "", message, SOURCE, params))


def _add_courses(register: Register, lines: Iterator[Line]) -> None:
    """Add every course whose row has no fault and whose code is new."""
    for line in lines:
        problems = course_line_problems(line)
        key = course_key(line.values["code"])
        if key and key in register.by_key:
            problems.append(_repeated(line, line.values["code"]))
        register.problems += problems
        if not problems:
            register.by_key[key] = read_course(line)


def _add_pairs(register: Register, lines: Iterator[Line]) -> None:
    """Add every pair whose codes are courses of the right curriculum."""
    for line in lines:
        problems = list(_pair_problems(register, line))
        gy11, gy25 = (course_key(line.values[side]) for side in PAIR_SIDES)
        if (gy11, gy25) in register.pairs:
            problems.append(_repeated(line, line.values["gy11_code"]))
        register.problems += problems
        if not problems:
            register.pairs.append((gy11, gy25))


def _pair_problems(register: Register, line: Line) -> Iterator[Problem]:
    """Refuse a code that the register lacks or that belongs to the other side."""
    message = (
        "{file}, rad {row}, kolumn {column}: ”{code}” finns inte bland kurserna i {curriculum}."
        " Rätta koden eller lägg till kursen."
    )
    for column, curriculum in PAIR_SIDES.items():
        code = line.values[column]
        course = register.by_key.get(course_key(code))
        if course is None or course.curriculum is not curriculum:
            params = {"code": code, "curriculum": curriculum.label}
            yield line.problem("register-pair-unknown", column, message, **params)


def _wrong_columns(name: str, header: list[str], expected: tuple[str, ...]) -> Problem:
    """Name the columns a file should have."""
    message = (
        "{file}, rad 1: kolumnerna är {header} men ska vara {expected}, åtskilda med komma. Rätta"
        " rubrikraden."
    )
    params = {"file": name, "header": ", ".join(header), "expected": ", ".join(expected)}
    return Problem("register-file-columns", "", message, SOURCE, params)


def _wrong_width(line: Line, found: int, expected: int) -> Problem:
    """Say that a row has too many or too few values."""
    message = (
        "{file}, rad {row}: raden har {found} värden men ska ha {expected}. Sätt citattecken om ett"
        " värde som har komma i sig."
    )
    params = {"file": line.file, "row": line.row, "found": found, "expected": expected}
    return Problem("register-row-width", "", message, SOURCE, params)


def _repeated(line: Line, code: str) -> Problem:
    """Say that a code or a pair stands twice; case does not tell codes apart."""
    message = "{file}, rad {row}, kolumn {column}: ”{code}” finns redan. Ta bort den ena raden."
    column = next(iter(line.values))
    return line.problem("register-code-repeated", column, message, code=code)


def _empty() -> Problem:
    """Refuse files that would retire the whole register."""
    message = "Filerna har inga kurser. Kontrollera att mappen är den rätta."
    return Problem("register-empty", "", message, SOURCE)
