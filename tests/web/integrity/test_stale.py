"""What was read some time ago, and what is sent twice."""

from tests.web.grades.conftest import Desk, placed, reviewed, typed
from tests.web.integrity.conftest import found, grades_in, stored
from tests.web.integrity.visitor import FETCH, Visitor

DRAFTED, DECIDED = "grades_drafted", "grades_decided"


def test_a_stale_form_overwrites_nobody_and_keeps_what_was_typed(desk: Desk) -> None:
    teacher, administrator = Visitor(desk.teacher()), Visitor(desk.administrator())
    stale = teacher.page(desk.sheet)
    administrator.send(desk.sheet, typed(administrator.page(desk.sheet), _0="B", _1="D"))
    answer = teacher.send(desk.sheet, typed(stale, _0="A", _1="D", _2="E"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Ahmadi, Nilofar: Lena Sandström skrev B" in html
    assert grades_in(html) == ["A", "D", "E"]
    assert found() == stored(DRAFTED, drafts=placed(desk, "B", "D", "-"))


def test_a_draft_save_sent_again_saves_once(desk: Desk) -> None:
    teacher = Visitor(desk.teacher())
    sent = typed(teacher.page(desk.sheet), _0="A", _2="F")
    for _click in range(2):
        assert teacher.send(desk.sheet, sent).status_code == 302
    assert found() == stored(DRAFTED, drafts=placed(desk, "A", "-", "F"))


def test_a_row_sent_again_after_it_was_changed_does_not_bring_the_old_one_back(
    desk: Desk,
) -> None:
    teacher, rows = Visitor(desk.teacher()), f"{desk.sheet}rader/"
    key = desk.placements[0].id
    old = {f"grade-{key}": "A", f"version-{key}": "0"}
    assert teacher.send(rows, old, headers=FETCH).status_code == 200
    new = {f"grade-{key}": "B", f"version-{key}": "1"}
    assert teacher.send(rows, new, headers=FETCH).status_code == 200
    assert teacher.send(rows, old, headers=FETCH).status_code == 422
    assert found() == stored(DRAFTED, DRAFTED, drafts=placed(desk, "B", "-", "-"))


def test_a_decision_sent_again_decides_once(desk: Desk) -> None:
    teacher = Visitor(desk.teacher())
    teacher.send(desk.sheet, typed(teacher.page(desk.sheet), _0="A", _1="C"))
    sent = reviewed(teacher.page(desk.review))
    for _click in range(3):
        answer = teacher.send(desk.review, sent, follow=True)
        assert "2 betyg beslutade och låsta." in answer.content.decode()
    assert found() == stored(DRAFTED, DECIDED, decisions=placed(desk, "A", "C", "-"))


def test_a_decision_is_not_used_again_for_other_grades(desk: Desk) -> None:
    teacher = Visitor(desk.teacher())
    teacher.send(desk.sheet, typed(teacher.page(desk.sheet), _0="A"))
    sent = reviewed(teacher.page(desk.review))
    teacher.send(desk.review, sent)
    third = desk.placements[2].id
    teacher.send(desk.review, sent | {f"value-{third}": "B"}, follow=True)
    assert found() == stored(DRAFTED, DECIDED, decisions=placed(desk, "A", "-", "-"))
