"""Granska och besluta: what was read is decided, once, by the one who may."""

from uuid import uuid4

from provning.audit.models import AuditEvent
from provning.exams.models import ExamGroup
from provning.grading.models import GradeDecision
from provning.people.models import Person
from tests.web.grades.conftest import Desk, decisions, drafts, reviewed, typed
from tests.web.stage import Stage


def drafted(desk: Desk, **changes: str) -> None:
    """Let the administrator type grades for the teacher."""
    administrator = desk.administrator()
    administrator.post(desk.sheet, typed(administrator.get(desk.sheet).content.decode(), **changes))


def test_the_teacher_decides_what_the_administrator_typed_and_both_are_kept(desk: Desk) -> None:
    drafted(desk, _0="B", _1="F")
    teacher = desk.teacher()
    html = teacher.get(desk.review).content.decode()
    assert ("Ahmadi, Nilofar" in html, "Får inget betyg nu" in html) == (True, True)
    answer = teacher.post(desk.review, reviewed(html), follow=True)
    assert "2 betyg beslutade och låsta." in answer.content.decode()
    first, second, _third = (placement.id for placement in desk.placements)
    assert decisions() == {
        first: ("B", "Karin Wallgren", "Lena Sandström"),
        second: ("F", "Karin Wallgren", "Lena Sandström"),
    }
    assert drafts() == {}


def test_the_same_form_twice_makes_one_decision_and_no_fuss(desk: Desk) -> None:
    drafted(desk, _0="B")
    teacher = desk.teacher()
    sent = reviewed(teacher.get(desk.review).content.decode())
    for _click in range(2):
        answer = teacher.post(desk.review, sent, follow=True)
        assert answer.status_code == 200
        assert "1 betyg beslutat och låst." in answer.content.decode()
    assert GradeDecision.objects.count() == 1
    assert AuditEvent.objects.filter(name="grades_decided").count() == 1


def test_a_grade_that_changed_after_it_was_read_is_not_decided(desk: Desk) -> None:
    drafted(desk, _0="B", _1="C")
    teacher = desk.teacher()
    sent = reviewed(teacher.get(desk.review).content.decode())
    drafted(desk, _0="A")
    answer = teacher.post(desk.review, sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Ahmadi, Nilofar: Lena Sandström skrev A" in html
    assert "men du läste B" in html
    assert decisions() == {}
    assert teacher.post(desk.review, reviewed(html)).status_code == 302
    assert [value for value, *_rest in decisions().values()] == ["A", "C"]


def test_a_principal_says_why_it_is_not_the_teacher_who_decides(desk: Desk) -> None:
    drafted(desk, _0="B")
    principal = desk.principal()
    html = principal.get(desk.review).content.decode()
    assert "Varför beslutar rektor?" in html
    answer = principal.post(desk.review, reviewed(html))
    assert answer.status_code == 422
    assert decisions() == {}
    why = {"ground": "hindered", "reason": "Läraren har slutat."}
    sent = reviewed(answer.content.decode()) | why
    assert principal.post(desk.review, sent).status_code == 302
    decision = GradeDecision.objects.get()
    assert (decision.decider_role, decision.decided_by_name) == ("REKTOR", "Rut Hedin")
    assert (decision.ground, decision.reason) == ("hindered", "Läraren har slutat.")
    event = AuditEvent.objects.latest("number")
    assert (event.name, event.reason) == ("grades_decided", "Läraren har slutat.")


def test_who_only_types_decides_nothing(desk: Desk) -> None:
    drafted(desk, _0="B")
    administrator = desk.administrator()
    sent = {"submission": str(uuid4()), f"value-{desk.placements[0].id}": "B"}
    assert administrator.get(desk.review).status_code == 403
    assert administrator.post(desk.review, sent).status_code == 403
    assert decisions() == {}


def test_without_anything_typed_there_is_nothing_to_decide(desk: Desk) -> None:
    teacher = desk.teacher()
    html = teacher.get(desk.review).content.decode()
    assert "Det finns inget utkast att besluta" in html
    answer = teacher.post(desk.review, {"submission": str(uuid4())})
    assert answer.status_code == 422
    assert decisions() == {}


def test_one_persons_grade_is_decided_alone(desk: Desk) -> None:
    drafted(desk, _0="B", _1="C")
    teacher, second = desk.teacher(), desk.placements[1].id
    address = f"{desk.review}?placering={second}"
    html = teacher.get(address).content.decode()
    assert "Ahmadi" not in html
    teacher.post(address, reviewed(html))
    assert list(decisions()) == [second]
    assert drafts() == {desk.placements[0].id: "B"}


def test_deciding_asks_for_the_password_again_and_keeps_what_was_typed(desk: Desk) -> None:
    drafted(desk, _0="B")
    principal = desk.principal()
    why = {"ground": "hindered", "reason": "Karin har slutat."}
    sent = reviewed(principal.get(desk.review).content.decode()) | why
    for password, said in (("", "Skriv ditt lösenord."), ("fel lösenord", "stämmer inte")):
        answer = principal.post(desk.review, sent | {"password": password})
        html = answer.content.decode()
        assert (answer.status_code, html.count(said)) == (422, 2)
        assert ("Karin har slutat." in html, "fel lösenord" in html) == (True, False)
    assert decisions() == {}
    assert list(AuditEvent.objects.filter(name__startswith="pass").values_list("name")) == [
        ("password_refused",)
    ]
    assert principal.post(desk.review, sent).status_code == 302
    assert [value for value, *_rest in decisions().values()] == ["B"]


def test_the_password_is_asked_for_before_a_form_that_was_sent_before_is_answered(
    desk: Desk,
) -> None:
    drafted(desk, _0="B")
    teacher = desk.teacher()
    sent = reviewed(teacher.get(desk.review).content.decode())
    assert teacher.post(desk.review, sent).status_code == 302
    assert teacher.post(desk.review, sent | {"password": ""}).status_code == 422


def test_how_a_grade_was_typed_anew_is_shown_before_it_is_decided(desk: Desk) -> None:
    drafted(desk, _0="B", _1="C")
    drafted(desk, _0="A")
    html = " ".join(desk.teacher().get(desk.review).content.decode().split())
    assert html.count("Ändrat från B till A av Lena Sandström, <time") == 1
    assert "<dt>Ändrade efter första inskrivningen</dt><dd>1</dd>" in html


def test_case_67_what_looks_registered_twice_is_flagged_and_needs_a_reason(desk: Desk) -> None:
    stage, first = desk.stage, desk.placements[0]
    second = stage.town.teacher("Tomas")
    group = stage.new_group("MATMAT03b")
    ExamGroup.objects.filter(pk=group.pk).update(grading_teacher=second)
    placed = stage.place(Person.objects.get(pk=first.person_id), group)
    Desk(Stage(stage.town, stage.courses, group, group, second)).stage.decide(placed, "D")
    drafted(desk, _0="B")
    teacher = desk.teacher()
    html = teacher.get(desk.review).content.decode()
    assert html.count("Kan vara registrerad två gånger") == 1
    answer = teacher.post(desk.review, reviewed(html))
    assert answer.status_code == 422
    assert "Ahmadi, Nilofar: Personen har redan ett beslutat betyg" in answer.content.decode()
    sent = reviewed(html) | {"override_reason": "Två skilda prövningar samma dag"}
    assert teacher.post(desk.review, sent).status_code == 302
    event = AuditEvent.objects.latest("number")
    assert (event.name, event.reason) == ("grades_decided", "Två skilda prövningar samma dag")


def test_case_29_the_deceased_are_left_with_the_reason(desk: Desk) -> None:
    drafted(desk, _0="B", _1="C")
    Person.objects.filter(pk=desk.placements[0].person_id).update(status="Avliden")
    teacher = desk.teacher()
    html = teacher.get(desk.review).content.decode()
    assert "Personen är avliden enligt registret." in html
    sent = reviewed(html)
    sent[f"value-{desk.placements[0].id}"] = "B"
    assert teacher.post(desk.review, sent).status_code == 422
    assert decisions() == {}
