"""What is read through a screen stands in the access log, and protected identities are opened."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from provning.access.actions import Access, log_access
from provning.access.models import AccessEntry
from provning.web.access.opened import KEY
from tests.builders import PROGRAM
from tests.web.opening import REASON, open_identity
from tests.web.stage import Stage

PROTECTED = "Sekretessmarkering"
QUERIES = 10


def logged() -> list[tuple[object, ...]]:
    """Return every entry in order: kind, whom, how many, opened or not, where."""
    fields = ("kind", "person_id", "count", "opened", "place")
    return list(AccessEntry.objects.order_by("pk").values_list(*fields))


def text_of(client: Client, url: str) -> str:
    return strip_tags(client.get(url).content.decode())


def auditor(stage: Stage) -> Client:
    return stage.client("principal")


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ("", "students:detail"),
        ("allt/", "students:everything"),
        ("historik/", "students:history"),
    ],
)
def test_every_page_of_a_person_is_one_entry(stage: Stage, part: str, place: str) -> None:
    person = stage.town.person("Alva", "Bergqvist")
    stage.place(person)
    assert stage.client().get(f"/elever/{person.id}/{part}").status_code == 200
    assert logged() == [("person", person.id, 1, False, place)]


def test_a_list_is_one_entry_with_how_many_and_which(stage: Stage) -> None:
    for name in ("Alva", "Bo"):
        stage.place(stage.town.person(name))
    address = f"/grupper/{stage.group.id}/"
    stage.client().get(address)
    assert logged() == [("list", None, 2, False, "groups:detail")]
    assert AccessEntry.objects.get().selection == address


def test_a_list_taken_out_is_one_entry_of_a_file(stage: Stage) -> None:
    for name in ("Alva", "Bo"):
        stage.place(stage.town.person(name))
    address = f"/grupper/{stage.group.id}/?format=csv&lista=placerade"
    answer = stage.client().get(address)
    assert "Alva" in answer.getvalue().decode()
    assert [(each[0], each[2]) for each in logged()] == [("file", 2)]
    assert AccessEntry.objects.get().selection == f"placerade.csv {address}"


def test_an_empty_form_of_a_file_is_told_by_its_name_alone(stage: Stage) -> None:
    stage.client("adult_education_centre").get("/inlasning/personer/mall/?format=csv")
    assert [(each[0], each[1], each[2]) for each in logged()] == [("file", None, 0)]


def test_a_page_of_nobody_is_no_entry(stage: Stage) -> None:
    stage.client().get("/grupper/")
    stage.client().get("/kurser/")
    assert logged() == []


def test_what_lies_out_of_scope_is_not_read(stage: Stage) -> None:
    person = stage.town.person(at=stage.town.contracted)
    assert stage.client().get(f"/elever/{person.id}/").status_code == 404
    assert logged() == []


def test_a_search_is_logged_and_what_was_typed_is_not(stage: Stage) -> None:
    number = next(stage.town.numbers)
    person = stage.town.person("Bo", "Dold", at=stage.town.contracted, number=number)
    client = stage.client()
    client.post("/elever/", {"q": number})
    client.post("/elever/", {"q": "dold"})
    rows = AccessEntry.objects.order_by("pk").values_list("kind", "person_id", "outside", "count")
    assert list(rows) == [("search", person.id, True, 0), ("search", None, False, 0)]
    client.get("/elever/?q=dold&sida=1")
    assert "dold" not in str(list(AccessEntry.objects.values_list())).lower()


def test_a_protected_identity_is_masked_until_its_reader_has_said_why(stage: Stage) -> None:
    person = stage.town.person("Hemlig", "Person", protection=PROTECTED)
    client, address = stage.client("principal"), f"/elever/{person.id}/"
    before = client.get(address).content.decode()
    assert "Hemlig" not in before
    assert f'href="/atkomst/{person.id}/identitet/"' in before
    open_identity(client, person.id)
    assert "Hemlig Person" in text_of(client, address)
    opening = AccessEntry.objects.get(kind="unmasking")
    assert (opening.person_id, opening.reason, opening.opened) == (person.id, REASON, True)
    assert logged()[-1] == ("person", person.id, 1, True, "students:detail")


def test_a_window_is_never_named_by_a_protected_person(stage: Stage) -> None:
    person = stage.town.person("Hemlig", "Person", protection=PROTECTED)
    client = stage.client("principal")
    open_identity(client, person.id)
    html = client.get(f"/elever/{person.id}/historik/").content.decode()
    title = html[html.index("<title>") : html.index("</title>")]
    assert str(person.case_number) in title
    assert "Hemlig" not in title


def test_without_a_reason_nothing_is_opened(stage: Stage) -> None:
    person = stage.town.person("Hemlig", "Person", protection=PROTECTED)
    client = stage.client("principal")
    answer = client.post(f"/atkomst/{person.id}/identitet/", {"reason": "jo"})
    assert answer.status_code == 422
    assert "Skriv varför du behöver se identiteten" in answer.content.decode()
    assert "Hemlig" not in client.get(f"/elever/{person.id}/").content.decode()
    assert not AccessEntry.objects.filter(kind="unmasking").exists()


def test_an_opened_identity_is_hidden_again_by_hand_and_by_time(stage: Stage) -> None:
    person = stage.town.person("Hemlig", "Person", protection=PROTECTED)
    client = stage.client("principal")
    address = f"/elever/{person.id}/"
    open_identity(client, person.id)
    client.post(f"/atkomst/{person.id}/dolj/")
    assert "Hemlig" not in text_of(client, address)
    open_identity(client, person.id)
    session = client.session
    session[KEY] = {str(person.id): (datetime.now(UTC) - timedelta(seconds=1)).timestamp()}
    session.save()
    assert "Hemlig" not in text_of(client, address)


def test_each_identity_shown_in_a_list_has_an_entry_of_its_own(stage: Stage) -> None:
    hidden = stage.town.person("Hemlig", "Person", protection=PROTECTED)
    closed = stage.town.person("Stängd", "Person", protection=PROTECTED)
    for each in (hidden, closed, stage.town.person("Alva")):
        stage.place(each)
    client = stage.client("principal")
    open_identity(client, hidden.id)
    page = text_of(client, f"/grupper/{stage.group.id}/")
    assert "Person, Hemlig" in page
    assert "Stängd" not in page
    assert logged()[-2:] == [
        ("list", None, 3, False, "groups:detail"),
        ("person", hidden.id, 1, True, "groups:detail"),
    ]


def test_nobody_opens_an_identity_they_have_no_right_to(stage: Stage) -> None:
    hidden = stage.town.person("Hemlig", "Person", protection=PROTECTED)
    elsewhere = stage.town.person("Dold", at=stage.town.contracted, protection=PROTECTED)
    sent = {"reason": REASON}
    assert stage.client().post(f"/atkomst/{hidden.id}/identitet/", sent).status_code == 403
    principal = stage.client("principal")
    assert principal.post(f"/atkomst/{elsewhere.id}/identitet/", sent).status_code == 404
    assert logged() == []


def test_a_person_shows_who_has_read_them(stage: Stage) -> None:
    person = stage.town.person("Alva", "Bergqvist")
    stage.client().get(f"/elever/{person.id}/")
    page = text_of(auditor(stage), f"/atkomst/{person.id}/")
    assert "Alva Bergqvist" in page
    assert "Vux intern anordnare Sthlm" in page
    assert f"/elever/{person.id}/" in page


def test_the_log_shows_what_its_reader_may_examine_and_nothing_else(stage: Stage) -> None:
    own = stage.town.person("Alva", "Bergqvist")
    other = stage.town.person("Bo", "Främmande", at=stage.town.contracted)
    for person in (own, other):
        entry = Access("person", "students:detail", person.id)
        log_access(actor=PROGRAM, entries=[entry])
    page = auditor(stage).get("/atkomst/").content.decode()
    assert "Bergqvist, Alva" in page
    assert "Främmande" not in page
    assert str(other.id) not in page


def test_the_log_asks_as_much_of_the_database_however_long_it_is(
    stage: Stage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = auditor(stage)
    for count in (1, 29):
        for _each in range(count):
            entry = Access("person", "students:detail", stage.town.person().id)
            log_access(actor=PROGRAM, entries=[entry])
        with django_assert_num_queries(QUERIES):
            client.get("/atkomst/")
