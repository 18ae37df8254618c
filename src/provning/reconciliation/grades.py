"""Grades out of a table or out of Betyg XML."""

from collections.abc import Iterable, Iterator
from datetime import date
from sys import intern
from typing import BinaryIO, Final

from provning.betygxml.reading import read_grades
from provning.betygxml.rows import CourseGrade, DeciderRole, StudentGrades
from provning.kernel.grade_scales import normalise_value
from provning.kernel.problems import Problem
from provning.reconciliation.cells import Cells, require_person, says_yes
from provning.reconciliation.rows import Fault, Grade, Side
from provning.tables import Match, Row

IN_WORDS: Final = {"GODKÄNT": "G", "GODKÄND": "G", "ICKE GODKÄNT": "IG", "ICKE GODKÄND": "IG"}


def grades_of(match: Match, rows: Iterable[Row], *, today: date) -> Iterator[Grade | Fault]:
    """Give each row of a table as a grade, or its faults where it cannot be compared."""
    for row in rows:
        cells = Cells(Side.GRADES, match, row, today)
        grade = _grade(cells, row.number)
        if cells.faults:
            yield from cells.faults
        elif grade:
            yield grade


def _grade(cells: Cells, row: int) -> Grade | None:
    """Return the row as a grade, None when it lacks what a grade needs."""
    number, person_id = cells.number(), cells.text("person_id")
    require_person(cells, number, person_id)
    course, day = cells.course(), cells.day("date")
    if day is None and not cells.faults:
        message = "Betygsdatum saknas. Fyll i prövningens datum."
        cells.refuse(Problem("reconcile-no-grade-date", "date", message, "Manual s. 3"))
    if cells.faults or day is None:
        return None
    value = normalise_value(cells.text("value"))
    return Grade(
        row=row,
        number=number,
        person_id=person_id,
        name=cells.name_of_person(),
        course=course,
        date=day,
        value=intern(IN_WORDS.get(value, value)),
        trial=says_yes(cells.text("trial")) if cells.has("trial") else None,
        group=cells.text("group"),
        teacher=cells.text("teacher"),
    )


def grades_of_xml(stream: BinaryIO) -> Iterator[Grade | Fault]:
    """Give the grades on courses of a Betyg XML; omdömen and subjects of other schools are none.

    `row` is the student's number in the file, counted from 1.
    """
    number = 0
    for part in read_grades(stream):
        if isinstance(part, Problem):
            yield Fault(Side.GRADES, number + 1, part)
        elif isinstance(part, StudentGrades):
            number = part.number
            student = part.student
            for grade in part.grades:
                if isinstance(grade, CourseGrade) and not grade.assessment:
                    yield _xml_grade(grade, student, number)


def _xml_grade(grade: CourseGrade, student: str, number: int) -> Grade:
    """Return a grade of the XML; rektor and others are no teachers to compare."""
    teachers = grade.deciders.persons if grade.deciders.role is DeciderRole.TEACHER else ()
    return Grade(
        row=number,
        number="",
        person_id=student,
        name="",
        course=intern(grade.course_code),
        date=grade.date,
        value=intern(grade.value),
        trial=grade.trial,
        group=intern(grade.group),
        teacher=intern("; ".join(teachers)),
    )
