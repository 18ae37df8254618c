"""The study plan, the grade sheet and the person's pages say what stands and what does not."""

from datetime import date

from django.test import Client

from provning.exams.actions import place_student
from tests.builders import PROGRAM, TODAY
from tests.web.corrections.conftest import FACTS, Case, address_of, form_of, heard, read, words

DAY = "2026-11-10"


def correct(case: Case, value: str = "C", **changes: str) -> None:
    rektor = case.desk.principal()
    address = f"{address_of(case.last.pk)}ratta/"
    html = rektor.get(address).content.decode()
    assert rektor.post(address, heard(html, value=value, **changes)).status_code == 302


def plan(client: Client, case: Case) -> str:
    return read(client, f"/elever/{case.desk.placements[0].person_id}/")


def test_a_correction_in_place_shows_both_grades_in_the_study_plan(case: Case) -> None:
    correct(case)
    text = plan(case.desk.stage.client(), case)
    assert "D, ersatt C, beslutat Prövning" in text
    assert "Rättelse. Tidigare betyg D från 2026-11-12" in text
    assert "Återtaget och rättat" not in text


def test_an_ändring_says_which_act_it_was(case: Case) -> None:
    teacher = case.desk.teacher()
    html = teacher.get(f"{case.address}andra/").content.decode()
    teacher.post(f"{case.address}andra/", form_of(html) | {"value": "B", "reason": FACTS})
    assert "Ändring. Tidigare betyg D från 2026-11-12" in plan(case.desk.stage.client(), case)


def test_a_moved_grade_stands_in_its_right_place_and_struck_through_in_the_old(case: Case) -> None:
    """Domain 7.2 case 18: both rows are there, and the old one says Rättad."""
    correct(case, exam_date=DAY)
    first = case.first
    text = plan(case.desk.stage.client(), case)
    assert "C, beslutat Prövning" in text
    assert "Återtaget och rättat" in text
    assert "D, ersatt Rättad: C i MATMAT03b från 2026-11-10" in text
    html = case.desk.stage.client().get(f"/elever/{first.placement.person_id}/").content.decode()
    assert {address_of(each) in html for each in (first.pk, case.last.pk)} == {True}


def test_the_plan_leads_to_the_decision(case: Case) -> None:
    client = case.desk.stage.client()
    html = client.get(f"/elever/{case.first.placement.person_id}/").content.decode()
    assert f'<a href="{case.address}">Visa beslutet' in html


def test_the_highest_of_several_grades_is_marked(case: Case) -> None:
    """Domain 7.5 cases 57 and 58: every attempt stays, the highest is told."""
    stage = case.desk.stage
    assert "Högsta betyget här i kursen" not in plan(stage.client(), case)
    again = place_student(
        actor=PROGRAM,
        group_id=case.group.id,
        person_id=case.desk.placements[0].person_id,
        exam_date=date(2026, 9, 1),
        override_reason="Nytt försök",
        today=TODAY,
    )
    stage.decide(again, "F")

    text = plan(stage.client(), case)

    assert ("F, beslutat" in text, "D, beslutat" in text) == (True, True)
    assert text.count("Högsta betyget här i kursen") == 1
    assert text.index("D, beslutat") < text.index("Högsta betyget här i kursen")


def test_the_sheet_shows_what_was_corrected_and_leads_to_the_decision(case: Case) -> None:
    correct(case)
    teacher = case.desk.teacher()
    html = teacher.get(case.desk.sheet).content.decode()
    assert "Rättelse. Tidigare betyg D från 2026-11-12" in words(html)
    assert f'href="{address_of(case.last.pk)}"' in html
    assert "Rättat bort från gruppen" not in html


def test_the_sheet_keeps_what_was_moved_away_struck_through(case: Case) -> None:
    right = case.desk.stage.new_group("ENGENG06")
    correct(case, group=str(right.id))
    teacher = case.desk.teacher()
    text = read(teacher, case.desk.sheet)
    assert (
        "D, ersatt C, beslutat ENGENG06 från 2026-11-12, av Rut Hedin Visa beslutet Ahmadi, Nilofar"
    ) in text
    assert "Rättat bort från gruppen" not in read(case.desk.administrator(), f"/betyg/{right.id}/")


def test_the_persons_history_tells_of_the_correction(case: Case) -> None:
    correct(case, exam_date=DAY)
    person = case.first.placement.person_id
    text = read(case.desk.stage.client(), f"/elever/{person}/historik/")
    assert (
        "Rättelse av Rut Hedin: D i MATMAT03b från 2026-11-12 blev C i MATMAT03b från 2026-11-10."
    ) in text


def test_a_decided_placement_that_cannot_be_moved_leads_to_the_decision(case: Case) -> None:
    placement = case.desk.placements[0]
    html = case.desk.stage.client().get(f"/elever/placering/{placement.id}/datum/").content.decode()
    assert f'href="{case.address}"' in html


def test_one_persons_grade_leads_to_the_decision(case: Case) -> None:
    placement = case.desk.placements[0]
    html = case.desk.teacher().get(f"/betyg/elev/{placement.id}/").content.decode()
    assert f'href="{case.address}"' in html
