"""Changing the date and taking a placement back: with the version seen, never after a decision."""

from datetime import date

from provning.exams.actions import change_exam_date
from provning.exams.models import Placement
from tests.builders import TODAY
from tests.web.stage import EXAM_DAY, Stage

OTHER_DAY = date(2026, 11, 19)


def date_address(placement: Placement) -> str:
    return f"/elever/placering/{placement.id}/datum/"


def withdraw_address(placement: Placement) -> str:
    return f"/elever/placering/{placement.id}/ta-tillbaka/"


def stored(placement: Placement) -> tuple[date, str, int]:
    placement.refresh_from_db()
    return placement.exam_date, placement.outcome, placement.version


def test_the_date_is_changed(stage: Stage) -> None:
    placement = stage.place(stage.town.person())
    sent = {"expected_version": 1, "exam_date": "2026-11-19"}
    answer = stage.client().post(date_address(placement), sent, follow=True)
    assert stored(placement) == (OTHER_DAY, "", 2)
    assert "Prövningsdatum i PRÖ:KC26HTMAT03B är nu 2026-11-19." in answer.content.decode()


def test_who_was_first_is_named_and_the_typed_date_stays_with_a_choice(stage: Stage) -> None:
    placement = stage.place(stage.town.person())
    change_exam_date(
        actor=stage.town.admin,
        placement_id=placement.id,
        expected_version=1,
        exam_date=OTHER_DAY,
        today=TODAY,
    )
    client = stage.client()
    sent = {"expected_version": 1, "exam_date": "2026-12-01"}
    answer = client.post(date_address(placement), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Någon annan hann före" in html
    assert stage.town.admin.name in html
    assert 'value="2026-12-01"' in html
    assert 'name="expected_version" value="2"' in html
    assert "Behåll 2026-11-19" in html
    assert stored(placement) == (OTHER_DAY, "", 2)
    client.post(date_address(placement), sent | {"expected_version": 2})
    assert stored(placement) == (date(2026, 12, 1), "", 3)


def test_a_placement_is_taken_back_with_its_reason_and_stays_in_the_plan(stage: Stage) -> None:
    person = stage.town.person()
    placement, client = stage.place(person), stage.client()
    sent = {"expected_version": 1, "reason": "Fel person"}
    for _click in range(2):
        answer = client.post(withdraw_address(placement), sent, follow=True)
    html = answer.content.decode()
    assert stored(placement) == (EXAM_DAY, "withdrawn", 2)
    assert "Återtaget och rättat" in html
    assert "Fel person" in html


def test_taking_back_asks_why(stage: Stage) -> None:
    placement = stage.place(stage.town.person())
    answer = stage.client().post(withdraw_address(placement), {"expected_version": 1})
    assert answer.status_code == 422
    assert stored(placement) == (EXAM_DAY, "", 1)


def test_after_a_decision_the_pages_explain_rattelse_and_change_nothing(stage: Stage) -> None:
    placement = stage.place(stage.town.person())
    stage.decide(placement, "C")
    client = stage.client()
    for address, sent in (
        (date_address(placement), {"exam_date": "2026-11-19"}),
        (withdraw_address(placement), {"reason": "Fel"}),
    ):
        assert "rättas betyget" in client.get(address).content.decode()
        refused = client.post(address, {"expected_version": 1, **sent})
        assert refused.status_code == 422
        assert "Betyget i PRÖ:KC26HTMAT03B är beslutat" in refused.content.decode()
    assert stored(placement) == (EXAM_DAY, "", 1)


def test_another_providers_placement_does_not_exist(stage: Stage) -> None:
    placement = stage.place(stage.town.person(at=stage.town.contracted), stage.other_group)
    client = stage.client()
    for address in (date_address(placement), withdraw_address(placement)):
        sent = {"expected_version": 1, "exam_date": "2026-11-19", "reason": "Fel"}
        assert client.get(address).status_code == 404
        assert client.post(address, sent).status_code == 404
    assert stored(placement) == (EXAM_DAY, "", 1)
