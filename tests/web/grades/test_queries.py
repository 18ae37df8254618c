"""The list, the sheet and the review ask the database as often for thirty rows as for one."""

from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from provning.exams.actions import create_exam_group, place_student
from provning.grading.models import GradeDraft
from provning.people.actions import give_duty
from provning.people.models import Duty
from tests.builders import FIRST, HT26, PROGRAM, TODAY
from tests.web.grades.conftest import Desk, reviewed, typed
from tests.web.stage import EXAM_DAY

LIST, SHEET, REVIEW = 10, 16, 15
ROW_SAVED, ROW_REFUSED = 24, 20
# PostgreSQL takes the audit chain's lock with a statement of its own.
LOCK = 1 if connection.vendor == "postgresql" else 0
SIZES = [1, 30]
SHEET_SIZES = [1, 30, 100]


def fill(desk: Desk, size: int) -> None:
    """Put a new group of the teacher's on the desk, with that many examinees."""
    town = desk.stage.town
    desk.stage.group = create_exam_group(
        actor=PROGRAM,
        unit_id=town.centrum,
        course_id=desk.stage.courses["ENGENG06"].id,
        term=HT26,
        grading_teacher_id=desk.stage.teacher.id,
        today=TODAY,
    )
    desk.placements = desk.stage.place_all((f"Elev {place}", "Ek") for place in range(size))


@pytest.mark.parametrize("size", SHEET_SIZES)
def test_the_sheet(
    size: int, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(desk, size)
    teacher = desk.teacher()
    with django_assert_num_queries(SHEET):
        html = teacher.get(desk.sheet).content.decode()
    assert len(typed(html)) == 2 * size


@pytest.mark.parametrize("size", SIZES)
def test_the_review(
    size: int, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(desk, size)
    teacher = desk.teacher()
    sent = typed(teacher.get(desk.sheet).content.decode())
    teacher.post(desk.sheet, {name: value or "C" for name, value in sent.items()})
    assert GradeDraft.objects.count() == size
    teacher.get(desk.review)  # takes the offer to undo
    with django_assert_num_queries(REVIEW):
        html = teacher.get(desk.review).content.decode()
    assert len(reviewed(html)) == 2 * size + 2  # with submission and password


@pytest.mark.parametrize("size", SIZES)
def test_the_list(size: int, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    town = desk.stage.town
    person = town.person()
    for number in range(1, size):
        another = town.stranger(f"Lärare {number}")
        give_duty(
            actor=PROGRAM,
            person_id=another.id,
            unit_id=town.centrum,
            role=Duty.Role.TEACHER,
            registered_teacher=True,
            subjects="MAT",
            start_date=FIRST,
        )
        group = create_exam_group(
            actor=PROGRAM,
            unit_id=town.centrum,
            course_id=desk.stage.courses["MATMAT03b"].id,
            term=HT26,
            grading_teacher_id=another.id,
            submission=uuid4(),
            today=TODAY,
        )
        place_student(
            actor=PROGRAM,
            group_id=group.id,
            person_id=person.id,
            exam_date=EXAM_DAY,
            today=TODAY,
        )
    administrator = desk.administrator()
    administrator.get("/betyg/")
    with django_assert_num_queries(LIST):
        html = administrator.get("/betyg/").content.decode()
    assert html.count('<th scope="row">') == size


@pytest.mark.parametrize("size", [1, 100])
def test_one_row_saved_while_typing(
    size: int, desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(desk, size)
    teacher = desk.teacher()
    key = desk.placements[0].id
    teacher.get(desk.sheet)
    with django_assert_num_queries(ROW_SAVED + LOCK):
        teacher.post(f"{desk.sheet}rader/", {f"grade-{key}": "C", f"version-{key}": "0"})
    assert GradeDraft.objects.count() == 1
    with django_assert_num_queries(ROW_REFUSED):
        teacher.post(f"{desk.sheet}rader/", {f"grade-{key}": "G", f"version-{key}": "1"})
