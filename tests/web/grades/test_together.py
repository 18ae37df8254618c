"""Two who decide together, and rektor between them, through the screens."""

import re
from uuid import UUID

from django.test import Client

from provning.grading.models import GradeDecision, GradeOpinion, JointDecider
from tests.web.grades.conftest import Desk, decisions, drafts, reviewed, typed
from tests.web.grades.together import act, disagreeing, save


def page_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def opinions() -> dict[tuple[UUID, str], str]:
    rows = GradeOpinion.objects.values_list("placement_id", "person__given_name", "value")
    return {(placement, name): value for placement, name, value in rows}


def test_the_first_answers_and_the_second_decides(desk: Desk, tomas: Client) -> None:
    karin = desk.teacher()
    save(karin, desk, _0="B", _1="C")
    html = page_of(karin, desk.review)
    assert ("Lämna bedömning av 2 betyg" in html, "Besluta och lås" in html) == (True, False)
    said = act(karin, desk, "answer")
    assert "Din bedömning av 2 betyg är lämnad. Tomas Wallgren ser den och kan besluta." in said
    assert "Väntar på Tomas Wallgren" in said
    assert decisions() == {}
    assert "Väntar på Tomas Wallgren" in page_of(karin, desk.review)
    html = page_of(tomas, desk.review)
    assert "Karin Wallgren: <strong>B</strong>" in html
    assert "2 betyg beslutade och låsta." in act(tomas, desk, "decide")
    assert {value for value, *_rest in decisions().values()} == {"B", "C"}
    assert set(JointDecider.objects.values_list("name", flat=True)) == {"Karin Wallgren"}
    assert opinions() == {}


def test_the_same_answer_sent_twice_is_one(desk: Desk, tomas: Client) -> None:
    karin = desk.teacher()
    save(karin, desk, _0="B")
    sent = reviewed(karin.get(desk.review).content.decode()) | {"do": "answer"}
    for _click in range(2):
        assert karin.post(desk.review, sent).status_code == 302
    assert opinions() == {(desk.placements[0].id, "Karin"): "B"}
    assert tomas.get(desk.review).status_code == 200


def test_nobody_decides_before_the_other_has_answered_also_by_a_direct_post(
    desk: Desk, tomas: Client
) -> None:
    save(tomas, desk, _0="B")
    html = tomas.get(desk.review).content.decode()
    key = desk.placements[0].id
    sent = reviewed(html) | {"do": "decide", f"value-{key}": "B", f"version-{key}": "1"}
    answer = tomas.post(desk.review, sent)
    assert answer.status_code == 422
    assert "Karin Wallgren har inte lämnat sin bedömning" in answer.content.decode()
    assert decisions() == {}


def test_who_holds_another_grade_is_shown_the_first_and_chooses(desk: Desk, tomas: Client) -> None:
    karin = desk.teacher()
    save(karin, desk, _0="B")
    act(karin, desk, "answer")
    html = save(tomas, desk, _0="C")
    assert "Karin Wallgren, som du beslutar tillsammans med, skrev B" in html
    assert drafts() == {desk.placements[0].id: "B"}
    tomas.post(desk.sheet, typed(html) | {"mine": str(desk.placements[0].id)})
    assert drafts() == {desk.placements[0].id: "C"}
    assert opinions() == {(desk.placements[0].id, "Karin"): "B"}


def test_the_form_of_one_person_shows_the_first_grade_too_before_it_is_written_over(
    desk: Desk, tomas: Client
) -> None:
    save(desk.teacher(), desk, _0="B")
    address = f"/betyg/elev/{desk.placements[0].id}/"
    sent = {"value": "C", "expected_version": "1", "do": "save"}
    answer = tomas.post(address, sent)
    html = answer.content.decode()
    assert (answer.status_code, "skrev B" in html) == (422, True)
    assert drafts() == {desk.placements[0].id: "B"}
    hidden = dict(re.findall(r'name="(over_other|expected_version)" value="([^"]*)"', html))
    assert tomas.post(address, sent | hidden).status_code == 302
    assert drafts() == {desk.placements[0].id: "C"}


def test_when_they_disagree_rektor_sees_both_and_chooses(desk: Desk, tomas: Client) -> None:
    disagreeing(desk, tomas)
    assert "Ni är oense: rektor beslutar" in page_of(tomas, desk.review)
    assert "Oense, rektor beslutar: Karin Wallgren B, Tomas Wallgren C" in page_of(
        tomas, desk.sheet
    )
    rektor = desk.principal()
    html = page_of(rektor, desk.review)
    assert "Karin Wallgren: <strong>B</strong>" in html
    assert "Tomas Wallgren: <strong>C</strong>" in html
    key, why = desk.placements[0].id, {"ground": "disagreement", "reason": "Bedömt provet själv"}
    sent = reviewed(rektor.get(desk.review).content.decode()) | why | {f"settle-{key}": "D"}
    kept = rektor.post(desk.review, sent | {"password": "fel"}).content.decode()
    assert '<option value="D" selected>' in kept
    assert (
        "1 betyg beslutat och låst." in rektor.post(desk.review, sent, follow=True).content.decode()
    )
    decision = GradeDecision.objects.get()
    assert (decision.value, decision.ground, decision.decider_role) == (
        "D",
        "disagreement",
        "REKTOR",
    )
    assert opinions() == {}


def test_one_of_them_may_come_over_to_the_other_and_they_decide(desk: Desk, tomas: Client) -> None:
    karin = desk.teacher()
    disagreeing(desk, tomas, karin)
    html = page_of(karin, desk.review)
    assert "Ändra din bedömning till C" in html
    assert "Besluta och lås" not in html
    assert "Ändra din bedömning" not in page_of(tomas, desk.review)
    sent = reviewed(karin.get(desk.review).content.decode())
    assert karin.post(desk.review, sent | {"agree": str(desk.placements[0].id)}).status_code == 302
    assert set(opinions().values()) == {"C"}
    assert "1 betyg beslutat och låst." in act(karin, desk, "decide")
    assert JointDecider.objects.get().name == "Tomas Wallgren"


def test_enter_in_the_password_decides_and_does_nothing_else(desk: Desk, tomas: Client) -> None:
    karin = desk.teacher()
    disagreeing(desk, tomas, karin)
    save(karin, desk, _1="D")
    html = page_of(karin, desk.review)
    form = html[html.index('<form method="post" class="split') :]
    assert re.findall(r'<button[^>]* name="(\w+)" value="([\w-]+)"', form) == [
        ("do", "answer"),
        ("agree", str(desk.placements[0].id)),
        ("do", "answer"),
    ]


def test_rektor_settles_only_what_is_chosen(desk: Desk, tomas: Client) -> None:
    disagreeing(desk, tomas)
    rektor = desk.principal()
    why = {"ground": "disagreement", "reason": "Oense"}
    answer = rektor.post(desk.review, reviewed(rektor.get(desk.review).content.decode()) | why)
    assert answer.status_code == 422
    assert "Skriv in betygen först" in answer.content.decode()
    assert decisions() == {}


def test_rektor_is_offered_the_grounds_that_there_are(desk: Desk, tomas: Client) -> None:
    karin = desk.teacher()
    save(karin, desk, _1="A")
    rektor = desk.principal()

    def grounds() -> list[str]:
        return re.findall(r'name="ground" value="(\w+)"', rektor.get(desk.review).content.decode())

    assert grounds() == ["left", "hindered"]
    disagreeing(desk, tomas, karin)
    assert grounds() == ["disagreement", "left", "hindered"]
    assert tomas.get(desk.review).status_code == 200


def test_answers_ask_for_the_password_too(desk: Desk, tomas: Client) -> None:
    save(tomas, desk, _0="B")
    html = act(tomas, desk, "answer", password="fel")
    assert "Lösenordet stämmer inte." in html
    assert opinions() == {}


def test_the_others_grade_is_written_over_on_the_sheet_only_when_that_is_chosen(
    desk: Desk, tomas: Client
) -> None:
    karin = desk.teacher()
    save(karin, desk, _0="B")
    html = save(tomas, desk, _0="C")
    assert drafts() == {desk.placements[0].id: "B"}
    key = str(desk.placements[0].id)
    row = {f"grade-{key}": "C", f"version-{key}": "1"}
    assert tomas.post(f"{desk.sheet}rader/", row).status_code == 422
    tomas.post(desk.sheet, typed(html) | {"mine": key})
    assert drafts() == {desk.placements[0].id: "C"}
    row = {f"grade-{key}": "A", f"version-{key}": "2"}
    assert karin.post(f"{desk.sheet}rader/", row).status_code == 422
    assert karin.post(f"{desk.sheet}rader/", row | {f"over-{key}": "1"}).status_code == 200
    assert drafts() == {desk.placements[0].id: "A"}
