"""Levels and points that a grade covers, what documents are called, what has changed: pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.courses.kinds import Curriculum
from provning.courses.rows import CourseRow
from provning.extracts import rules
from provning.extracts.compiling import Register, compile_sections
from provning.extracts.levels import Covered, covered_levels
from provning.grading.rows import DecisionRow, Particulars, Successor
from tests.catalogues.test_compiling import course, decision, person

ISSUED = date(2026, 11, 25)
SUBJECT = {"1a1": 50, "1a2": 50, "1b": 100, "2": 100, "3": 150}


def level(number: str, points: int | None = 100, *, variant: str = "") -> CourseRow:
    code = f"MATO{number.upper().ljust(4, '0')}X{variant}"
    return replace(
        course(Curriculum.GY25, number),
        id=uuid4(),
        code=code,
        subject_code="MATO",
        name=f"Matematik nivå {number}",
        points=points,
    )


LEVELS = [level(number, points) for number, points in SUBJECT.items()]


@pytest.mark.parametrize(
    ("number", "passed", "expected"),
    [
        ("1a1", True, Covered("1a1", 50)),
        ("1b", True, Covered("1b", 100)),
        ("2", True, Covered("1–2", 200)),
        ("3", True, Covered("1–3", 350)),
        ("3", False, Covered("3", 150)),
        ("2", False, Covered("2", 100)),
    ],
)
def test_a_pass_covers_the_lower_levels_and_their_points(
    number: str, passed: bool, expected: Covered
) -> None:
    of = next(each for each in LEVELS if each.level == number)
    assert covered_levels(of, LEVELS, passed=passed) == expected


def test_another_language_and_another_subject_add_no_points() -> None:
    french = level("2", variant="FRA")
    others = [
        level("1", 100, variant="FRA"),
        level("1", 900, variant="TYS"),
        replace(level("1", 900), subject_code="FYSK"),
        level("1", 900),
    ]
    assert covered_levels(french, others, passed=True) == Covered("1–2", 200)


def test_points_are_left_out_where_a_level_below_is_not_known() -> None:
    assert covered_levels(level("3"), [level("1")], passed=True) == Covered("1–3", None)
    assert covered_levels(level("2", None), [level("1")], passed=True) == Covered("1–2", None)


@given(st.permutations(LEVELS), st.sampled_from(LEVELS))
def test_the_order_of_the_register_changes_nothing(
    shuffled: list[CourseRow], of: CourseRow
) -> None:
    assert covered_levels(of, shuffled, passed=True) == covered_levels(of, LEVELS, passed=True)


def test_sections_follow_the_school_form_and_grades_the_alphabet() -> None:
    kinds = (
        Curriculum.ADAPTED_UPPER, Curriculum.GY25, Curriculum.ADULT_UPPER, Curriculum.GY11,
        Curriculum.SFI, Curriculum.BASIC,
    )  # fmt: skip
    courses = {
        each.id: each
        for each in (replace(course(kind), id=uuid4(), code=kind.value) for kind in kinds)
    }
    rows = [
        decision(person(1), course_id=key, course_code=each.code, course_name=name)
        for key, each in courses.items()
        for name in ("Öra", "Åra", "Ara")
    ]

    sections = compile_sections(rows, Register(courses, ()))

    assert [(each.school_level, each.by_level, len(each.lines)) for each in sections] == [
        ("grundläggande nivå", False, 3),
        ("svenska för invandrare", False, 3),
        ("gymnasial nivå", False, 6),
        ("gymnasial nivå", True, 3),
        ("anpassad utbildning på gymnasial nivå", False, 3),
    ]
    assert [line.name for line in sections[0].lines] == ["Ara", "Åra", "Öra"]


@pytest.mark.parametrize(
    ("code", "value", "scale", "expected"),
    [
        ("SFIKUD9", "A", "AF_GY", ["2"]),
        ("SFIKUD93", "E", "AF_GY", ["2"]),
        ("SFIKUD9", "F", "AF_GY", []),
        ("SFIKUC9", "A", "AF_GY", []),
    ],
)
def test_a_pass_in_the_last_course_of_sfi_says_which_level_it_corresponds_to(
    code: str, value: str, scale: str, expected: list[str]
) -> None:
    of = course(Curriculum.SFI)
    row = decision(person(1), course_code=code, value=value, scale_id=scale)
    [section] = compile_sections([row], Register({of.id: of}, ()))
    assert [remark.text for remark in section.lines[0].remarks] == expected


def test_specialisation_language_and_project_stand_beside_the_grade() -> None:
    of = course()
    particulars = Particulars(
        specialisation="Lön.", language="Farsi", project_title="Vatten.", project_summary="Rent."
    )
    [section] = compile_sections(
        [decision(person(1), particulars=particulars)], Register({of.id: of}, ())
    )
    assert [(each.kind, each.text) for each in section.lines[0].remarks] == [
        ("specialisation", "Lön."),
        ("language", "Farsi"),
        ("project", "Vatten. Rent"),
    ]


@given(st.uuids(version=4), st.uuids(version=4))
def test_a_document_is_called_by_its_own_id(one: UUID, other: UUID) -> None:
    names = [rules.document_id(each, ISSUED) for each in (one, other)]
    alike = one.int & (1 << 50) - 1 == other.int & (1 << 50) - 1
    assert (names[0] == names[1]) == alike
    assert all(len(name) == 16 and name.startswith("UT26-") for name in names)
    assert not set("".join(names)[5:]) & set("ILOU") - set("UT")


def chain(*values: str) -> dict[UUID, DecisionRow]:
    """Return a decision and its corrections, each the next one's predecessor."""
    rows = [
        decision(person(1), value=value, decided_at=datetime(2026, 12, day, tzinfo=UTC))
        for day, value in enumerate(values, start=1)
    ]
    for place, row in enumerate(rows[:-1]):
        later = rows[place + 1]
        successor = Successor(
            later.id, "Ändring", later.value, later.exam_date, "X", "Rut", later.decided_at
        )
        rows[place] = replace(row, successor=successor)
    return {row.id: row for row in rows}


@given(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=6))
def test_the_end_of_a_chain_of_corrections_is_what_stands(values: list[str]) -> None:
    rows = chain(*values)
    ends = {rules.latest(row, rows).id for row in rows.values()}
    assert ends == {list(rows)[-1]}
    first = next(iter(rows))
    changes = rules.changes_since([(first, False)], rows)
    assert [(each.before, each.after) for each in changes] == (
        [(values[0], values[-1])] if len(values) > 1 else []
    )


def test_a_job_is_stalled_after_five_minutes_without_a_step() -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    ages = (timedelta(minutes=5), timedelta(minutes=5, seconds=1))
    assert [rules.is_stalled(now - age, now) for age in ages] == [False, True]
