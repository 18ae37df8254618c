"""Verification: every change is found, trust has its limits, and no file breaks it."""

import shutil
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provning.signing.local import LocalSigner
from provning.signing.ports import Level
from provning.signing.reports import Coverage
from tests.signing.documents import (
    DAY,
    KARIN,
    NOW,
    REASON,
    YEAR,
    document,
    flipped,
    rewritten,
    signed_places,
    with_page_from,
)

LATER = NOW + 31 * DAY


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.integers(0, 10**9), mask=st.integers(1, 255))
def test_any_changed_byte_in_what_is_signed_is_found(
    signer: LocalSigner, sealed: bytes, place: int, mask: int
) -> None:
    places = signed_places(sealed)

    changed = flipped(sealed, places[place % len(places)], mask)

    assert not signer.verify(changed, LATER).valid


def test_a_seal_covers_everything_but_itself(sealed: bytes) -> None:
    places = signed_places(sealed)
    gap = set(range(len(sealed))) - set(places)
    assert sealed[min(gap)] == ord("<")
    assert sealed[max(gap)] == ord(">")
    assert set(sealed[min(gap) + 1 : max(gap)]) <= set(b"0123456789abcdefABCDEF")


@pytest.mark.parametrize("level", list(Level))
def test_one_changed_bit_breaks_every_level(
    signer: LocalSigner, levels: dict[Level, bytes], level: Level
) -> None:
    report = signer.verify(flipped(levels[level], 5000), NOW)

    assert not report.valid
    assert [each.intact for each in report.signers] == [False]


def test_a_page_exchanged_afterwards_is_found(signer: LocalSigner, sealed: bytes) -> None:
    report = signer.verify(with_page_from(sealed, document("Falsk")), LATER)

    assert not report.valid
    assert {each.coverage for each in report.signatures} == {Coverage.CHANGED}
    # The signed bytes are all there; it is what came after them that nobody signed.
    assert {each.intact for each in report.signatures} == {True}


def test_a_page_exchanged_in_a_new_file_is_found(signer: LocalSigner, sealed: bytes) -> None:
    report = signer.verify(rewritten(sealed, document("Falsk")), LATER)

    assert not report.valid
    assert {each.intact for each in report.signatures} == {False}


def test_a_cut_end_is_found(signer: LocalSigner, two: bytes) -> None:
    assert not signer.verify(two[:-1], LATER).valid


@pytest.mark.parametrize("more", [b"% mer\n", b"\0", b"% mer\n%%EOF\n"])
def test_something_put_after_the_end_is_found(
    signer: LocalSigner, sealed: bytes, more: bytes
) -> None:
    assert not signer.verify(sealed + more, LATER).valid


def test_something_put_after_evidence_is_found(
    signer: LocalSigner, levels: dict[Level, bytes]
) -> None:
    assert signer.verify(levels[Level.B_LT], NOW).valid
    assert not signer.verify(levels[Level.B_LT] + b"% mer\n", NOW).valid


@pytest.mark.parametrize("file", [b"", b"%PDF-1.7\n", b"Betygskatalog", b"\x00" * 999])
def test_what_is_no_document_is_said_to_be_none(signer: LocalSigner, file: bytes) -> None:
    report = signer.verify(file, NOW)

    assert not report.valid
    assert report.fault != ""
    assert report.signatures == ()


def test_a_timestamp_outlives_the_certificate_it_proves(
    signer: LocalSigner, levels: dict[Level, bytes]
) -> None:
    in_ten_years = NOW + 10 * YEAR

    valid = {level: signer.verify(levels[level], in_ten_years).valid for level in Level}

    assert valid == {Level.B_B: False, Level.B_T: True, Level.B_LT: True, Level.B_LTA: True}


def test_a_seal_has_to_be_renewed_before_its_own_certificate_ends(
    signer: LocalSigner, sealed: bytes
) -> None:
    in_twenty_years = NOW + 20 * YEAR

    last = signer.verify(sealed, in_twenty_years).signatures[-1]

    assert (last.intact, last.trusted, last.fault) == (True, False, "OUT_OF_BOUNDS_NO_POE")
    assert not signer.verify(sealed, in_twenty_years).valid


def test_an_authority_nobody_knows_is_not_trusted(
    stranger: Path, tmp_path: Path, sealed: bytes
) -> None:
    for signer in (LocalSigner(stranger), LocalSigner(tmp_path / "none")):
        report = signer.verify(sealed, LATER)
        assert not report.valid
        assert [(each.intact, each.trusted) for each in report.signatures] == [(True, False)] * 3


def test_an_earlier_authority_is_trusted_when_its_root_is_kept(
    folder: Path, stranger: Path, tmp_path: Path, sealed: bytes
) -> None:
    shutil.copytree(stranger, tmp_path, dirs_exist_ok=True)
    new = LocalSigner(tmp_path)
    assert not new.verify(sealed, LATER).valid
    (tmp_path / "trusted").mkdir()
    shutil.copy(folder / "keys" / "root.crt", tmp_path / "trusted" / "2026.crt")

    assert new.verify(sealed, LATER).valid


def test_a_sealed_document_is_verified_with_the_root_alone(
    folder: Path, tmp_path: Path, sealed: bytes
) -> None:
    (tmp_path / "trusted").mkdir()
    shutil.copy(folder / "keys" / "root.crt", tmp_path / "trusted" / "root.crt")

    assert LocalSigner(tmp_path).verify(sealed, NOW + 10 * YEAR).valid


def test_a_revoked_certificate_is_not_trusted(own_folder: Path, plain: bytes) -> None:
    signer = LocalSigner(own_folder)
    signed = signer.sign(plain, KARIN, REASON, NOW)
    (signature,) = signer.verify(signed, NOW).signatures
    revoked = own_folder / "revoked"

    revoked.write_text(f"\n{signature.serial} {(NOW - DAY).isoformat()}\n")
    (judged,) = signer.verify(signed, NOW).signatures
    assert (judged.intact, judged.trusted, judged.fault) == (True, False, "REVOKED_NO_POE")

    revoked.write_text(f"{signature.serial} {(NOW + DAY).isoformat()}\n")
    assert signer.verify(signed, NOW + 2 * DAY).valid


def test_nothing_is_asked_of_the_network(
    monkeypatch: pytest.MonkeyPatch, folder: Path, plain: bytes
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    signer = LocalSigner(folder, Level.B_LTA)

    assert signer.verify(signer.sign(plain, KARIN, REASON, NOW), NOW).valid
