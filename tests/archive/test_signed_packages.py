"""Signatures in e-archive packages: the sealed file, scanned pages, and what each is."""

from pathlib import Path

import pytest
from lxml import etree

from provning.archive.package.kinds import scan_kind
from provning.archive.package.verifying import package_faults
from provning.catalogues.actions import store_document, withdraw_signature
from provning.catalogues.models import (
    CatalogueSignature,
    GradeCatalogue,
    SignatureCheck,
    SignedDocument,
    StoredDocument,
)
from provning.catalogues.queries.electronic import current_file
from tests.archive.test_packages import RECORDS, SPACE, build, unpacked
from tests.archive.world import Shelf
from tests.catalogues.signing import decided_by_rektor
from tests.catalogues.test_scans import JPEG, PDF, PNG
from tests.grading.world import AFTER_TERM
from tests.support.eark import WHOLE, validated

pytestmark = pytest.mark.django_db


def sign_electronically(catalogue: GradeCatalogue, mark: bytes = b"% signed") -> bytes:
    """Store a signed document of the version, which is the same with a mark, and its check."""
    signed = bytes(StoredDocument.objects.get(pk=catalogue.stored_id).content) + mark
    stored = store_document(signed, "application/pdf")
    SignedDocument.objects.create(
        catalogue=catalogue, stored=stored, sealed=True, made_at=catalogue.made_at
    )
    SignatureCheck.objects.create(
        catalogue=catalogue,
        document=stored,
        checked_at=catalogue.made_at,
        valid=True,
        report='{"valid":true}',
    )
    return signed


def test_the_electronically_signed_document_lies_beside_the_printed_one(
    tmp_path: Path, plain: Shelf
) -> None:
    (catalogue,) = plain.print(sign=False)
    signed = sign_electronically(catalogue)

    (package,) = build(plain)

    folder = unpacked(package, tmp_path)
    name = "representations/rep1/data/betygskatalog-BK-12345678-HT26-1-undertecknad.pdf"
    assert (folder / name).read_bytes() == signed
    check = folder / name.replace("undertecknad.pdf", "kontroll.json")
    assert check.read_text("utf-8") == '{"valid":true}'
    assert validated(folder) == WHOLE


def test_the_sealed_file_is_the_one_that_is_packed(tmp_path: Path, plain: Shelf) -> None:
    (catalogue,) = plain.print(sign=False)
    sign_electronically(catalogue, b"% one")
    sealed = sign_electronically(catalogue, b"% one, another and the seal")

    (package,) = build(plain)

    folder = unpacked(package, tmp_path)
    (packed,) = folder.rglob("*-undertecknad.pdf")
    assert packed.read_bytes() == sealed == bytes(current_file(catalogue).content)
    assert package_faults(folder) == []


@pytest.mark.parametrize(
    ("scan", "ending", "known"),
    [(PDF, "pdf", ("PDF", "1.4", "fmt/18")), (PNG, "png", ("PNG", "1.0", "fmt/11"))],
    ids=["pdf", "png"],
)
def test_scanned_signatures_lie_beside_what_was_signed(
    tmp_path: Path, scan: bytes, ending: str, known: tuple[str, str, str], plain: Shelf
) -> None:
    (catalogue,) = plain.print(sign=False)
    plain.sign(catalogue, scan=scan)

    (package,) = build(plain)

    folder = unpacked(package, tmp_path)
    name = f"representations/rep1/data/betygskatalog-BK-12345678-HT26-1-underskrift-1.{ending}"
    assert (folder / name).read_bytes() == scan
    assert (validated(folder), package_faults(folder)) == (WHOLE, [])
    records = etree.parse(folder / RECORDS)
    (page,) = records.xpath("//b:skannad", namespaces=SPACE)
    assert [(each.tag.partition("}")[2], each.text) for each in page] == [
        ("fil", Path(name).name),
        ("undertecknad_av", "Karin Wallgren"),
    ]
    premis = etree.parse(folder / "metadata/preservation/premis.xml")
    space = {"p": "http://www.loc.gov/premis/v3"}
    signing = premis.xpath("//p:event[p:eventType='signing']", namespaces=space)[0]
    linked = signing.xpath(".//p:linkingObjectIdentifierValue/text()", namespaces=space)
    assert name in linked
    (held,) = premis.xpath(f"//p:object[.//p:objectIdentifierValue='{name}']", namespaces=space)
    facts = ("formatName", "formatVersion", "formatRegistryKey")
    assert tuple(held.findtext(f".//p:{fact}", namespaces=space) for fact in facts) == known


def test_a_page_that_two_have_signed_lies_once_and_one_taken_back_not_at_all(
    tmp_path: Path, plain: Shelf
) -> None:
    decided_by_rektor(plain.graded)
    (catalogue,) = plain.print(sign=False)
    plain.sign(catalogue, scan=PNG)
    assert CatalogueSignature.objects.count() == 2
    (package,) = build(plain)
    records = etree.parse(unpacked(package, tmp_path) / RECORDS)
    assert records.xpath("//b:skannad/b:undertecknad_av/text()", namespaces=SPACE) == [
        "Karin Wallgren",
        "Rut Rektor",
    ]

    for each in CatalogueSignature.objects.all():
        withdraw_signature(
            actor=plain.sender, signature_id=each.pk, reason="Fel blad", today=AFTER_TERM
        )
    (again,) = build(plain)
    assert list(unpacked(again, tmp_path / "two").rglob("*-underskrift-*")) == []


@pytest.mark.parametrize(
    ("content", "media_type", "known"),
    [
        (b"%PDF-1.7\n", "application/pdf", ("PDF", "1.7", "fmt/276")),
        (b"%PDF-9.9\n", "application/pdf", ("PDF", "", "fmt/18")),
        (JPEG[:11] + b"\x01\x02" + JPEG[13:], "image/jpeg", ("JFIF", "1.02", "fmt/44")),
        (b"\xff\xd8\xff\xe1\x00\x10Exif\x00", "image/jpeg", ("Raw JPEG Stream", "", "fmt/41")),
        (b"\xff\xd8\xff", "image/jpeg", ("Raw JPEG Stream", "", "fmt/41")),
    ],
)
def test_the_format_of_a_scan_is_told_by_its_bytes(
    content: bytes, media_type: str, known: tuple[str, str, str]
) -> None:
    found = scan_kind(content, media_type)
    assert (found.name, found.version, found.pronom, found.media_type) == (*known, media_type)
