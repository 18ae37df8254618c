"""Leveranser on screen: prepared, sent, received and returned, by both sides and nobody else."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from provning.archive.models import Delivery, DeliveryStep
from provning.exams.actions import create_exam_group
from provning.exams.models import Placement
from provning.grading.actions import decide_grades
from provning.kernel.actors import ScopeKind
from provning.organisation.actions import create_unit, set_initials
from tests import builders
from tests.builders import FIRST, HT26, PROGRAM, TODAY
from tests.support import pdf_text
from tests.web.deliveries.conftest import Prepared
from tests.web.opening import opened
from tests.web.shelf import AFTER_TERM, WebShelf

LIST = "/leveranser/"
PERIOD = "/leveranser/period/"
PREPARE = "/leveranser/forbered/"
LIST_QUERIES, PERIOD_QUERIES, DETAIL_QUERIES = 12, 23, 28


def text_of(html: str) -> str:
    """Return the words of a page's main content, every run of white space as one space."""
    main = html.partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def get(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def detail(delivery: Delivery) -> str:
    return f"/leveranser/{delivery.pk}/"


def step_form(delivery: Delivery, do: str, **fields: str) -> dict[str, str]:
    """Return the form of a step as the page has it now."""
    seen = str(delivery.steps.count())
    return {"do": do, "submission": str(uuid4()), "expected_step": seen, **fields}


def kinds(delivery: Delivery) -> list[str]:
    return list(delivery.steps.order_by("number").values_list("kind", flat=True))


def test_the_provider_prepares_prints_and_sends(printed: WebShelf) -> None:
    client = printed.provider()
    page = get(client, PERIOD)
    assert "Inget saknas" in page
    (form,) = re.findall(r'<form method="post" action="/leveranser/forbered/">.*?</form>', page)
    sent = dict(re.findall(r'name="(submission|unit|period)" value="([^"]+)"', form))
    answer = client.post(PREPARE, sent, follow=True)
    delivery = Delivery.objects.get()
    assert answer.redirect_chain == [(detail(delivery), 302)]
    html = answer.content.decode()
    (address,) = re.findall(r'href="(/leveranser/foljesedel/[^"]+)"', html)
    paper = client.get(address)
    assert paper.headers["Content-Disposition"] == (
        f'attachment; filename="foljesedel-{delivery.document_id}.pdf"'
    )
    assert "Bergqvist" in pdf_text.pages_of(paper.content)[0]

    answer = client.post(detail(delivery), step_form(delivery, "send"), follow=True)

    assert "Leveransen är skickad" in answer.content.decode()
    assert "Skickad, inte mottagen" in get(client, LIST)
    assert kinds(delivery) == ["prepared", "sent"]


def test_the_centre_receives_with_a_day_and_a_remark(prepared: Prepared) -> None:
    shelf, delivery = prepared
    shelf.send(delivery)
    client = shelf.centre()

    form = step_form(delivery, "receive", day="2027-01-04", remarks="Ett hörn är vikt")
    answer = client.post(detail(delivery), form, follow=True)

    assert "Leveransen är mottagen" in answer.content.decode()
    assert "Ett hörn är vikt" in get(shelf.provider(), detail(delivery))
    assert kinds(delivery) == ["prepared", "sent", "received"]


def test_the_centre_returns_with_words_that_the_provider_reads(prepared: Prepared) -> None:
    shelf, delivery = prepared
    shelf.send(delivery)
    centre = shelf.centre()

    empty = centre.post(detail(delivery), step_form(delivery, "return", remarks=" "))
    assert (empty.status_code, kinds(delivery)) == (422, ["prepared", "sent"])
    centre.post(detail(delivery), step_form(delivery, "return", remarks="Sidan 2 saknas"))

    page = text_of(get(shelf.provider(), detail(delivery)))
    assert "Vuxenutbildningscentrum har återsänt leveransen" in page
    assert "Sidan 2 saknas" in page
    assert "Förbered på nytt" in page
    assert "Återsänd, något saknas" in text_of(get(shelf.provider(), LIST))


def test_case_84_what_is_missing_is_listed_and_stops_the_sending(shelf: WebShelf) -> None:
    shelf.print(sign=False)
    delivery = shelf.prepare()
    client = shelf.provider()

    page = text_of(get(client, detail(delivery)))
    answer = client.post(detail(delivery), step_form(delivery, "send"))

    assert "är inte undertecknad av Karin Wallgren" in page
    assert "Manual s. 4" in page
    assert "Skäl att skicka" not in page
    assert answer.status_code == 422
    assert kinds(delivery) == ["prepared"]


def test_what_may_wait_asks_for_a_reason_and_keeps_what_was_typed(shelf: WebShelf) -> None:
    shelf.stage.place(shelf.stage.town.person("Ingen", "Obedömd"))
    shelf.print()
    delivery = shelf.prepare()
    client = shelf.provider()
    assert "Skäl att skicka fast något saknas" in get(client, detail(delivery))

    long = step_form(delivery, "send", override_reason="x" * 2001)
    answer = client.post(detail(delivery), long)
    assert answer.status_code == 422
    assert "x" * 2001 in answer.content.decode()
    client.post(detail(delivery), step_form(delivery, "send", override_reason="Omprov i mars"))

    page = text_of(get(shelf.centre(), detail(delivery)))
    assert "Skickad fast något saknades" in page
    assert "Omprov i mars" in page
    assert "saknar både betyg och utfall" in page


def test_a_second_click_is_one_step(printed: WebShelf) -> None:
    client = printed.provider()
    first = {"unit": str(printed.unit_id), "period": "2026", "submission": str(uuid4())}
    for _click in range(2):
        assert client.post(PREPARE, first).status_code == 302
    delivery = Delivery.objects.get()
    second = step_form(delivery, "send")
    for _click in range(2):
        assert client.post(detail(delivery), second).status_code == 302

    assert kinds(delivery) == ["prepared", "sent"]


def test_who_saw_an_older_state_reads_who_was_first(prepared: Prepared) -> None:
    shelf, delivery = prepared
    stale = step_form(delivery, "send")
    shelf.send(delivery)

    answer = shelf.provider().post(detail(delivery), stale)

    assert answer.status_code == 422
    assert "Testet ändrade uppgifterna" in answer.content.decode()
    assert "Registrera som skickad" not in answer.content.decode()
    assert DeliveryStep.objects.count() == 2


def test_a_direct_post_past_the_state_is_refused(prepared: Prepared) -> None:
    shelf, delivery = prepared

    answer = shelf.centre().post(detail(delivery), step_form(delivery, "receive", day="2027-01-04"))

    assert answer.status_code == 422
    assert "är förberedd men inte skickad" in answer.content.decode()
    assert kinds(delivery) == ["prepared"]


@pytest.mark.parametrize("day", ["2023-13-45", "", "i går", "2026-12-31", "2027-01-05"])
def test_a_day_that_cannot_be_is_said_and_kept(day: str, prepared: Prepared) -> None:
    shelf, delivery = prepared
    shelf.send(delivery)

    answer = shelf.centre().post(detail(delivery), step_form(delivery, "receive", day=day))

    assert answer.status_code == 422
    assert f'value="{day}"' in answer.content.decode() or not day
    assert kinds(delivery) == ["prepared", "sent"]


def test_case_94_each_side_has_its_own_forms(prepared: Prepared) -> None:
    shelf, delivery = prepared
    provider, centre = shelf.provider(), shelf.centre()
    assert "Registrera som skickad" not in get(centre, detail(delivery))
    assert centre.post(detail(delivery), step_form(delivery, "send")).status_code == 403
    assert centre.get(PERIOD).status_code == 403
    shelf.send(delivery)
    assert "Registrera som mottagen" not in get(provider, detail(delivery))
    form = step_form(delivery, "receive", day="2027-01-04")
    assert provider.post(detail(delivery), form).status_code == 403
    other = shelf.stage.client("external_provider")
    assert other.get(detail(delivery)).status_code == 404
    asked = f"{PERIOD}?unit={shelf.unit_id}&period=2026"
    assert other.get(asked).status_code == 404
    assert delivery.document_id not in get(other, LIST)
    assert kinds(delivery) == ["prepared", "sent"]


def test_case_87_the_protected_part_is_for_who_may_see_it(shelf: WebShelf) -> None:
    person = shelf.stage.town.person("Eva", "Hemlig", protection="Sekretessmarkering")
    shelf.stage.decide(shelf.stage.place(person), "D")
    shelf.print()
    delivery = shelf.prepare()

    seen = {
        name: re.findall(r'href="(/leveranser/foljesedel/[^"]+)"', get(client, detail(delivery)))
        for name, client in (("provider", shelf.provider()), ("principal", shelf.principal()))
    }

    assert (len(seen["provider"]), len(seen["principal"])) == (1, 2)
    (hidden,) = set(seen["principal"]) - set(seen["provider"])
    assert shelf.provider().get(hidden).status_code == 404
    assert "Hemlig" in pdf_text.text_of(opened(shelf.principal(), hidden).content)
    assert "Leveransen har även en skyddad del" in get(shelf.provider(), detail(delivery))
    ordinary = shelf.provider().get(seen["provider"][0]).content
    assert "Hemlig" not in pdf_text.text_of(ordinary)


def test_nothing_to_deliver_is_said_with_the_way_on(shelf: WebShelf) -> None:
    client = shelf.provider()
    page = text_of(get(client, PERIOD))
    assert "Det finns inget att förbereda nu" in page
    assert "1 beslut i HT 2026 står inte i någon slutlig betygskatalog" in page

    sent = {"unit": str(shelf.unit_id), "period": "2026", "submission": str(uuid4())}
    answer = client.post(PREPARE, sent)

    assert answer.status_code == 422
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    "changed", [{"unit": "x"}, {"period": "XX"}, {"submission": ""}, {"period": ""}]
)
def test_a_form_that_is_not_ours_is_not_found(changed: dict[str, str], printed: WebShelf) -> None:
    form = {"unit": str(printed.unit_id), "period": "2026", "submission": str(uuid4())}
    assert printed.provider().post(PREPARE, form | changed).status_code == 404
    assert printed.provider().get(f"{PERIOD}?unit=x").status_code == 404
    assert printed.provider().get(f"{PERIOD}?period=XX").status_code == 404
    assert Delivery.objects.count() == 0


def test_the_overview_tells_each_side_what_waits(printed: WebShelf, settings: Settings) -> None:
    assert "Leverans till Vuxenutbildningscentrum" in get(printed.provider(), "/")
    assert "Leverans" not in text_of(get(printed.centre(), "/"))
    settings.TODAY = (AFTER_TERM + timedelta(days=100)).isoformat()
    assert "Leverans som dröjer" in get(printed.centre(), "/")
    settings.TODAY = AFTER_TERM.isoformat()
    delivery = printed.prepare()
    printed.send(delivery)
    assert "Leverans till Vuxenutbildningscentrum" not in get(printed.provider(), "/")
    assert "Leverans att ta emot" in get(printed.centre(), "/")
    printed.receive(delivery)
    assert "Leverans" not in text_of(get(printed.centre(), "/"))


def test_the_list_is_narrowed_to_what_is_not_done(prepared: Prepared) -> None:
    shelf, delivery = prepared
    shelf.send(delivery)
    assert delivery.document_id in get(shelf.centre(), f"{LIST}?state=not-done")
    assert "Inga leveranser i det läget" in get(shelf.centre(), f"{LIST}?state=late")
    shelf.receive(delivery)
    assert delivery.document_id not in get(shelf.centre(), f"{LIST}?state=not-done")
    assert delivery.document_id in get(shelf.centre(), LIST)


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_asks_the_database_as_often_for_any_number(
    size: int, shelf: WebShelf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, size):
        more_graded(shelf, number)
    client = shelf.centre()
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        html = get(client, LIST)
    assert html.count("Att förbereda") == size


@pytest.mark.parametrize("size", [1, 30])
def test_the_period_and_the_delivery_ask_as_often_for_any_number_of_decisions(
    size: int, shelf: WebShelf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shelf.stage.grade_all((f"Elev {number}", "Ek") for number in range(1, size))
    shelf.print()
    delivery = shelf.prepare()
    client = shelf.provider()
    client.get(PERIOD)
    with django_assert_num_queries(PERIOD_QUERIES):
        get(client, PERIOD)
    with django_assert_num_queries(DETAIL_QUERIES):
        get(client, detail(delivery))


def more_graded(shelf: WebShelf, number: int) -> None:
    """Make another unit with one decided grade."""
    stage = shelf.stage
    unit = create_unit(actor=PROGRAM, provider_id=stage.town.own, name=f"Komvux {number:02}")
    letters = chr(65 + number // 26) + chr(65 + number % 26)
    set_initials(actor=PROGRAM, unit_id=unit.id, initials=f"Q{letters}", valid_from=FIRST)
    teacher = stage.town.teacher(unit=unit.id)
    group = create_exam_group(
        actor=PROGRAM,
        unit_id=unit.id,
        course_id=stage.courses["MATMAT03b"].id,
        term=HT26,
        grading_teacher_id=teacher.id,
        today=TODAY,
    )
    decide_as(teacher.id, unit.id, stage.place(stage.town.person(), group))


def decide_as(teacher_id: UUID, unit_id: UUID, placement: Placement) -> None:
    """Let another unit's teacher decide one grade."""
    decide_grades(
        actor=builders.actor("grading_teacher", ScopeKind.OWN_GROUPS, unit_id, teacher_id),
        group_id=placement.group_id,
        values={placement.id: "B"},
        submission=uuid4(),
        today=TODAY,
    )


def test_everything_about_a_person_names_the_delivery_and_its_receipt(prepared: Prepared) -> None:
    shelf, delivery = prepared
    address = f"/elever/{Placement.objects.get().person_id}/allt/"
    client = shelf.provider()
    assert f"{delivery.document_id} Komvux Centrum 2026" in text_of(get(client, address))

    shelf.send(delivery)
    shelf.receive(delivery)

    page = get(client, address)
    assert f"Mottagen 2027-01-04 {PROGRAM.name}" in text_of(page)
    assert f'href="{detail(delivery)}"' in page
