"""The local authority: its keys are its owner's alone, and it is made once."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from provning.signing.authority import open_authority
from provning.signing.local import LocalSigner
from provning.signing.ports import SigningError
from tests.signing.conftest import MadeAtOnce
from tests.signing.documents import DAY, KARIN, NOW, PER


def modes(folder: Path) -> dict[str, int]:
    """Return the permissions of each file in the folder of keys."""
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder / "keys").iterdir()}


def test_keys_are_their_owners_alone(made_at_once: MadeAtOnce) -> None:
    folder, _first, _second = made_at_once

    assert {name: mode for name, mode in modes(folder).items() if name.endswith(".key")} == {
        "root.key": 0o600,
        "stamp.key": 0o600,
    }
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_not_used(own_folder: Path, mode: int) -> None:
    open_authority(own_folder, NOW)
    (own_folder / "keys" / "root.key").chmod(mode)

    with pytest.raises(SigningError, match="chmod 600"):
        open_authority(own_folder, NOW)


def test_the_authority_is_the_same_when_it_is_opened_again(made_at_once: MadeAtOnce) -> None:
    folder, first, _second = made_at_once

    again = open_authority(folder, NOW + DAY)

    assert again.root.certificate == first.root.certificate
    assert again.stamp.certificate == first.stamp.certificate


def test_two_who_make_it_at_once_have_the_same(made_at_once: MadeAtOnce) -> None:
    folder, first, second = made_at_once

    assert first.root.certificate == second.root.certificate
    assert [path.name for path in folder.iterdir()] == ["keys"]


def test_a_key_signs_once_and_is_kept_nowhere(own_folder: Path) -> None:
    authority = open_authority(own_folder, NOW)
    before = modes(own_folder)

    keys = {
        each.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        for each in (authority.issue(KARIN, NOW), authority.issue(KARIN, NOW))
    }

    assert len(keys) == 2
    assert modes(own_folder) == before
    assert [path.name for path in own_folder.iterdir()] == ["keys"]


def test_a_persons_certificate_holds_for_a_day_and_signs_no_other(own_folder: Path) -> None:
    authority = open_authority(own_folder, NOW)

    certificate = authority.issue(PER, NOW).certificate

    assert certificate.not_valid_after_utc == NOW + DAY
    assert certificate.subject.rfc4514_string() == (
        "2.5.4.5=77aa,2.5.4.41=Per-Olof Łukasz Nyqvist,CN=Per-Olof Łukasz Nyqvist,"
        "O=Komvux Centrum,C=SE"
    )
    certificate.verify_directly_issued_by(authority.root.certificate)
    with pytest.raises(ValueError, match="issuer"):
        certificate.verify_directly_issued_by(authority.stamp.certificate)


def test_verification_makes_no_authority(tmp_path: Path, sealed: bytes) -> None:
    LocalSigner(tmp_path / "signing").verify(sealed, NOW)

    assert list(tmp_path.iterdir()) == []
