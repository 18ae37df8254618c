"""Signing: who, when and why stand in the document, and what was there stays as it was."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from provning.signing.local import LocalSigner
from provning.signing.ports import Level, SigningError, SigningPerson
from provning.signing.reports import (
    Coverage,
    Report,
    SignatureKind,
    SignatureReport,
    report_from_json,
)
from provning.signing.services import UnknownServiceError, known_service, signing_service
from tests.signing.documents import DAY, KARIN, NOW, PER, REASON
from tests.support.pdf_text import pages_of

LONG = SigningPerson("0b1c", "Łucja " + "Reinholdsson-Danckwardt " * 6, "Komvux Centrum")


def told(report: Report) -> list[tuple[str, str, str, Coverage]]:
    """Return who, when, level and coverage of each signature."""
    return [
        (each.name, each.at.date().isoformat() if each.at else "", each.level, each.coverage)
        for each in report.signatures
    ]


@pytest.mark.parametrize("level", list(Level))
def test_a_signature_has_the_level_it_was_made_to(
    signer: LocalSigner, levels: dict[Level, bytes], level: Level
) -> None:
    report = signer.verify(levels[level], NOW + timedelta(hours=1))

    assert report.valid
    assert [each.level for each in report.signers] == [level]
    assert [each.timestamped for each in report.signers] == [level != Level.B_B]
    assert report.sealed is (level == Level.B_LTA)


def test_a_loop_that_runs_where_it_is_called_is_no_hindrance(
    signer: LocalSigner, plain: bytes
) -> None:
    async def in_a_server() -> Report:
        signed = signer.seal(signer.sign(plain, KARIN, REASON, NOW), NOW)
        return signer.verify(signed, NOW + DAY)

    with ThreadPoolExecutor(max_workers=1) as server:
        assert server.submit(asyncio.run, in_a_server()).result().valid


def test_the_report_says_who_when_and_why(signer: LocalSigner, one: bytes) -> None:
    (signature,) = signer.verify(one, NOW + DAY).signatures

    assert signature == SignatureReport(
        kind=SignatureKind.SIGNATURE,
        name="Karin Wallgren",
        key="5f0e",
        reason=REASON,
        at=NOW,
        timestamped=True,
        level="B-T",
        serial=signature.serial,
        intact=True,
        trusted=True,
        coverage=Coverage.WHOLE_FILE,
    )


def test_one_signs_after_another_and_the_seal_comes_last(
    signer: LocalSigner, sealed: bytes
) -> None:
    report = signer.verify(sealed, NOW + 31 * DAY)

    assert report.valid
    assert report.sealed
    assert told(report) == [
        (KARIN.name, "2026-12-21", "B-LTA", Coverage.SIGNED_ON),
        (PER.name, "2027-01-20", "B-LTA", Coverage.SIGNED_ON),
        ("Prövning tidsstämplar", "2027-01-20", "B-LTA", Coverage.WHOLE_FILE),
    ]


def test_what_was_there_before_is_not_touched(plain: bytes, two: bytes, sealed: bytes) -> None:
    assert two.startswith(plain)
    assert sealed.startswith(two)
    assert pages_of(sealed) == pages_of(plain) == ["Betygskatalog 1", "Betygskatalog 2"]


def test_the_same_person_may_sign_again(signer: LocalSigner, one: bytes) -> None:
    again = signer.sign(one, KARIN, REASON, NOW + DAY)

    report = signer.verify(again, NOW + DAY)
    assert report.valid
    assert [each.name for each in report.signers] == [KARIN.name, KARIN.name]
    assert len({each.serial for each in report.signers}) == 2


def test_a_name_is_never_cut(signer: LocalSigner, plain: bytes) -> None:
    signed = signer.sign(plain, LONG, REASON, NOW)

    assert [each.name for each in signer.verify(signed, NOW).signers] == [LONG.name]


def test_a_seal_is_renewed_by_another_over_it(signer: LocalSigner, sealed: bytes) -> None:
    renewed = signer.seal(sealed, NOW + 3650 * DAY)

    report = signer.verify(renewed, NOW + 3651 * DAY)
    assert report.valid
    assert [each.kind for each in report.signatures[2:]] == [SignatureKind.SEAL, SignatureKind.SEAL]


def test_a_document_that_nobody_has_signed_is_not_valid(signer: LocalSigner, plain: bytes) -> None:
    assert not signer.verify(plain, NOW).valid
    only_sealed = signer.verify(signer.seal(plain, NOW), NOW)
    assert only_sealed.sealed
    assert not only_sealed.valid


def test_what_is_no_document_is_not_signed(signer: LocalSigner) -> None:
    with pytest.raises(SigningError):
        signer.sign(b"Betygskatalog", KARIN, REASON, NOW)
    with pytest.raises(SigningError):
        signer.seal(b"", NOW)


def test_a_report_is_read_as_it_was_written(signer: LocalSigner, sealed: bytes) -> None:
    for document in (sealed, sealed[:-900], b"Betygskatalog"):
        report = signer.verify(document, NOW + 31 * DAY)
        assert report_from_json(report.to_json()) == report


def test_the_service_is_chosen_by_name(tmp_path: Path) -> None:
    service = signing_service("local", tmp_path)

    assert isinstance(service, LocalSigner)
    assert service.folder == tmp_path
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "Local", "scrive"])
def test_an_unknown_service_stops_the_program(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownServiceError):
        known_service(name)
    with pytest.raises(UnknownServiceError):
        signing_service(name, tmp_path)
