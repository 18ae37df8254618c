"""A document with protected persons is handed out for a reason, and the log has it first."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest

from provning.access.models import AccessEntry
from provning.archive.models import ArchivePackage
from provning.catalogues.models import GradeCatalogue, StoredDocument
from provning.people.models import Person
from tests.web.opening import REASON, opened
from tests.web.shelf import WebShelf

FIELDS = ("kind", "person_id", "opened", "reason", "place")
REASON_PAGE = "/atkomst/dokument/"


@pytest.fixture
def hidden(shelf: WebShelf) -> Person:
    """Return somebody with a protected identity and a grade."""
    person = shelf.stage.town.person("Eva", "Hemlig", protection="Sekretessmarkering")
    shelf.stage.decide(shelf.stage.place(person), "D")
    return person


def protected_part(shelf: WebShelf) -> GradeCatalogue:
    """Print the autumn's catalogue and return the part with the protected person."""
    return next(each for each in shelf.print(sign=False) if each.part == "protected")


def package(shelf: WebShelf) -> UUID:
    """Store a package of the protected part."""
    stored = StoredDocument.objects.create(
        sha256=sha256(b"tar").hexdigest(),
        media_type="application/x-tar",
        content=b"tar",
        size=3,
        stored_at=datetime.now(UTC),
    )
    return ArchivePackage.objects.create(
        unit_id=shelf.unit_id,
        year=2026,
        season="HT",
        part="protected",
        number=1,
        package_id="paket",
        stored=stored,
        decisions=1,
        files=1,
        made_at=datetime.now(UTC),
        made_by_name="Någon",
    ).pk


def logged() -> list[tuple[object, ...]]:
    return list(AccessEntry.objects.order_by("pk").values_list(*FIELDS))


def test_the_protected_part_is_opened_for_a_reason_and_names_whom_it_gave(
    shelf: WebShelf, hidden: Person
) -> None:
    address = f"/betygskataloger/{protected_part(shelf).pk}/pdf/"
    principal = shelf.principal()
    asked = principal.get(address)
    refused = principal.post(asked["Location"], {"reason": "x"})
    assert (asked.status_code, refused.status_code, logged()) == (302, 422, [])
    assert opened(principal, address).content[:4] == b"%PDF"
    place = "catalogues:document"
    assert logged() == [
        ("file", None, True, REASON, place),
        ("file", hidden.pk, True, "", place),
    ]
    # The very same version as data, within the hour.
    assert principal.get(address.replace("pdf", "innehall")).status_code == 200


@pytest.mark.usefixtures("hidden")
def test_nobody_opens_what_only_somebody_else_was_asked_to_open(shelf: WebShelf) -> None:
    address = f"/betygskataloger/{protected_part(shelf).pk}/pdf/"
    asked = shelf.principal().get(address)["Location"]
    other = WebShelf(shelf.stage).principal()
    tries = [asked, f"{REASON_PAGE}?t=x", REASON_PAGE]
    assert [other.post(each, {"reason": REASON}).status_code for each in tries] == [404] * 3
    assert other.get(address).status_code == 302
    assert logged() == []


def test_a_package_of_the_protected_part_asks_why_and_a_provider_does_not_see_it(
    shelf: WebShelf, hidden: Person
) -> None:
    address = f"/arkiv/paket/{package(shelf)}/"
    centre = shelf.stage.client("adult_education_centre")
    assert opened(centre, address).content == b"tar"
    assert [each[:3] for each in logged()] == [("file", None, True), ("file", hidden.pk, True)]
    assert shelf.provider().get(address).status_code in {403, 404}
