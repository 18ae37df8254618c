"""What is written is what the schemas ask for, and reads back as the same rows."""

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from provning.betygxml.formats import (
    COURSE_GRADE,
    DOCUMENT,
    DOCUMENT_KINDS,
    SCHOOL_TYPES,
    SUBJECT_GRADE,
    VALUES,
)
from provning.betygxml.reading import read_grades
from provning.betygxml.reading_documents import read_documents
from provning.betygxml.rows import (
    CourseGrade,
    DeciderRole,
    Deciders,
    DocumentSubject,
    GradeDocument,
    GradePart,
    Interval,
    StudentGrades,
    SubjectGrade,
    SubjectTerm,
)
from provning.betygxml.writing import PIECE, document_pieces, grade_pieces
from tests.betygxml.samples import read, read_all
from tests.betygxml.test_reading import INTERVAL, ON_COURSE, ON_SUBJECT
from tests.betygxml.test_reading_documents import ROW
from tests.support.shared import spec_file

# Any text that XML can hold, without space around it.
TEXTS = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=20,
    )
    .map(str.strip)
    .filter(bool)
)
DATES = st.dates(date(1950, 1, 1), date(2100, 1, 1))
DECIDERS = st.builds(Deciders, st.sampled_from(DeciderRole), st.lists(TEXTS, max_size=3).map(tuple))
COMMON: dict[str, st.SearchStrategy[Any]] = {
    "value": st.sampled_from(sorted(VALUES)),
    "date": DATES,
    "trial": st.booleans(),
    "school": TEXTS,
    "deciders": DECIDERS,
    "school_type": st.sampled_from(sorted(SCHOOL_TYPES)),
    "group": st.just("") | TEXTS,
}
COURSES = st.builds(CourseGrade, course_code=TEXTS, assessment=st.booleans(), **COMMON)
SUBJECTS = st.builds(
    SubjectGrade,
    subject=TEXTS,
    final=st.booleans(),
    language=st.just("") | TEXTS,
    term=st.none() | st.builds(SubjectTerm, st.sampled_from(["VT", "HT"]), st.integers(1950, 2100)),
    **COMMON,
)
# Grades on subjects come before those on courses, as the schema has them.
GRADES = st.tuples(st.lists(SUBJECTS, max_size=3), st.lists(COURSES, max_size=3)).map(
    lambda each: (*each[0], *each[1])
)
STUDENTS = st.lists(st.builds(StudentGrades, TEXTS, GRADES), max_size=4)
DOCUMENTS = st.lists(
    st.builds(
        GradeDocument,
        student=TEXTS,
        issued=DATES,
        school=TEXTS,
        school_unit_code=st.from_regex(r"\A[0-9]{8}\Z"),
        kind=st.sampled_from(sorted(DOCUMENT_KINDS)),
        study_path=st.just("") | TEXTS,
        basic_eligibility=st.none() | st.booleans(),
        subjects=st.lists(st.builds(DocumentSubject, TEXTS, st.just("") | TEXTS), max_size=2).map(
            tuple
        ),
        courses=st.lists(TEXTS, max_size=3).map(tuple),
    ),
    max_size=3,
)


def written(*students: StudentGrades) -> bytes:
    return b"".join(grade_pieces(INTERVAL, students))


def documents(*rows: GradeDocument) -> bytes:
    return b"".join(document_pieces(INTERVAL, rows))


def numbered(rows: Iterable[Any]) -> list[Any]:
    """Return the rows as a reader numbers them."""
    return [replace(row, number=number) for number, row in enumerate(rows, 1)]


def refused_by(schema: str, content: bytes) -> list[str]:
    """Return what the publisher's schema has against a file."""
    checker = etree.XMLSchema(etree.parse(spec_file("pingpong", schema)))
    checker.validate(etree.fromstring(content))
    return [str(error) for error in checker.error_log]


def children(content: bytes, record: str) -> list[str]:
    """Return the names inside the first record of the name, in order."""
    element = next(etree.fromstring(content).iter(f"{{*}}{record}"))
    return [child.tag.rpartition("}")[2] for child in element]


@given(STUDENTS)
def test_whatever_is_written_is_read_back_and_follows_the_schema(
    students: list[StudentGrades],
) -> None:
    content = written(*students)
    assert read(content) == [INTERVAL, *numbered(students)]
    assert refused_by("betyg.xsd", content) == []


@given(DOCUMENTS)
def test_whatever_documents_are_written_are_read_back_and_follow_the_schema(
    rows: list[GradeDocument],
) -> None:
    content = documents(*rows)
    assert read_all(content) == [INTERVAL, *numbered(rows)]
    assert refused_by("betygsdokument.xsd", content) == []


@pytest.mark.parametrize(
    ("reader", "writer", "example"),
    [
        (read_grades, grade_pieces, "betyg-exempel.xml"),
        (read_documents, document_pieces, "betygsdokument-exempel.xml"),
    ],
)
def test_the_publishers_example_is_written_as_it_was_read(
    reader: Callable[..., Iterable[GradePart]], writer: Callable[..., Iterable[bytes]], example: str
) -> None:
    with spec_file("pingpong", example).open("rb") as file:
        interval, *rows = reader(file)
    again = reader(io.BytesIO(b"".join(writer(interval, rows))))
    assert list(again) == [interval, *rows]


def test_elements_stand_in_the_schemas_order() -> None:
    both = written(StudentGrades("{e-1}", (ON_COURSE, ON_SUBJECT)))
    assert children(both, "elev") == ["ämnesbetyg", "kursbetyg"]
    assert children(both, "kursbetyg") == list(COURSE_GRADE)
    assert children(both, "ämnesbetyg") == list(SUBJECT_GRADE)
    assert children(documents(ROW), "dokument") == list(DOCUMENT)


def test_a_file_without_students_and_a_student_without_grades_are_whole() -> None:
    assert read(written()) == [INTERVAL]
    assert read(written(StudentGrades("{e-1}"))) == [INTERVAL, StudentGrades("{e-1}", number=1)]


def test_the_interval_has_seconds() -> None:
    assert b'from="2026-01-01T00:00:00" tom="2026-06-30T23:59:00"' in written()


@pytest.mark.parametrize(
    "row",
    [
        replace(ON_COURSE, value="Q"),
        replace(ON_COURSE, school=""),
        replace(ON_COURSE, school_type="KOMVUX"),
        replace(ON_COURSE, course_code="MAT\x00"),
        replace(ON_COURSE, course_code="MAT\ufffe"),
        replace(ON_SUBJECT, term=SubjectTerm("ST", 2026)),
    ],
)
def test_what_the_format_lacks_is_never_written(row: CourseGrade | SubjectGrade) -> None:
    with pytest.raises(ValueError, match=r"not of the format|without a value|cannot be written"):
        written(StudentGrades("{e-1}", (row,)))


@pytest.mark.parametrize("row", [replace(ROW, kind="UTDRAG"), replace(ROW, school_unit_code="1")])
def test_a_document_the_format_lacks_is_never_written(row: GradeDocument) -> None:
    with pytest.raises(ValueError, match=r"not of the format|not eight digits"):
        documents(row)


def test_an_interval_in_the_wrong_order_is_never_written() -> None:
    interval = Interval(datetime(2026, 2, 1), datetime(2026, 1, 1))  # noqa: DTZ001 (the format's local time)
    with pytest.raises(ValueError, match=r"ends before it begins"):
        next(grade_pieces(interval, []))


def test_pieces_come_while_students_are_still_to_come() -> None:
    taken = []

    def students() -> Iterable[StudentGrades]:
        for number in range(5000):
            taken.append(number)
            yield StudentGrades(f"{{e-{number}}}", (ON_COURSE,))

    first = next(iter(grade_pieces(INTERVAL, students())))
    assert PIECE <= len(first) < 2 * PIECE
    assert len(taken) < 1000
