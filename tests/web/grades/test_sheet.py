"""Registrera betyg: what is typed is kept, never half, never over somebody else unseen."""

from datetime import date

from provning.exams.actions import connect_grading_teacher
from tests.builders import PROGRAM, TODAY
from tests.web.grades.conftest import Desk, decisions, drafts, typed

LATER = date(2026, 12, 1)


def test_typed_grades_are_drafts_until_somebody_decides(desk: Desk) -> None:
    teacher = desk.teacher()
    sent = typed(teacher.get(desk.sheet).content.decode(), _0="c", _2="F")
    answer = teacher.post(desk.sheet, sent, follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain == [(desk.sheet, 302)]
    assert drafts() == {desk.placements[0].id: "C", desk.placements[2].id: "F"}
    assert decisions() == {}
    assert "2 betyg sparade som utkast." in html
    assert list(typed(html).values())[::2] == ["C", "", "F"]


def test_saving_what_stands_there_says_that_nothing_had_changed(desk: Desk) -> None:
    teacher = desk.teacher()
    teacher.post(desk.sheet, typed(teacher.get(desk.sheet).content.decode(), _0="C"))
    answer = teacher.post(desk.sheet, typed(teacher.get(desk.sheet).content.decode()), follow=True)
    assert "Inget hade ändrats." in answer.content.decode()
    assert drafts() == {desk.placements[0].id: "C"}


def test_one_wrong_grade_saves_none_and_keeps_everything_typed(desk: Desk) -> None:
    teacher = desk.teacher()
    sent = typed(teacher.get(desk.sheet).content.decode(), _0="C", _1="G")
    answer = teacher.post(desk.sheet, sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert drafts() == {}
    assert list(typed(html).values())[::2] == ["C", "G", ""]
    assert "Berg, Alva: G finns inte i skalan för kursen" in html
    assert html.count("Inte sparat än") == 1


def test_who_typed_meanwhile_is_named_and_one_button_keeps_each_grade(desk: Desk) -> None:
    teacher, administrator = desk.teacher(), desk.administrator()
    page = teacher.get(desk.sheet).content.decode()
    administrator.post(desk.sheet, typed(page, _0="B"))
    answer = teacher.post(desk.sheet, typed(page, _0="C", _1="D"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Någon annan hann före" in html
    assert "Lena Sandström skrev B" in html
    assert "Ditt betyg C är inte sparat" in html
    assert ("Behåll B" in html, "Spara C" in html) == (True, True)
    assert drafts() == {desk.placements[0].id: "B"}
    key = str(desk.placements[0].id)
    teacher.post(desk.sheet, typed(html) | {"keep": key})
    assert drafts() == {desk.placements[0].id: "B", desk.placements[1].id: "D"}
    teacher.post(desk.sheet, typed(html) | {"mine": key})
    assert drafts() == {desk.placements[0].id: "C", desk.placements[1].id: "D"}


def test_ones_own_grade_goes_over_only_what_the_conflict_has_shown(desk: Desk) -> None:
    teacher, administrator = desk.teacher(), desk.administrator()
    page = teacher.get(desk.sheet).content.decode()
    administrator.post(desk.sheet, typed(page, _0="B"))
    html = teacher.post(desk.sheet, typed(page, _0="C")).content.decode()
    administrator.post(desk.sheet, typed(administrator.get(desk.sheet).content.decode(), _0="A"))
    answer = teacher.post(desk.sheet, typed(html) | {"mine": str(desk.placements[0].id)})
    assert answer.status_code == 422
    assert "Lena Sandström skrev A" in answer.content.decode()
    assert drafts() == {desk.placements[0].id: "A"}


def test_a_group_without_teacher_is_not_ready_and_takes_no_grade(desk: Desk) -> None:
    page = desk.administrator().get(desk.sheet).content.decode()
    connect_grading_teacher(
        actor=PROGRAM,
        group_id=desk.group.id,
        teacher_id=None,
        expected_version=desk.group.version,
        today=TODAY,
    )
    administrator = desk.administrator()
    html = administrator.get(desk.sheet).content.decode()
    assert "Gruppen är inte klar: den saknar betygssättande lärare" in html
    assert typed(html) == {}
    answer = administrator.post(desk.sheet, typed(page, _0="C"))
    assert answer.status_code == 422
    assert drafts() == {}


def test_no_grade_is_typed_before_the_exam(desk: Desk) -> None:
    placement = desk.stage.place(desk.stage.town.person("Sen", "Aman"), day=LATER)
    teacher = desk.teacher()
    html = teacher.get(desk.sheet).content.decode()
    assert f"grade-{placement.id}" not in html
    assert "Kan sättas från 2026-12-01" in html
    answer = teacher.post(desk.sheet, {f"grade-{placement.id}": "C"})
    assert answer.status_code == 422
    assert "Prövningen görs den 2026-12-01" in answer.content.decode()
    assert drafts() == {}


def test_a_protected_person_stands_last_without_name_and_number(desk: Desk) -> None:
    number = next(desk.stage.town.numbers)
    person = desk.stage.town.person("Abel", "Aalto", number=number, protection="Sekretessmarkering")
    placement = desk.stage.place(person)
    html = desk.teacher().get(desk.sheet).content.decode()
    assert ("Aalto" in html, number[2:8] in html) == (False, False)
    assert list(typed(html))[-2] == f"grade-{placement.id}"
    assert "Skyddad identitet" in html


def test_a_decided_row_is_locked(desk: Desk) -> None:
    desk.stage.decide(desk.placements[0], "B")
    teacher = desk.teacher()
    html = teacher.get(desk.sheet).content.decode()
    assert f"grade-{desk.placements[0].id}" not in html
    assert "Beslutat av Karin Wallgren" in html
    answer = teacher.post(desk.sheet, {f"grade-{desk.placements[0].id}": "A"})
    assert answer.status_code == 422
    assert "Karin Wallgren beslutade B" in answer.content.decode()
    assert decisions()[desk.placements[0].id][0] == "B"


def test_a_principal_reads_what_is_typed_but_types_nothing(desk: Desk) -> None:
    teacher, principal = desk.teacher(), desk.principal()
    page = teacher.get(desk.sheet).content.decode()
    teacher.post(desk.sheet, typed(page, _0="C"))
    html = principal.get(desk.sheet).content.decode()
    assert typed(html) == {}
    assert f'href="{desk.review}"' in html
    assert principal.post(desk.sheet, typed(page, _0="A")).status_code == 403
    assert drafts() == {desk.placements[0].id: "C"}


def test_another_providers_group_does_not_exist(desk: Desk) -> None:
    stage, teacher = desk.stage, desk.teacher()
    examinee = stage.town.person(at=stage.town.contracted)
    other = stage.place(examinee, stage.other_group)
    address = f"/betyg/{stage.other_group.id}/"
    for client in (teacher, desk.administrator()):
        assert client.get(address).status_code == 404
        assert client.post(address, {f"grade-{other.id}": "C"}).status_code == 404
        assert client.get(f"/betyg/elev/{other.id}/").status_code == 404
        sent = {"value": "C", "expected_version": 0}
        assert client.post(f"/betyg/elev/{other.id}/", sent).status_code == 404
    assert teacher.get(f"{address}granska/").status_code == 404
    assert drafts() == {}


def test_another_groups_placement_is_not_read_from_the_form(desk: Desk) -> None:
    town = desk.stage.town
    other = desk.stage.place(town.person(at=town.contracted), desk.stage.other_group)
    teacher = desk.teacher()
    teacher.post(desk.sheet, {f"grade-{other.id}": "C"})
    assert drafts() == {}
