"""A scanned page is told by its content, kept once, and handed out to who may see the signature."""

import struct
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.catalogues.actions import register_signatures
from provning.catalogues.models import CatalogueSignature, GradeCatalogue, StoredDocument
from provning.catalogues.queries import signature_rows, signature_scan
from provning.catalogues.rules import MOST_BYTES, scan_problems, scan_type
from provning.kernel.problems import NotFoundError, NotOpenedError, ProblemsFoundError
from provning.kernel.seen import watching
from tests.catalogues.signing import Printed, build, by_rektor, by_teacher, sign
from tests.catalogues.world import Graded, graded_group
from tests.grading import world
from tests.grading.world import AFTER_TERM

PDF = b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20 + b"\xff\xd9"


@pytest.mark.parametrize(
    ("content", "kind"), [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")]
)
def test_a_page_is_told_by_its_content(content: bytes, kind: str) -> None:
    assert (scan_type(content), scan_problems(content)) == (kind, [])
    assert scan_type(content[: len(content) // 2]) == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "scan-kind"),
        (b"<script>alert(1)</script>", "scan-kind"),
        (b"MZ" + PDF, "scan-kind"),
        (PDF + b" " * MOST_BYTES, "scan-size"),
    ],
    ids=["empty", "markup", "program", "large"],
)
def test_what_is_no_scanned_page_is_refused_with_what_to_do(content: bytes, code: str) -> None:
    assert [(each.code, each.field) for each in scan_problems(content)] == [(code, "scan")]


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_told_or_refused(content: bytes) -> None:
    assert (scan_type(content) == "") == bool(scan_problems(content))


def with_scan(graded: Graded, made: GradeCatalogue, scan: bytes) -> list[CatalogueSignature]:
    return register_signatures(
        actor=graded.maker,
        catalogue_id=made.pk,
        signings=[by_teacher(graded), by_rektor(graded)],
        scan=scan,
        today=AFTER_TERM + timedelta(days=1),
    )


@pytest.mark.django_db
def test_one_page_is_kept_for_all_who_are_registered_together(printed_for_two: Printed) -> None:
    graded, made = printed_for_two
    with_scan(graded, made, PNG)

    found = {
        signature_scan(graded.maker, row.signature.id).content
        for row in signature_rows(graded.maker, made.pk)
        if row.signature
    }
    assert found == {PNG}
    assert StoredDocument.objects.filter(media_type="image/png").count() == 1
    (own,) = signature_rows(graded.teacher, made.pk)
    assert own.signature is not None
    document = signature_scan(graded.teacher, own.signature.id)
    assert document.file_name == "underskrift-BK-12345678-HT26-1-2027-01-04.png"


@pytest.mark.django_db
def test_a_file_that_is_no_page_keeps_everything_from_being_registered(
    printed_for_two: Printed,
) -> None:
    graded, made = printed_for_two

    with pytest.raises(ProblemsFoundError) as caught:
        with_scan(graded, made, b"hej")

    assert [each.code for each in caught.value.problems] == ["scan-kind"]
    assert not CatalogueSignature.objects.exists()
    assert StoredDocument.objects.count() == 1


@pytest.mark.django_db
def test_a_page_is_shown_only_with_the_signature_it_belongs_to(printed_for_two: Printed) -> None:
    graded, made = printed_for_two
    without = sign(graded, made, by_teacher(graded))[0]
    (signed,) = register_signatures(
        actor=graded.maker,
        catalogue_id=made.pk,
        signings=[by_rektor(graded)],
        scan=JPEG,
        today=AFTER_TERM,
    )

    assert signature_scan(graded.rektor, signed.pk).content == JPEG
    for actor, signature in (
        (graded.maker, without),
        (graded.teacher, signed),
        (world.administrator(graded.town.other_unit), signed),
    ):
        with pytest.raises(NotFoundError):
            signature_scan(actor, signature.pk)


@pytest.mark.django_db
def test_a_page_that_speaks_of_the_protected_is_given_when_the_version_is_opened() -> None:
    """The sheets' reason is the page's too, and who was read in clear is noted."""
    hidden = world.person("Siv", "Hemlig", protected=True)
    graded = graded_group([hidden])
    made = build(graded)
    (signed,) = register_signatures(
        actor=graded.rektor,
        catalogue_id=made.pk,
        signings=[by_teacher(graded)],
        scan=JPEG,
        today=AFTER_TERM + timedelta(days=1),
    )

    with watching() as seen, pytest.raises(NotOpenedError):
        signature_scan(replace(graded.rektor, opened=frozenset()), signed.pk)
    assert seen.persons == {}
    with watching() as seen:
        opened = replace(graded.rektor, opened=frozenset({made.pk}))
        assert signature_scan(opened, signed.pk).content == JPEG
    assert seen.persons == {hidden.pk: True}
