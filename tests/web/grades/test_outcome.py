"""Why a prövning gave no grade (cases 36 and 54–56), through the screens."""

import re

import pytest

from provning.exams.actions import record_outcome
from provning.exams.models import Placement
from tests.builders import PROGRAM, TODAY
from tests.web.grades.conftest import Desk, decisions, drafts, typed


def address(desk: Desk) -> str:
    return f"/betyg/elev/{desk.placements[0].id}/utfall/"


def outcome(desk: Desk) -> tuple[str, str]:
    stored = Placement.objects.get(pk=desk.placements[0].pk)
    return stored.outcome, stored.outcome_reason


def test_that_somebody_did_not_come_is_noted_and_taken_back(desk: Desk) -> None:
    teacher = desk.teacher()
    sheet = teacher.get(desk.sheet).content.decode()
    assert f'href="{address(desk)}"' in sheet
    html = teacher.get(address(desk)).content.decode()
    assert re.findall(r'name="outcome" value="(\w+)"', html) == [
        "absent",
        "incomplete",
        "no_identification",
    ]
    sent = {"outcome": "absent", "expected_version": "1", "do": "record"}
    page = teacher.post(address(desk), sent, follow=True).content.decode()
    assert "Antecknat. Inget betyg sätts för prövningen." in page
    assert "Kom inte." in page
    assert outcome(desk) == ("absent", "")
    assert len(typed(teacher.get(desk.sheet).content.decode())) == 4
    page = teacher.post(
        address(desk), {"expected_version": "2", "do": "clear"}, follow=True
    ).content.decode()
    assert "Betyg kan sättas." in page
    assert outcome(desk) == ("", "")


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(desk: Desk) -> None:
    teacher = desk.teacher()
    answer = teacher.post(address(desk), {"outcome": "incomplete", "expected_version": "1"})
    html = answer.content.decode()
    assert (answer.status_code, html.count("Skriv vilka delar som inte gjordes.")) == (422, 2)
    assert 'value="incomplete" id="id_outcome_1" checked' in " ".join(html.split())
    sent = {"outcome": "incomplete", "reason": "Labben", "expected_version": "1"}
    assert teacher.post(address(desk), sent).status_code == 302
    assert outcome(desk) == ("incomplete", "Labben")


@pytest.mark.parametrize("value", ["", "F", "-", "withdrawn"])
def test_an_outcome_is_never_a_grade(desk: Desk, value: str) -> None:
    answer = desk.teacher().post(address(desk), {"outcome": value, "expected_version": "1"})
    assert answer.status_code == 422
    assert outcome(desk) == ("", "")


def test_beside_a_typed_grade_nothing_is_noted_and_beside_a_decided_one_neither(
    desk: Desk,
) -> None:
    teacher = desk.teacher()
    teacher.post(desk.sheet, typed(teacher.get(desk.sheet).content.decode(), _0="B"))
    sent = {"outcome": "absent", "expected_version": "1"}
    answer = teacher.post(address(desk), sent)
    assert answer.status_code == 422
    assert "Ett betyg är inskrivet för prövningen." in answer.content.decode()
    assert drafts() == {desk.placements[0].id: "B"}
    desk.stage.decide(desk.placements[0], "B")
    answer = teacher.post(address(desk), sent)
    assert answer.status_code == 422
    assert "är beslutat" in answer.content.decode()
    assert outcome(desk) == ("", "")
    assert [value for value, *_rest in decisions().values()] == ["B"]


def test_a_note_that_somebody_else_made_meanwhile_is_shown(desk: Desk) -> None:
    record_outcome(
        actor=PROGRAM,
        placement_id=desk.placements[0].id,
        expected_version=1,
        outcome="absent",
        today=TODAY,
    )
    teacher = desk.teacher()
    answer = teacher.post(address(desk), {"outcome": "no_identification", "expected_version": "1"})
    html = answer.content.decode()
    assert (answer.status_code, "Testet ändrade uppgifterna" in html) == (422, True)
    assert 'name="expected_version" value="2"' in html
    assert outcome(desk) == ("absent", "")


def test_who_does_not_grade_notes_nothing(desk: Desk) -> None:
    sent = {"outcome": "absent", "expected_version": "1"}
    assert desk.principal().post(address(desk), sent).status_code == 403
    assert desk.stage.client().post(address(desk), sent).status_code == 403
    assert outcome(desk) == ("", "")
    assert desk.administrator().post(address(desk), sent).status_code == 302
    assert outcome(desk) == ("absent", "")
