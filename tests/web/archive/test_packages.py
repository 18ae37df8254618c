"""E-arkiv on screen: made by the receiver, handed out byte for byte, protected persons apart."""

import hashlib
import io
import re
import tarfile

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from provning.archive.models import ArchivePackage
from provning.catalogues.models import StoredDocument
from tests.web.opening import opened
from tests.web.shelf import WebShelf

LIST, BUILD = "/arkiv/paket/", "/arkiv/paket/skapa/"
QUERIES = 8


def form(shelf: WebShelf) -> dict[str, str]:
    return {"unit": str(shelf.unit_id), "term": "HT26"}


def chosen(client: Client, shelf: WebShelf) -> Client:
    """Choose the unit as a person does."""
    client.post("/enhet-och-period/", {"unit": str(shelf.unit_id), "term": "HT26", "next": LIST})
    return client


def links(client: Client) -> list[str]:
    return re.findall(r'href="(/arkiv/paket/[0-9a-f-]{36}/)"', client.get(LIST).content.decode())


def test_a_package_is_made_and_handed_out_byte_for_byte(shelf: WebShelf) -> None:
    shelf.print()
    client = chosen(shelf.centre(), shelf)
    assert "Inget paket är gjort än" in client.get(LIST).content.decode()

    answer = client.post(BUILD, form(shelf), follow=True)

    assert "1 paket finns nu." in answer.content.decode()
    (address,) = links(client)
    tar = client.get(address)
    package = ArchivePackage.objects.get()
    assert hashlib.sha256(tar.content).hexdigest() == package.stored_id
    assert tar.headers["Content-Disposition"] == f'attachment; filename="{package.package_id}.tar"'
    with tarfile.open(fileobj=io.BytesIO(tar.content)) as archive:
        assert f"{package.package_id}/METS.xml" in archive.getnames()


def test_a_second_click_makes_no_second_package(shelf: WebShelf) -> None:
    shelf.print()
    client = shelf.centre()
    for _click in range(2):
        assert client.post(BUILD, form(shelf)).status_code == 302
    assert ArchivePackage.objects.count() == 1


def test_what_stands_in_the_way_is_said(shelf: WebShelf) -> None:
    answer = shelf.centre().post(BUILD, form(shelf))

    assert answer.status_code == 422
    assert "har ingen slutlig betygskatalog för HT 2026" in answer.content.decode()
    assert ArchivePackage.objects.count() == 0


def test_case_87_the_protected_package_is_for_who_may_see_it(shelf: WebShelf) -> None:
    person = shelf.stage.town.person("Eva", "Hemlig", protection="Sekretessmarkering")
    shelf.stage.decide(shelf.stage.place(person), "D")
    shelf.print()
    client = chosen(shelf.centre(), shelf)
    client.post(BUILD, form(shelf))

    found = links(client)

    (closed,) = [each for each in found if client.get(each).status_code == 302]
    (ordinary,) = set(found) - {closed}
    assert b"Hemlig" in opened(client, closed).content
    assert b"Hemlig" not in client.get(ordinary).content


def test_case_94_nobody_else_makes_or_fetches_one(shelf: WebShelf) -> None:
    shelf.print()
    client = chosen(shelf.centre(), shelf)
    client.post(BUILD, form(shelf))
    (address,) = links(client)
    for role in ("internal_provider", "external_provider", "principal"):
        other = shelf.stage.client(role) if role != "principal" else shelf.principal()
        assert other.get(address).status_code == 403
        assert other.post(BUILD, form(shelf)).status_code == 403
    assert ArchivePackage.objects.count() == 1


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_asks_the_database_as_often_for_any_number(
    size: int, shelf: WebShelf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stored = StoredDocument.objects.create(
        sha256="0" * 64,
        media_type="application/x-tar",
        content=b"",
        size=0,
        stored_at=shelf.print()[0].made_at,
    )
    for number in range(1, size + 1):
        ArchivePackage.objects.create(
            unit_id=shelf.unit_id,
            year=2026,
            season="HT",
            part="ordinary",
            number=number,
            package_id=f"SIP-{number}",
            stored=stored,
            decisions=1,
            files=11,
            made_at=stored.stored_at,
            made_by_name="Testet",
        )
    client = chosen(shelf.centre(), shelf)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        found = links(client)
    assert len(found) == size
