"""Ändra: by who decided, or rektor on a ground, and never downwards."""

from uuid import uuid4

from provning.grading.models import GradeDecision
from provning.people.models import Duty
from tests.web.corrections.conftest import FACTS, Case, address_of, form_of, heard, read, words


def test_the_teacher_who_decided_raises_it(case: Case) -> None:
    teacher = case.desk.teacher()
    html = teacher.get(f"{case.address}andra/").content.decode()
    assert "Betyget blir aldrig lägre." in words(html)

    sent = form_of(html) | {"value": "B", "reason": FACTS}
    answer = teacher.post(f"{case.address}andra/", sent, follow=True)

    new = case.last
    assert answer.redirect_chain == [(address_of(new.pk), 302)]
    assert (new.value, new.correction_type, new.decider_role) == ("B", "Ändring", "LÄRARE")
    assert (
        "Ändring. Karin Wallgren ändrade betyget från D till B. Skäl: En inlämnad del hade blivit"
        " liggande oläst. Tidigare betyg D från 2026-11-12. Skollagen 3 kap. 20 §"
    ) in words(answer.content.decode())


def test_only_higher_grades_are_offered_and_a_lower_one_is_refused(case: Case) -> None:
    """Domain 7.5 case 68, over HTTP."""
    teacher = case.desk.teacher()
    html = teacher.get(f"{case.address}andra/").content.decode()
    assert [f'value="{each}"' in html for each in "ABCDEF"] == [True] * 3 + [False] * 3
    for value in "DEF":
        answer = teacher.post(
            f"{case.address}andra/", form_of(html) | {"value": value, "reason": FACTS}
        )
        assert answer.status_code == 422
    assert GradeDecision.objects.count() == 1


def test_rektor_says_on_what_ground(case: Case) -> None:
    """Domain 7.5 case 64: the teacher has left."""
    rektor = case.desk.principal()
    html = rektor.get(f"{case.address}andra/").content.decode()
    assert "Karin Wallgren beslutade betyget." in words(html)
    sent = form_of(html) | {"value": "B", "reason": FACTS}

    answer = rektor.post(f"{case.address}andra/", sent)
    assert "Välj varför rektor ändrar" in words(answer.content.decode())
    answer = rektor.post(f"{case.address}andra/", sent | {"ground": "left"})
    assert "Karin Wallgren har tjänst vid enheten i dag" in words(answer.content.decode())

    Duty.objects.filter(person=case.desk.stage.teacher).update(end_date="2026-11-01")
    answer = rektor.post(f"{case.address}andra/", sent | {"ground": "left"}, follow=True)

    assert (case.last.decider_role, case.last.ground) == ("REKTOR", "left")
    assert (
        "Ändring. Rektor Rut Hedin ändrade betyget från D till B. Läraren har slutat. Skäl:"
    ) in words(answer.content.decode())


def test_the_reason_is_asked_for_with_its_paragraph(case: Case) -> None:
    teacher = case.desk.teacher()
    html = teacher.get(f"{case.address}andra/").content.decode()
    answer = teacher.post(f"{case.address}andra/", form_of(html) | {"value": "B"})
    text = words(answer.content.decode())
    assert answer.status_code == 422
    assert "Skriv vilka omständigheter från tiden före beslutet" in text
    assert form_of(answer.content.decode())["value"] == "B"


def test_the_same_form_twice_amends_once(case: Case) -> None:
    teacher = case.desk.teacher()
    html = teacher.get(f"{case.address}andra/").content.decode()
    sent = form_of(html) | {"value": "B", "reason": FACTS}
    for _click in range(2):
        answer = teacher.post(f"{case.address}andra/", sent)
        assert (answer.status_code, answer["Location"]) == (302, address_of(case.last.pk))
    assert GradeDecision.objects.count() == 2


def test_a_highest_grade_has_nothing_to_be_raised_to(case: Case) -> None:
    teacher, rektor = case.desk.teacher(), case.desk.principal()
    html = rektor.get(f"{case.address}ratta/").content.decode()
    rektor.post(f"{case.address}ratta/", heard(html, value="A"))
    address = address_of(case.last.pk)
    text = read(teacher, f"{address}andra/")
    assert "Betyget kan inte ändras" in text
    assert f"{address}andra/" not in teacher.get(address).content.decode()


def test_who_did_not_decide_neither_opens_nor_sends_it(case: Case) -> None:
    sent = {"submission": str(uuid4()), "value": "A", "reason": FACTS}
    desk = case.desk
    for client in (
        desk.administrator(),
        desk.stage.client(),
        desk.stage.client("internal_provider"),
    ):
        assert client.get(f"{case.address}andra/").status_code == 403
        assert client.post(f"{case.address}andra/", sent).status_code == 403
    assert GradeDecision.objects.count() == 1
