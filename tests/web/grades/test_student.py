"""Registrera betyg på elevnivå: one person, the values of the scale, the same rules."""

from datetime import date

from provning.grading.actions import save_draft
from tests.builders import TODAY, actor
from tests.web.grades.conftest import Desk, drafts


def address(desk: Desk, place: int = 0) -> str:
    return f"/betyg/elev/{desk.placements[place].id}/"


def test_the_scale_is_offered_and_the_date_is_shown_never_typed(desk: Desk) -> None:
    html = desk.teacher().get(address(desk)).content.decode()
    values = [each.split('"')[0] for each in html.split('type="radio" name="value" value="')[1:]]
    assert values == ["A", "B", "C", "D", "E", "F", "none"]
    assert "2026-11-12" in html
    assert 'type="date"' not in html


def test_a_grade_is_saved_and_goes_on_to_its_own_review(desk: Desk) -> None:
    teacher = desk.teacher()
    sent = {"value": "D", "expected_version": 0, "do": "review"}
    answer = teacher.post(address(desk), sent)
    review = f"{desk.review}?placering={desk.placements[0].id}"
    assert answer.headers["Location"] == review
    assert drafts() == {desk.placements[0].id: "D"}


def test_a_draft_is_taken_away_again(desk: Desk) -> None:
    teacher = desk.teacher()
    teacher.post(address(desk), {"value": "D", "expected_version": 0})
    teacher.post(address(desk), {"value": "none", "expected_version": 1})
    assert drafts() == {desk.placements[0].id: ""}


def test_a_value_outside_the_scale_is_refused(desk: Desk) -> None:
    answer = desk.teacher().post(address(desk), {"value": "G", "expected_version": 0})
    assert answer.status_code == 422
    assert drafts() == {}


def test_who_was_first_is_named_and_the_choice_stays(desk: Desk) -> None:
    teacher, town = desk.teacher(), desk.stage.town
    save_draft(
        actor=actor("grade_administrator", town.admin.grants[0].scope.kind, town.own),
        placement_id=desk.placements[0].id,
        value="B",
        expected_version=0,
        today=TODAY,
    )
    answer = teacher.post(address(desk), {"value": "D", "expected_version": 0})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Betygsadministratör skrev B" in html
    assert 'name="expected_version" value="1"' in html
    assert html.count("checked") == 1
    assert teacher.post(address(desk), {"value": "D", "expected_version": 1}).status_code == 302
    assert drafts() == {desk.placements[0].id: "D"}


def test_a_decided_grade_is_shown_and_locked(desk: Desk) -> None:
    desk.stage.decide(desk.placements[0], "B")
    teacher = desk.teacher()
    html = teacher.get(address(desk)).content.decode()
    assert "Betyget är beslutat och låst" in html
    assert 'name="value"' not in html
    answer = teacher.post(address(desk), {"value": "A", "expected_version": 0})
    assert answer.status_code == 422
    assert drafts() == {}


def test_before_the_exam_the_page_says_from_when(desk: Desk) -> None:
    placement = desk.stage.place(desk.stage.town.person(), day=date(2026, 12, 1))
    html = desk.teacher().get(f"/betyg/elev/{placement.id}/").content.decode()
    assert "Prövningen görs den 2026-12-01" in html
    assert 'name="value"' not in html
