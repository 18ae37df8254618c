"""What is no grade is never stored, and nothing that was typed beside it is lost."""

import pytest

from provning.exams.actions import create_exam_group
from tests import builders
from tests.builders import HT26, PROGRAM, TODAY
from tests.web.grades.conftest import Desk, fill, typed
from tests.web.integrity.conftest import found, grades_in, stored
from tests.web.integrity.doors import DOORS, Door
from tests.web.integrity.visitor import Visitor

each_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
SCALE, MANY, FIFTIETH = "ABCDEF", 100, 49


def test_a_bad_value_on_row_fifty_of_a_hundred_saves_nothing_and_keeps_everything(
    desk: Desk,
) -> None:
    fill(desk, MANY)
    teacher = Visitor(desk.teacher())
    grades = [SCALE[place % len(SCALE)] for place in range(MANY)]
    grades[FIFTIETH] = "Q"
    sent = typed(teacher.page(desk.sheet), **{f"_{at}": value for at, value in enumerate(grades)})
    answer = teacher.send(desk.sheet, sent)
    html = answer.content.decode()
    key = desk.placements[FIFTIETH].id
    assert answer.status_code == 422
    assert grades_in(html) == grades
    assert f'<a href="#grade-{key}">Öz046, Elev: Q finns inte i skalan' in html
    assert html.count("Inte sparat än") == MANY - 1
    assert found() == stored()


@each_door
def test_a_grade_of_another_scale_is_refused(desk: Desk, door: Door) -> None:
    visitor, key = Visitor(desk.teacher()), desk.placements[0].id
    for value in ("G", "IG", "VG", "MVG", "-", "–", "A+", "AB", "1", "Å", "A\x00"):
        assert door(visitor, desk.group.id, key, value).status_code == 422, value
    assert found() == stored()


@each_door
def test_the_letters_are_no_grades_where_the_scale_is_g_and_ig(desk: Desk, door: Door) -> None:
    stage = desk.stage
    group = create_exam_group(
        actor=PROGRAM,
        unit_id=stage.town.centrum,
        course_id=builders.load_courses("GRNENG2")["GRNENG2"].id,
        term=HT26,
        grading_teacher_id=stage.teacher.id,
        today=TODAY,
    )
    visitor, key = Visitor(desk.teacher()), stage.place(stage.town.person(), group).id
    for value in ("A", "E", "F", "VG"):
        assert door(visitor, group.id, key, value).status_code == 422, value
    assert found() == stored()


@pytest.mark.parametrize("name", ["sheet", "rows", "review"])
def test_a_long_text_is_not_cut_into_a_grade(desk: Desk, name: str) -> None:
    visitor, key = Visitor(desk.teacher()), desk.placements[0].id
    for value in ("A       x", "A\n\n\n\n\n\n\n\nF", "A" + " " * 8 + "F" * 5000):
        assert DOORS[name](visitor, desk.group.id, key, value).status_code == 422, value
    assert found() == stored()


def test_a_version_that_is_no_number_counts_as_never_seen(desk: Desk) -> None:
    teacher, key = Visitor(desk.teacher()), desk.placements[0].id
    teacher.send(desk.sheet, {f"grade-{key}": "A", f"version-{key}": "0"})
    for version in ("", "-1", "1.5", "x", "9" * 30, "٣", "\x00"):
        answer = teacher.send(desk.sheet, {f"grade-{key}": "B", f"version-{key}": version})
        assert answer.status_code == 422, version
    assert found() == stored("grades_drafted", drafts={key: "A"})
