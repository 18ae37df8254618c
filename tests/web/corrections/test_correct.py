"""Rätta: by rektor, with what was said and why, and what follows of it."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from provning.accounts.actions import create_user
from provning.accounts.models import RoleAssignment, User
from provning.audit.models import AuditEvent
from provning.exams.models import Placement
from provning.grading.models import GradeDecision
from tests.builders import PROGRAM, TODAY
from tests.web.corrections.conftest import (
    SAID,
    SLIP,
    Case,
    address_of,
    form_of,
    heard,
    read,
    words,
)


def opened(client: Client, case: Case) -> str:
    return client.get(f"{case.address}ratta/").content.decode()


def test_rektor_corrects_and_arrives_at_the_new_decision(case: Case) -> None:
    rektor = case.desk.principal()
    html = opened(rektor, case)
    assert "En rättelse är till för skrivfel" in words(html)

    answer = rektor.post(f"{case.address}ratta/", heard(html, value="C"), follow=True)

    new = case.last
    assert answer.redirect_chain == [(address_of(new.pk), 302)]
    assert (new.value, new.correction_type, new.decided_by_name) == ("C", "Rättelse", "Rut Hedin")
    assert (new.hearing, new.hearing_note, new.reason) == ("heard", SAID, SLIP)
    text = words(answer.content.decode())
    assert "Betyget är rättat. Det gamla beslutet står kvar bredvid." in text
    assert (
        "Rättelse. Rektor Rut Hedin rättade betyget från D till C. Skäl: Karin hade bedömt C men"
        " skrev D. Eleven yttrade sig: Alva håller med. Tidigare betyg D från 2026-11-12. Skollagen"
        " 3 kap. 19 §"
    ) in text
    assert "Det här följer av det nya beslutet" in text


def test_who_corrects_on_delegation_is_no_rektor_on_the_page(case: Case) -> None:
    deputy = case.desk.principal()
    account = User.objects.get(pk=deputy.session["_auth_user_id"])
    office = RoleAssignment.objects.get(user=account, role="principal")
    rektor = create_user(
        actor=PROGRAM, username="anna.b", name="Anna Bok", password=None, today=TODAY
    )
    RoleAssignment.objects.filter(pk=office.pk).update(user=rektor)
    RoleAssignment.objects.create(
        user=account,
        role="delegated_corrections",
        scope_kind=office.scope_kind,
        scope_id=office.scope_id,
        valid_from=office.valid_from,
        valid_to=date(2099, 12, 31),
        delegated_from=office,
    )
    answer = deputy.post(f"{case.address}ratta/", heard(opened(deputy, case), value="C"))
    assert answer.status_code == 302
    page = read(deputy, answer.headers["Location"])
    assert (
        "Rättelse. Rut Hedin rättade betyget från D till C. Skäl: Karin hade bedömt C men skrev D."
        " På delegation av Anna Bok, Skollagen 2 kap. 10 §."
    ) in page
    assert "Rut Hedin på delegation av Anna Bok" in page


def test_the_form_begins_with_what_stands_and_nothing_changed_is_refused(case: Case) -> None:
    rektor = case.desk.principal()
    html = opened(rektor, case)
    sent = form_of(html)
    assert (sent["value"], sent["exam_date"], sent["group"]) == (
        "D",
        "2026-11-12",
        str(case.group.id),
    )
    assert "Skriv in betygen" not in html

    answer = rektor.post(f"{case.address}ratta/", heard(html))

    text = words(answer.content.decode())
    assert (answer.status_code, text.count("Inget skiljer sig från det beslut som finns.")) == (
        422,
        2,
    )
    assert GradeDecision.objects.count() == 1


def test_a_wrong_date_and_a_wrong_course_are_corrected_too(case: Case) -> None:
    """Domain 7.2 case 18: the placement is a new one, the old stays as corrected."""
    rektor = case.desk.principal()
    right = case.desk.stage.new_group("ENGENG06")
    html = opened(rektor, case)
    sent = heard(html, exam_date="2026-11-10", group=str(right.id))

    answer = rektor.post(f"{case.address}ratta/", sent, follow=True)

    assert (case.last.placement.group_id, str(case.last.placement.exam_date)) == (
        right.id,
        "2026-11-10",
    )
    assert (
        "rättade prövnings- och betygsdatum från 2026-11-12 till 2026-11-10, kursen från Matematik"
        " 3b till Engelska 6."
    ) in words(answer.content.decode())
    assert "Det här beslutet gäller inte längre" in read(rektor, case.address)


def test_groups_of_other_providers_are_not_offered(case: Case) -> None:
    html = opened(case.desk.principal(), case)
    assert str(case.group.id) in html
    assert "PRÖ:KK26HT" not in html
    other = case.desk.stage.other_group
    rektor = case.desk.principal()
    answer = rektor.post(f"{case.address}ratta/", heard(html, group=str(other.id)))
    assert answer.status_code == 422
    assert GradeDecision.objects.count() == 1


def test_everything_that_is_missing_is_said_at_once_and_what_was_typed_stays(case: Case) -> None:
    rektor = case.desk.principal()
    sent = form_of(opened(rektor, case)) | {
        "value": "C",
        "reason": "Fel tangent.",
        "exam_date": "i våras",
        "password": "",
    }

    answer = rektor.post(f"{case.address}ratta/", sent)

    html = answer.content.decode()
    text = words(html)
    assert answer.status_code == 422
    assert "Välj om eleven har fått yttra sig, eller om det var obehövligt." in text
    assert "Skriv ditt lösenord." in text
    assert "3 saker behöver rättas" in text
    kept = form_of(html)
    assert [kept[name] for name in ("value", "reason", "exam_date")] == [
        "C",
        "Fel tangent.",
        "i våras",
    ]


@pytest.mark.parametrize(("password", "said"), [("", "Skriv ditt lösenord."), ("fel", "stämmer")])
def test_the_password_is_asked_for_again(case: Case, password: str, said: str) -> None:
    rektor = case.desk.principal()
    sent = heard(opened(rektor, case), value="C", password=password)
    answer = rektor.post(f"{case.address}ratta/", sent)
    assert (answer.status_code, said in words(answer.content.decode())) == (422, True)
    assert GradeDecision.objects.count() == 1


def test_the_same_form_twice_makes_one_decision_and_no_fuss(case: Case) -> None:
    rektor = case.desk.principal()
    sent = heard(opened(rektor, case), value="C", exam_date="2026-11-10")
    for _click in range(2):
        answer = rektor.post(f"{case.address}ratta/", sent)
        assert (answer.status_code, answer["Location"]) == (302, address_of(case.last.pk))
    assert GradeDecision.objects.count() == 2
    assert Placement.objects.filter(supersedes__isnull=False).count() == 1
    assert AuditEvent.objects.filter(name="grade_corrected").count() == 1


def test_who_comes_second_reads_who_was_first_and_keeps_what_was_typed(case: Case) -> None:
    first, second = case.desk.principal(), case.desk.principal()
    html = opened(second, case)
    first.post(f"{case.address}ratta/", heard(opened(first, case), value="C"))

    answer = second.post(f"{case.address}ratta/", heard(html, value="B"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Rut Hedin har redan rättat betyget, 20" in words(page)
    assert form_of(page)["value"] == "B"
    assert f'href="{address_of(case.last.pk)}"' in page
    assert GradeDecision.objects.count() == 2
    assert second.get(f"{case.address}ratta/")["Location"] == case.address


def test_only_rektor_opens_or_sends_it(case: Case) -> None:
    """Domain 7.5 case 68, over HTTP: teacher, administrator and the centre cannot lower a grade."""
    sent = {"submission": str(uuid4()), "value": "F", "reason": SLIP, "hearing": "heard"}
    desk = case.desk
    closed = [desk.teacher(), desk.administrator(), desk.stage.client()]
    closed.append(desk.stage.client("adult_education_centre"))
    for client in closed:
        assert client.get(f"{case.address}ratta/").status_code == 403
        assert client.post(f"{case.address}ratta/", sent).status_code == 403
    other = desk.stage.client("external_provider")
    assert other.get(case.address).status_code == 404
    assert GradeDecision.objects.count() == 1
