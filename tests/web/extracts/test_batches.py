"""Extracts for many: ordered by form, followed to their end, handed out together, within scope."""

import re
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.extracts.models import Extract, ExtractOrder, ExtractOrderLine
from provning.people.models import PersonNumber
from tests.web.extracts.conftest import LIST, ORDER, Room, documents, principal, run_jobs
from tests.web.opening import open_identity

LIST_QUERIES = 9
BATCH_QUERIES = 10


def order_form(room: Room, **more: str) -> dict[str, str]:
    return {
        "unit": str(room.stage.town.centrum),
        "term": "HT26",
        "whom": "term",
        "submission": str(uuid4()),
    } | more


def ordered(room: Room, **more: str) -> str:
    """Order, and return the address of the order's page."""
    answer = room.rektor.post(ORDER, order_form(room, **more))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def test_an_order_is_waited_for_and_then_there(room: Room) -> None:
    address = ordered(room)
    html = room.rektor.get(address).content.decode()
    assert f'data-progress="{address}laget/"' in html
    assert "0 av 1 personer är klara." in html
    waiting = room.rektor.get(f"{address}laget/").json()
    run_jobs()
    done = room.rektor.get(f"{address}laget/").json()
    assert waiting == {"finished": False, "text": "0 av 1 personer är klara."}
    assert done == {"finished": True, "text": "1 av 1 personer är klara."}
    html = room.rektor.get(address).content.decode()
    assert ("data-progress" in html, "1 utfärdat" in html) == (False, True)
    assert "Bergqvist, Alva" in html
    assert len(documents(html)) == 1
    assert f'href="{address}"' in room.rektor.get(LIST).content.decode()


def test_the_same_form_twice_is_one_order(room: Room) -> None:
    sent = order_form(room)
    places = {room.rektor.post(ORDER, sent).headers["Location"] for _click in range(2)}
    assert (len(places), ExtractOrder.objects.count()) == (1, 1)


def test_the_zip_holds_every_document_and_a_list_of_them(room: Room) -> None:
    room.stage.decide(room.stage.place(room.stage.town.person("=Bo", "Ask")), "C")
    address = ordered(room)
    run_jobs()
    answer = room.rektor.get(f"{address}zip/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a file response
    with zipfile.ZipFile(BytesIO(content)) as zipped:
        names = zipped.namelist()
        listed = zipped.read("innehall.csv").decode("utf-8-sig")
        firsts = {zipped.read(name)[:4] for name in names[:-1]}
    ids = list(Extract.objects.order_by("issued_at").values_list("document_id", flat=True))
    assert answer.headers["Content-Type"] == "application/zip"
    assert names == [f"000{n}-utdrag-{each}.pdf" for n, each in enumerate(ids, 1)] + [
        "innehall.csv"
    ]
    assert firsts == {b"%PDF"}
    assert [line.split(";")[2] for line in listed.splitlines()] == [
        "Elev",
        "Ask, =Bo",
        "Bergqvist, Alva",
    ]


def test_a_protected_person_is_not_in_the_zip(room: Room) -> None:
    siv = room.stage.town.person("Siv", "Hemlig", protection="Sekretessmarkering")
    room.stage.decide(room.stage.place(siv), "D")
    address = ordered(room)
    run_jobs()
    html = room.rektor.get(address).content.decode()
    answer = room.rektor.get(f"{address}zip/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a file response
    with zipfile.ZipFile(BytesIO(content)) as zipped:
        listed = zipped.read("innehall.csv").decode("utf-8-sig")
        assert len(zipped.namelist()) == 2
    assert "ligger inte i zip-filen" in html
    assert ("Hemlig" in html, "Hemlig" in listed) == (False, False)
    open_identity(room.rektor, siv.id)
    assert "Hemlig" in room.rektor.get(address).content.decode()


def test_what_was_refused_says_why_beside_the_person(room: Room) -> None:
    room.stage.decide(room.stage.place(room.stage.town.person("Bo", "Ask")), "F")
    address = ordered(room)
    run_jobs()
    html = room.rektor.get(address).content.decode()
    assert "Inget betyg att ta med med de val som gjordes." in html
    assert ("1 utfärdat" in html, "1 utan utdrag" in html) == (True, True)


def test_a_group_is_ordered_for(room: Room) -> None:
    other = room.stage.new_group("ENGENG06")
    html = room.rektor.post(ORDER, order_form(room, whom="group", group=str(other.id)))
    assert html.status_code == 422
    assert "Ingen av personerna har ett beslutat betyg" in html.content.decode()
    address = ordered(room, whom="group", group=str(room.stage.group.id))
    assert room.stage.group.name in room.rektor.get(address).content.decode()


def test_persons_are_named_by_their_numbers(room: Room) -> None:
    number = PersonNumber.objects.get(person=room.person).number
    address = ordered(room, whom="persons", numbers=f"\n{number}\r\n {number[2:8]}-{number[8:]} ")
    lines = ExtractOrderLine.objects.filter(order__pk=address.split("/")[-2])
    assert [line.person for line in lines] == [room.person]


def test_every_number_that_nobody_has_is_named_and_what_was_typed_stays(room: Room) -> None:
    stranger = room.stage.town.stranger("Ingen", "Hos-oss")
    number = PersonNumber.objects.get(person=stranger).number
    answer = room.rektor.post(
        ORDER, order_form(room, whom="persons", numbers=f"{number}\nBergqvist")
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count(f"{number} är inte ett personnummer som finns bland era elever") == 2
    assert html.count("Bergqvist är inte ett personnummer") == 2
    assert "Hos-oss" not in html
    assert re.search(rf"<textarea[^>]*>\s*{number}\s*Bergqvist</textarea>", html)
    assert ExtractOrder.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"whom": "group"}, "Ingen prövningsgrupp är vald. Välj en."),
        ({"whom": "persons"}, "Inga personnummer är skrivna. Skriv ett på varje rad."),
        (
            {"whom": "persons", "numbers": "\n".join(map(str, range(501)))},
            "Det är fler än 500 personnummer. Dela upp dem på flera beställningar.",
        ),
    ],
)
def test_what_is_missing_is_said(more: dict[str, str], said: str, room: Room) -> None:
    answer = room.rektor.post(ORDER, order_form(room, **more))
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("changed", [{"unit": "x"}, {"term": "XX"}, {"submission": ""}])
def test_a_form_that_is_not_ours_is_not_found(changed: dict[str, str], room: Room) -> None:
    assert room.rektor.post(ORDER, order_form(room, **changed)).status_code == 404
    assert ExtractOrder.objects.count() == 0


def test_a_job_that_has_stopped_can_go_on(room: Room) -> None:
    address = ordered(room)
    ExtractOrder.objects.update(
        status="running", progress_at=datetime.now(UTC) - timedelta(minutes=6)
    )
    html = room.rektor.get(address).content.decode()
    assert ("Arbetet har stannat" in html, "data-progress" in html) == (True, False)
    assert room.rektor.get(f"{address}laget/").json()["finished"]
    html = room.rektor.post(f"{address}fortsatt/", follow=True).content.decode()
    assert "Utdragen skrivs" in html
    run_jobs()
    assert Extract.objects.count() == 1


def test_another_units_order_does_not_exist(room: Room) -> None:
    address = ordered(room)
    run_jobs()
    other = principal(room.stage, room.stage.town.kompaniet)
    for part in ("", "laget/", "zip/"):
        assert other.get(f"{address}{part}").status_code == 404
    assert other.post(f"{address}fortsatt/").status_code == 404
    assert other.post(ORDER, order_form(room)).status_code == 404
    assert "Bergqvist" not in other.get(LIST).content.decode()
    assert ExtractOrder.objects.count() == 1


@pytest.mark.parametrize("size", [1, 30])
def test_the_pages_ask_the_database_as_often_for_any_number(
    size: int, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    room.stage.grade_all(("Kim", f"Ek{number}") for number in range(size - 1))
    address = ordered(room)
    order = ExtractOrder.objects.get()
    for _number in range(size - 1):
        order.pk, order.submission = uuid4(), uuid4()
        order.save(force_insert=True)
    room.rektor.get(LIST)
    with django_assert_num_queries(BATCH_QUERIES):
        html = room.rektor.get(address).content.decode()
    assert len(re.findall(r'<th scope="row">', html)) == size
    with django_assert_num_queries(LIST_QUERIES):
        html = room.rektor.get(LIST).content.decode()
    assert html.count("/utdrag/bestallning/") == min(size, 20)
