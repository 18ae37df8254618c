"""Whatever comes in, a reader answers with rows and problems and never breaks."""

from hypothesis import given
from hypothesis import strategies as st

from provning.betygxml.rows import GradeDocument, Interval, StudentGrades
from provning.kernel.problems import Problem
from tests.betygxml.samples import (
    course,
    document_file,
    grade_file,
    read,
    read_all,
    student,
    subject,
)

WHOLE = grade_file(student(course(), subject()), student(subject(), number=2)).encode()
WHOLE_DOCUMENT = document_file().encode()
NAMES = st.sampled_from(
    ["betyg", "elev", "kursbetyg", "ämnesbetyg", "value", "datum", "person", "dokument", "kurser"]
)
TREES = st.recursive(
    st.text(st.sampled_from("A1-åÖ <&"), max_size=5).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inside: st.tuples(NAMES, st.lists(inside, max_size=4)).map(
        lambda each: f"<{each[0]}>{''.join(each[1])}</{each[0]}>"
    ),
    max_leaves=30,
)


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Return a file with some stretches replaced by other bytes."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        data[start:end] = draw(st.binary(max_size=20) | st.just(bytes(data[end : end + 30])))
    return bytes(data)


@given(damaged(WHOLE) | st.binary(max_size=300))
def test_damaged_grades_are_rows_and_problems(data: bytes) -> None:
    assert {type(part) for part in read(data)} <= {Interval, StudentGrades, Problem}


@given(damaged(WHOLE_DOCUMENT) | st.binary(max_size=300))
def test_damaged_documents_are_rows_and_problems(data: bytes) -> None:
    assert {type(part) for part in read_all(data)} <= {Interval, GradeDocument, Problem}


@given(st.lists(TREES, max_size=5))
def test_elements_in_any_disorder_are_rows_and_problems(trees: list[str]) -> None:
    parts = read(grade_file(*trees))
    assert {type(part) for part in parts} <= {Interval, StudentGrades, Problem}
    assert all(part.text for part in parts if isinstance(part, Problem))


@given(damaged(WHOLE))
def test_a_problem_can_be_said_and_stored_whatever_was_damaged(data: bytes) -> None:
    texts = [part.text for part in read(data) if isinstance(part, Problem)]
    assert [text for text in texts if len(text) > 1000 or "\x00" in text] == []
