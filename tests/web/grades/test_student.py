"""Registrera betyg på elevnivå: one person, the values of the scale, the same rules."""

from datetime import date

from provning.courses.models import Course
from provning.grading.actions import save_draft
from provning.grading.models import GradeDecision
from tests.builders import TODAY, actor
from tests.web.grades.conftest import Desk, decisions, drafts, reviewed


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


def register(desk: Desk, code: str, kind: str = "course") -> str:
    """Let the group be in another course, and return the first examinee's form."""
    Course.objects.filter(pk=desk.group.course_id).update(
        code=code, key=code, kind=kind, scale_family="diploma" if kind == "diploma" else "gy"
    )
    return address(desk)


PROJECT = {
    "project_title": "Ett badrum utan fukt",
    "project_summary": "Planering och utförande av ett våtrum.",
    "co_assessor": "Eva Ek, Rör & Kakel AB",
}


def test_a_komvuxarbete_asks_for_title_summary_and_medbedomare_before_the_review(
    desk: Desk,
) -> None:
    form, teacher = register(desk, "KVARFS", "diploma"), desk.teacher()
    sent = {"value": "E", "expected_version": "0"}
    answer = teacher.post(form, sent | {"do": "review"})
    html = answer.content.decode()
    assert answer.status_code == 422
    for said in ("Fyll i komvuxarbetets titel.", "Fyll i sammanfattning.", "Fyll i medbedömare"):
        assert html.count(said) == 2
    assert drafts() == {}
    answer = teacher.post(form, sent | {"do": "save", "project_title": "Ett badrum"})
    assert answer.status_code == 302
    sheet = teacher.get(desk.sheet).content.decode()
    assert "Uppgifter saknas" in sheet
    assert f'<a href="{form}">Fyll i<span' in sheet
    review = teacher.get(desk.review).content.decode()
    assert "Saknar uppgifter" in review
    assert "Skriv en sammanfattning av komvuxarbetet, högst 240 tecken." in review
    assert "Det finns inget att besluta nu" in review
    sent = {"value": "E", "expected_version": "1", "do": "review"} | PROJECT
    page = teacher.post(form, sent, follow=True).content.decode()
    assert "Medbedömare: Eva Ek, Rör &amp; Kakel AB" in page
    teacher.post(desk.review, reviewed(page))
    decision = GradeDecision.objects.get()
    assert {name: getattr(decision, name) for name in PROJECT} == PROJECT


def test_a_course_ending_in_s_asks_for_its_specialisation_and_no_other_does(desk: Desk) -> None:
    teacher = desk.teacher()
    plain = teacher.get(address(desk)).content.decode()
    assert ('name="specialisation"' in plain, 'id="id_language"' in plain) == (False, False)
    form = register(desk, "ADMADM00S")
    assert 'name="specialisation"' in teacher.get(form).content.decode()
    long = {"value": "C", "expected_version": "0", "specialisation": "x" * 201}
    answer = teacher.post(form, long)
    assert answer.status_code == 422
    assert "Texten har 201 tecken. Korta den till högst 200." in answer.content.decode()
    assert "x" * 201 in answer.content.decode()


def test_use_of_the_exception_is_ticked_shown_in_the_review_and_kept(desk: Desk) -> None:
    form, teacher = address(desk), desk.teacher()
    assert "Skriv ingenting om hälsa" in teacher.get(form).content.decode()
    sent = {"value": "E", "expected_version": "0", "exception_used": "on", "do": "review"}
    page = teacher.post(form, sent, follow=True).content.decode()
    assert "Undantagsbestämmelsen: har använts" in page
    teacher.post(desk.review, reviewed(page))
    decision = GradeDecision.objects.get()
    assert (decision.exception_used, decision.decided_by_name) == (True, "Karin Wallgren")
    assert "<dd>har använts</dd>" in teacher.get(form).content.decode()


def test_what_stands_beside_the_grade_is_read_before_it_is_decided(desk: Desk) -> None:
    form, teacher = address(desk), desk.teacher()
    teacher.post(form, {"value": "E", "expected_version": "0"})
    read = reviewed(teacher.get(desk.review).content.decode())
    teacher.post(form, {"value": "E", "expected_version": "1", "exception_used": "on"})
    answer = teacher.post(desk.review, read)
    assert answer.status_code == 422
    assert "Karin Wallgren sparade uppgifterna på nytt" in answer.content.decode()
    assert decisions() == {}
