"""What belongs to somebody else answers like what does not exist, and takes nothing."""

from uuid import uuid4

import pytest

from provning.exams.models import ExamGroup, Placement
from tests.web.grades.conftest import Desk
from tests.web.integrity.conftest import found, stored
from tests.web.integrity.doors import DOORS, Door, answers
from tests.web.integrity.visitor import Visitor, without_keys

each_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)


def other_provider(desk: Desk) -> tuple[ExamGroup, Placement]:
    """Return a group of another provider, with somebody in it."""
    examinee = desk.stage.town.person("Dold", "Hos-Annan", at=desk.stage.town.contracted)
    return desk.stage.other_group, desk.stage.place(examinee, desk.stage.other_group)


def other_teacher(desk: Desk) -> tuple[ExamGroup, Placement]:
    """Return a colleague's group at the same unit, with somebody in it."""
    colleague = desk.stage.town.teacher("Tomas")
    group = desk.stage.new_group("ENGENG06")
    ExamGroup.objects.filter(pk=group.pk).update(grading_teacher=colleague)
    return group, desk.stage.place(desk.stage.town.person("Dold", "Hos-Annan"), group)


@each_door
@pytest.mark.parametrize("whose", [other_provider, other_teacher])
def test_a_foreign_group_answers_like_one_that_does_not_exist(
    desk: Desk, door: Door, whose: object
) -> None:
    assert callable(whose)
    group, placement = whose(desk)
    visitor = Visitor(desk.teacher())
    foreign = door(visitor, group.id, placement.id, "A")
    absent = door(visitor, uuid4(), uuid4(), "A")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert without_keys(foreign) == without_keys(absent)
    assert "Hos-Annan" not in foreign.content.decode()
    assert found() == stored()


def test_somebody_who_is_not_placed_in_the_group_gets_no_grade_there(desk: Desk) -> None:
    elsewhere = desk.stage.new_group("ENGENG06")
    placement = desk.stage.place(desk.stage.town.person("Annan", "Grupp"), elsewhere)
    visitor = Visitor(desk.teacher())
    given = answers(desk.group.id, placement.id, visitor, "A")
    # The sheet reads its own rows alone; the group without a teacher is not this teacher's.
    assert given == {"sheet": 302, "rows": 404, "student": 404, "review": 422}
    assert "Annan" not in visitor.page(desk.sheet)
    assert found() == stored()
