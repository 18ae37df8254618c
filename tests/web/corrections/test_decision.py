"""One decision's own page: its story, its consequences, and what a reader may do and read."""

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.grading.actions import correct_grade
from provning.kernel.actors import ScopeKind
from provning.people.models import Person
from tests import builders
from tests.builders import TODAY
from tests.web.corrections.conftest import SAID, SLIP, Case, address_of, form_of, heard, read
from tests.web.grades.conftest import typed
from tests.web.opening import open_identity

PAGE = 28


def corrected(case: Case, value: str = "C", **changes: str) -> None:
    rektor = case.desk.principal()
    address = f"{address_of(case.last.pk)}ratta/"
    html = rektor.get(address).content.decode()
    assert rektor.post(address, heard(html, value=value, **changes)).status_code == 302


def test_the_story_begins_with_what_was_typed(case: Case) -> None:
    desk = case.desk
    administrator, teacher = desk.administrator(), desk.teacher()
    for value in ("E", "B"):
        sheet = administrator.get(desk.sheet).content.decode()
        administrator.post(desk.sheet, typed(sheet, _0=value))
    review = form_of(teacher.get(desk.review).content.decode())
    teacher.post(desk.review, review)
    decision = case.desk.placements[1].decisions.get()

    text = read(teacher, address_of(decision.pk))

    assert "Lena Sandström ändrade utkastet från E, utkast till B, utkast." in text
    assert "Lena Sandström skrev in E, utkast som utkast." in text
    assert (
        "Karin Wallgren beslutade betyget B, beslutat i Matematik 3b. Registrerat av Lena"
        " Sandström."
    ) in text
    reader = read(desk.stage.client(), address_of(decision.pk))
    assert "Karin Wallgren beslutade betyget B" in reader
    assert "utkast" not in reader


def test_what_the_examinee_said_is_read_only_by_those_who_grade(case: Case) -> None:
    corrected(case)
    assert SAID in read(case.desk.principal(), address_of(case.last.pk))
    reader = read(case.desk.stage.client(), address_of(case.last.pk))
    assert ("rättade betyget från D till C" in reader, SAID in reader) == (True, False)


def test_what_may_be_done_is_offered_to_who_may(case: Case) -> None:
    offers = {
        "rektor": (case.desk.principal(), True, True),
        "teacher": (case.desk.teacher(), False, True),
        "administrator": (case.desk.administrator(), False, False),
        "provider": (case.desk.stage.client(), False, False),
    }
    shown = {}
    for name, (client, *_may) in offers.items():
        html = client.get(case.address).content.decode()
        shown[name] = (f"{case.address}ratta/" in html, f"{case.address}andra/" in html)
    assert shown == {name: (may[0], may[1]) for name, (_client, *may) in offers.items()}


def test_a_superseded_decision_says_so_and_offers_nothing(case: Case) -> None:
    corrected(case)
    rektor = case.desk.principal()
    html = rektor.get(case.address).content.decode()
    text = read(rektor, case.address)
    assert "Det här beslutet gäller inte längre" in text
    assert f'href="{address_of(case.last.pk)}"' in html
    assert (f"{case.address}ratta/" in html, "Om något är fel" in text) == (False, False)


def test_what_follows_is_listed_with_the_way_there(case: Case) -> None:
    assert "Det här följer av det nya beslutet" not in read(case.desk.principal(), case.address)
    corrected(case)
    text = read(case.desk.principal(), address_of(case.last.pk))
    assert (
        "Klart Betygskatalogen för Komvux Centrum, HT 2026, är inte gjord än. Det nya betyget"
        " kommer med, och det gamla står kvar bredvid."
    ) in text


def test_a_protected_person_is_masked_for_who_may_not_see_them(case: Case) -> None:
    Person.objects.filter(pk=case.desk.placements[0].person_id).update(
        protection="Sekretessmarkering", case_number="SK-77"
    )
    principal, person_id = case.desk.principal(), case.desk.placements[0].person_id
    unopened = read(principal, case.address)
    open_identity(principal, person_id)
    seen, masked = (read(client, case.address) for client in (principal, case.desk.administrator()))
    found = ["Ahmadi" in each for each in (unopened, seen, masked)]
    assert found == [False, True, False]
    assert "Skyddad identitet, Ärende SK-77" in masked


def test_out_of_scope_the_decision_does_not_exist(case: Case) -> None:
    stage = case.desk.stage
    assert stage.client("external_provider").get(case.address).status_code == 404
    assert stage.client().get(address_of(uuid4())).status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_asks_as_often_for_a_long_story_as_for_a_short(
    size: int, case: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stage = case.desk.stage
    rut = builders.actor(
        "principal", ScopeKind.UNIT, stage.town.centrum, stage.town.stranger("Rut").id
    )
    for number in range(size):
        correct_grade(
            actor=rut,
            decision_id=case.last.pk,
            value="CB"[number % 2],
            exam_date=None,
            hearing="heard",
            hearing_note=SAID,
            reason=SLIP,
            submission=uuid4(),
            today=TODAY,
        )
    rektor = case.desk.principal()
    address = address_of(case.last.pk)
    rektor.get(address)
    with django_assert_num_queries(PAGE):
        html = rektor.get(address).content.decode()
    assert html.count('class="turn"') == size
