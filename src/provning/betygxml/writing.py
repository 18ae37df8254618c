"""Both formats written as pieces of bytes, in constant memory and in the schema's order.

Text is put together piece by piece: an XML library that is called for every element takes most of
the time of a large file. The order is data (`formats`), and each text is escaped on its way.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final, TypeVar

from provning.betygxml.elements import Shape
from provning.betygxml.formats import (
    COURSE_GRADE,
    DOCUMENT,
    DOCUMENT_KINDS,
    DOCUMENTS_SHAPE,
    GRADES_SHAPE,
    SCHOOL_TYPES,
    SEASONS,
    SUBJECT_GRADE,
    VALUES,
)
from provning.betygxml.reading_documents import UNIT_CODE
from provning.betygxml.rows import (
    CourseGrade,
    GradeDocument,
    GradeRow,
    Interval,
    StudentGrades,
    SubjectGrade,
)

PIECE: Final = 1 << 16
BOOLEANS: Final = {True: "true", False: "false"}
ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
# What XML 1.0 cannot hold, escaped or not.
UNWRITABLE: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Row = TypeVar("Row")


def grade_pieces(interval: Interval, students: Iterable[StudentGrades]) -> Iterator[bytes]:
    """Give a Betyg XML 1.1.1, piece by piece, from students with every grade they have.

    Raises `ValueError` for a value that the format does not allow.
    """
    return _pieces(GRADES_SHAPE, interval, map(_student, students))


def document_pieces(interval: Interval, documents: Iterable[GradeDocument]) -> Iterator[bytes]:
    """Give a betygsdokument 2.0, as `grade_pieces` does."""
    texts = (_record("dokument", DOCUMENT, OF_DOCUMENT, each) for each in documents)
    return _pieces(DOCUMENTS_SHAPE, interval, texts)


def _pieces(shape: Shape, interval: Interval, texts: Iterable[str]) -> Iterator[bytes]:
    """Give the records between the root's tags, gathered into pieces."""
    if interval.start > interval.end:
        raise ValueError("an interval that ends before it begins")
    start, end = (each.isoformat(timespec="seconds") for each in (interval.start, interval.end))
    held = [
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<{shape.root} xmlns="{shape.namespace}" from="{start}" tom="{end}">\n'
    ]
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join((*held, f"</{shape.root}>\n")).encode()


def _student(student: StudentGrades) -> str:
    """Return a student: grades on subjects first, then those on courses, in the order given."""
    subjects = "".join(_subject(each) for each in student.grades if isinstance(each, SubjectGrade))
    courses = "".join(_course(each) for each in student.grades if isinstance(each, CourseGrade))
    return f'<elev id="{escaped(student.student)}">\n{subjects}{courses}</elev>\n'


def _course(row: CourseGrade) -> str:
    """Return a grade on a course."""
    return _record("kursbetyg", COURSE_GRADE, OF_COURSE, row)


def _subject(row: SubjectGrade) -> str:
    """Return a grade on a subject."""
    return _record("ämnesbetyg", SUBJECT_GRADE, OF_SUBJECT, row)


def _record(
    name: str, order: Iterable[str], makers: Mapping[str, Callable[[Row], str]], row: Row
) -> str:
    """Return a record with its elements in order."""
    return f"<{name}>{''.join([makers[each](row) for each in order])}</{name}>\n"


def element(name: str, text: str) -> str:
    """Return an element with a text that has to be there; raises `ValueError` without one."""
    if not text:
        raise ValueError(f"{name} without a value")
    return f"<{name}>{escaped(text)}</{name}>"


def _optional(name: str, text: str) -> str:
    """Return an element, or nothing where there is no text."""
    return element(name, text) if text else ""


def _one_of(name: str, text: str, allowed: Collection[str]) -> str:
    """Return an element with one of the format's values."""
    if text not in allowed:
        raise ValueError(f"{name}: {text!r} is not of the format")
    return f"<{name}>{text}</{name}>"


def _yes_no(name: str, *, true: bool) -> str:
    """Return an element that is true or false."""
    return f"<{name}>{BOOLEANS[true]}</{name}>"


def _deciders(row: GradeRow) -> str:
    """Return who decided."""
    persons = "".join([element("person", each) for each in row.deciders.persons])
    return f'<beslutsfattare roll="{row.deciders.role.value}">{persons}</beslutsfattare>'


def _term(row: SubjectGrade) -> str:
    """Return the term, where there is one."""
    if row.term is None:
        return ""
    season = _one_of("typ", row.term.season, SEASONS)
    return f"<termin>{season}<år>{row.term.year:d}</år></termin>"


def _unit_code(row: GradeDocument) -> str:
    """Return the school unit's code."""
    if not UNIT_CODE.fullmatch(row.school_unit_code):
        raise ValueError(f"skolenhetskod: {row.school_unit_code!r} is not eight digits")
    return element("skolenhetskod", row.school_unit_code)


def _eligibility(row: GradeDocument) -> str:
    """Return whether a diploma gives basic eligibility, where it says so."""
    if row.basic_eligibility is None:
        return ""
    return _yes_no("grundläggandebehörighet", true=row.basic_eligibility)


def _subjects(row: GradeDocument) -> str:
    """Return the subjects, where there are any."""
    inside = [
        f"<ämne>{element('förkortning', each.code)}{_optional('språk', each.language)}</ämne>"
        for each in row.subjects
    ]
    return f"<ämnen>{''.join(inside)}</ämnen>" if inside else ""


def _courses(row: GradeDocument) -> str:
    """Return the courses, where there are any."""
    inside = [element("kurs", each) for each in row.courses]
    return f"<kurser>{''.join(inside)}</kurser>" if inside else ""


def escaped(text: str) -> str:
    """Return a text as XML; a character that XML cannot hold raises `ValueError`."""
    if text.isalnum():
        return text
    if not text.isprintable() and UNWRITABLE.search(text):
        raise ValueError(f"{text!r} cannot be written as XML")
    return text.translate(ESCAPES)


OF_GRADE: Final[Mapping[str, Callable[[GradeRow], str]]] = {
    "value": lambda row: _one_of("value", row.value, VALUES),
    "datum": lambda row: f"<datum>{row.date.isoformat()}</datum>",
    "prövning": lambda row: _yes_no("prövning", true=row.trial),
    "betygsgrupp": lambda row: _optional("betygsgrupp", row.group),
    "skola": lambda row: element("skola", row.school),
    "beslutsfattare": _deciders,
    "skolform": lambda row: _one_of("skolform", row.school_type, SCHOOL_TYPES),
}
OF_COURSE: Final[Mapping[str, Callable[[CourseGrade], str]]] = {
    **OF_GRADE,
    "kurskod": lambda row: element("kurskod", row.course_code),
    "omdöme": lambda row: _yes_no("omdöme", true=row.assessment),
}
OF_SUBJECT: Final[Mapping[str, Callable[[SubjectGrade], str]]] = {
    **OF_GRADE,
    "ämnesförkortning": lambda row: element("ämnesförkortning", row.subject),
    "språk": lambda row: _optional("språk", row.language),
    "termin": _term,
    "slutbetyg": lambda row: _yes_no("slutbetyg", true=row.final),
}
OF_DOCUMENT: Final[Mapping[str, Callable[[GradeDocument], str]]] = {
    "elev": lambda row: element("elev", row.student),
    "studievägskod": lambda row: _optional("studievägskod", row.study_path),
    "utfärdat": lambda row: f"<utfärdat>{row.issued.isoformat()}</utfärdat>",
    "skola": lambda row: element("skola", row.school),
    "skolenhetskod": _unit_code,
    "typ": lambda row: _one_of("typ", row.kind, DOCUMENT_KINDS),
    "grundläggandebehörighet": _eligibility,
    "ämnen": _subjects,
    "kurser": _courses,
}
