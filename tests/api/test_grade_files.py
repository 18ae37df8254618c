"""`/api/skolplattform/`: XML for who holds the class of data, of what they may see."""

import io
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from lxml import etree

from provning.access.models import AccessEntry
from provning.betygxml.reading import read_grades
from provning.betygxml.reading_documents import read_documents
from provning.betygxml.rows import Interval, StudentGrades
from provning.kernel.actors import Scope, ScopeKind
from tests.clients.making import bearer, make_client
from tests.feeds.taking import around
from tests.grading import world
from tests.grading.conftest import make_ready
from tests.grading.decided import decide, make_stand
from tests.support.shared import spec_file

pytestmark = pytest.mark.django_db
GRADES, DOCUMENTS = "/api/skolplattform/betyg", "/api/skolplattform/betygsdokument"


def fetch(client: Client, path: str, ends: tuple[str, str], made: Any = None, **more: str) -> Any:
    question = {"from": ends[0], "tom": ends[1], **more}
    return client.get(path, question, headers=bearer(made or make_client()))


def content(response: Any) -> bytes:
    assert isinstance(response, StreamingHttpResponse)
    return b"".join(response)


def students(response: Any) -> list[str]:
    parts = read_grades(io.BytesIO(content(response)))
    return [each.student for each in parts if isinstance(each, StudentGrades)]


def test_grades_come_as_xml_that_follows_the_schema(client: Client) -> None:
    response = fetch(client, GRADES, around(make_stand().first))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    written = content(response)
    schema = etree.XMLSchema(etree.parse(spec_file("pingpong", "betyg.xsd")))
    assert schema.validate(etree.fromstring(written))
    assert [type(part) for part in read_grades(io.BytesIO(written))] == [
        Interval,
        StudentGrades,
        StudentGrades,
    ]


def test_documents_come_as_xml_that_follows_the_schema(client: Client) -> None:
    written = content(fetch(client, DOCUMENTS, ("2026-01-01T00:00", "2026-06-30T23:59")))
    schema = etree.XMLSchema(etree.parse(spec_file("pingpong", "betygsdokument.xsd")))
    assert schema.validate(etree.fromstring(written))
    assert [type(part) for part in read_documents(io.BytesIO(written))] == [Interval]


def test_a_client_sees_its_own_places_alone(client: Client) -> None:
    own, other = make_ready(1), make_ready(1)
    decision = decide(own.teacher, own.placements[0], "C")
    decide(other.teacher, other.placements[0], "D")
    reach = (Scope(ScopeKind.PROVIDER, own.town.unit.provider_id),)
    response = fetch(client, GRADES, around(decision), make_client(reach=reach))
    assert students(response) == [str(own.placements[0].person_id)]


@pytest.mark.parametrize(("seen", "count"), [("hidden", 1), ("marked", 2), ("full", 2)])
def test_protected_persons_are_there_as_the_clients_profile_says(
    client: Client, seen: str, count: int
) -> None:
    ready = make_ready(1)
    hidden = world.place(ready.group, world.person("Siv", "Hemlig", protected=True))
    decide(ready.teacher, hidden, "A")
    decision = decide(ready.teacher, ready.placements[0], "C")
    made = make_client(protected_persons=seen)
    assert len(students(fetch(client, GRADES, around(decision), made))) == count


def test_a_school_type_limits_the_answer(client: Client) -> None:
    ends = around(make_stand().first)
    made = make_client()
    assert len(students(fetch(client, GRADES, ends, made, schoolType="VUX"))) == 2
    assert students(fetch(client, GRADES, ends, made, schoolType="GY")) == []


def test_what_cannot_be_understood_is_said_at_once(client: Client) -> None:
    response = fetch(client, GRADES, ("igår", ""), schoolType="KOMVUX")
    assert response.status_code == 400
    assert response.json() == {
        "code": "invalid_filter",
        "message": "from är ”igår” men ska vara datum och klockslag, som 2026-01-15T08:00. Skriv"
        " om det. tom är ”” men ska vara datum och klockslag, som 2026-01-15T08:00. Skriv om det."
        " schoolType är ”KOMVUX” men ska vara en av PO, FSK, FH, FSKK, GR, GRSAR, SPEC,"
        " SAMESKOLA, GY, GYSAR, GYSAR2002, VUX, SARVUX, SFI, YH. Utelämna den för alla skolformer.",
    }


@pytest.mark.parametrize(("path", "data_class"), [(GRADES, "betyg"), (DOCUMENTS, "betygsdokument")])
def test_only_who_holds_the_class_of_data_is_let_in(
    client: Client, path: str, data_class: str
) -> None:
    ends = {"from": "2026-01-01", "tom": "2026-01-02"}
    without = make_client(
        "Utan",
        data_classes=[each for each in ("grades", "betyg", "betygsdokument") if each != data_class],
    )
    assert client.get(path, ends).status_code == 401
    assert client.get(path, ends, headers=bearer(without)).status_code == 403
    assert client.post(path, ends, headers=bearer(make_client())).status_code == 405


def test_the_headers_can_be_asked_for_alone(client: Client) -> None:
    question = {"from": "2026-01-01", "tom": "2026-01-02"}
    response = client.head(GRADES, question, headers=bearer(make_client()))
    assert (response.status_code, response.content) == (200, b"")


def test_a_call_is_one_entry_with_what_was_asked_and_how_many(client: Client) -> None:
    ends = around(make_stand().first)
    made = make_client()
    content(fetch(client, GRADES, ends, made, schoolType="VUX"))
    fetch(client, DOCUMENTS, ends, made)
    client.head(GRADES, {"from": ends[0], "tom": ends[1]}, headers=bearer(made))
    fields = ("kind", "person_id", "count", "place", "selection")
    asked = f"{ends[0]} {ends[1]}"
    assert list(AccessEntry.objects.order_by("pk").values_list(*fields)) == [
        ("call", None, 2, "api:betyg", f"{asked} VUX {GRADES}"),
        ("call", None, 0, "api:betygsdokument", f"{asked} {DOCUMENTS}"),
    ]
