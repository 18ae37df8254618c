"""What is closed or locked stays so, whichever door a grade is sent through."""

from datetime import date

import pytest

from provning.exams.actions import withdraw_placement
from tests.builders import PROGRAM
from tests.web.grades.conftest import Desk, placed
from tests.web.integrity.conftest import found, stored
from tests.web.integrity.doors import DOORS, Door, answers, row
from tests.web.integrity.visitor import FETCH, Visitor

LATER = date(2026, 12, 1)

each_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)


@each_door
def test_no_grade_is_taken_before_the_exam(desk: Desk, door: Door) -> None:
    placement = desk.stage.place(desk.stage.town.person("Sen", "Aman"), day=LATER)
    answer = door(Visitor(desk.teacher()), desk.group.id, placement.id, "A")
    assert answer.status_code == 422
    assert "2026-12-01" in answer.content.decode()
    assert found() == stored()


@each_door
def test_a_decided_grade_is_not_changed(desk: Desk, door: Door) -> None:
    desk.stage.decide(desk.placements[0], "B")
    locked = found()
    answer = door(Visitor(desk.teacher()), desk.group.id, desk.placements[0].id, "A")
    assert answer.status_code == 422
    assert "beslutade B" in answer.content.decode()
    assert found() == locked
    assert locked.decisions == placed(desk, "B", "-", "-")


def test_a_decided_grade_is_not_taken_away_either(desk: Desk) -> None:
    desk.stage.decide(desk.placements[0], "B")
    locked = found()
    visitor = Visitor(desk.teacher())
    sent = row(desk.placements[0].id, "")
    visitor.send(desk.sheet, sent)
    visitor.send(f"{desk.sheet}rader/", sent | {"together": "1"}, headers=FETCH)
    visitor.send(desk.sheet, sent | {"do": "undo", "mine": str(desk.placements[0].id)})
    assert found() == locked


def test_a_placement_that_was_taken_back_takes_no_grade(desk: Desk) -> None:
    placement = desk.placements[0]
    withdraw_placement(
        actor=PROGRAM,
        placement_id=placement.id,
        expected_version=placement.version,
        reason="Fel person",
    )
    given = answers(desk.group.id, placement.id, Visitor(desk.teacher()), "A")
    # The sheet no longer has the row, so nothing of it is read there.
    assert given == {"sheet": 302, "rows": 422, "student": 422, "review": 422}
    assert found() == stored()
