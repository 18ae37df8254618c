"""Betyg XML 1.1.1 read as a stream of students, in constant memory."""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from provning.betygxml.elements import SOURCE, UnreadableError, records
from provning.betygxml.formats import (
    COURSE_GRADE,
    GRADES_SHAPE,
    SCHOOL_TYPES,
    SEASONS,
    SUBJECT_GRADE,
    TERM,
    VALUES,
)
from provning.betygxml.intervals import read_interval
from provning.betygxml.rows import (
    CourseGrade,
    DeciderRole,
    Deciders,
    GradePart,
    GradeRow,
    StudentGrades,
    SubjectGrade,
    SubjectTerm,
)
from provning.betygxml.values import Fields, unknown_element
from provning.kernel.problems import Problem

# More than anybody takes in a life; a list without end would fill the memory.
MOST_GRADES: Final = 5000
ROLES: Final = {role.value: role for role in DeciderRole}


def read_grades(stream: BinaryIO) -> Iterator[GradePart]:
    """Give the interval, then each student with all grades; every fault where it is met.

    The problems of a student's grades come before the student, who then lacks those grades and
    counts them in `refused`. A file that breaks gives what was whole before, then the problem.
    Elements may stand in any order inside their record: each has its meaning by its name alone.
    """
    students = _Students()
    try:
        for event, name, element in records(stream, GRADES_SHAPE):
            yield from students.parts(event, name, element)
    except UnreadableError as error:
        yield error.problem


class _Students:
    """The student that is being read."""

    def __init__(self) -> None:
        """Begin before the first student."""
        self._number = 0
        self._met = 0
        self._grades: list[GradeRow] = []

    def parts(self, event: str, name: str, element: Any) -> Iterator[GradePart]:
        """Give what one event of the file completes."""
        match event, name:
            case "start", "betyg":
                yield from read_interval(element)
            case "start", "elev":
                self._number, self._met, self._grades = self._number + 1, 0, []
            case "end", "elev":
                yield from self._student(element)
            case "end", ("kursbetyg" | "ämnesbetyg"):
                yield from self._grade(name, element)
            case "unknown", _:
                yield unknown_element(f"Vid elev {self._number or 1}", name)

    def _student(self, element: Any) -> Iterator[GradePart]:
        """Give the student whose element ends."""
        fields = Fields(f"Elev {self._number}")
        student = fields.text_of("id", element.get("id"))
        yield from fields.problems
        if not fields.problems:
            refused = self._met - len(self._grades)
            yield StudentGrades(student, tuple(self._grades), self._number, refused)

    def _grade(self, name: str, element: Any) -> Iterator[Problem]:
        """Keep a grade of the student, or say what is wrong with it."""
        self._met += 1
        if self._met > MOST_GRADES:
            raise UnreadableError(_too_many(self._number))
        fields = Fields(f"Elev {self._number}, betyg {self._met}")
        course = name == "kursbetyg"
        fields.take(element, COURSE_GRADE if course else SUBJECT_GRADE)
        row = _course_grade(fields) if course else _subject_grade(fields)
        yield from fields.problems
        if not fields.problems:
            self._grades.append(row)


def _course_grade(fields: Fields) -> CourseGrade:
    """Return a grade on a course."""
    return CourseGrade(
        value=fields.one_of("value", VALUES),
        date=fields.date("datum"),
        trial=fields.boolean("prövning"),
        group=fields.text("betygsgrupp"),
        school=fields.text("skola"),
        deciders=_deciders(fields),
        school_type=fields.one_of("skolform", SCHOOL_TYPES),
        course_code=fields.text("kurskod"),
        assessment=fields.boolean("omdöme"),
    )


def _subject_grade(fields: Fields) -> SubjectGrade:
    """Return a grade on a subject."""
    return SubjectGrade(
        value=fields.one_of("value", VALUES),
        date=fields.date("datum"),
        trial=fields.boolean("prövning"),
        group=fields.text("betygsgrupp"),
        school=fields.text("skola"),
        deciders=_deciders(fields),
        school_type=fields.one_of("skolform", SCHOOL_TYPES),
        subject=fields.text("ämnesförkortning"),
        language=fields.text("språk"),
        term=_term(fields),
        final=fields.boolean("slutbetyg"),
    )


def _deciders(fields: Fields) -> Deciders:
    """Return who decided."""
    element = fields.required("beslutsfattare")
    if element is None:
        return Deciders(DeciderRole.EXTERNAL)
    role = fields.allowed("roll", fields.text_of("roll", element.get("roll")), ROLES)
    persons = fields.inside("beslutsfattare", "person")
    return Deciders(
        ROLES.get(role, DeciderRole.EXTERNAL),
        tuple(fields.text_of("person", each.text) for each in persons),
    )


def _term(fields: Fields) -> SubjectTerm | None:
    """Return the term of a grade of the compulsory school, where it has one."""
    element = fields.children.get("termin")
    if element is None:
        return None
    inside = fields.nested(element, TERM)
    return SubjectTerm(inside.one_of("typ", SEASONS), inside.year("år"))


def _too_many(number: int) -> Problem:
    """Refuse a student with more grades than anybody has."""
    message = (
        "Elev {number} har fler än 5 000 betyg. Så många har ingen: kontrollera att filen är"
        " oförändrad och hämta den annars på nytt."
    )
    return Problem("xml-many-grades", "", message, SOURCE, {"number": number})
