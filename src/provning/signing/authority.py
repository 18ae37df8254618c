"""The local certificate authority: its keys lie in one folder and are never shown to others.

`root.key` and `root.crt`, `stamp.key` and `stamp.crt`, made when they are first needed. Roots in
`trusted/*.crt` are trusted too: those of earlier authorities. `revoked` has a line for each
certificate that no longer holds: serial number in hexadecimal, a blank, since when (ISO 8601).
"""

import shutil
import stat
import tempfile
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from provning.signing.certificates import (
    Credential,
    PrivateKey,
    new_person,
    new_revocation_list,
    new_root,
    new_stamp,
)
from provning.signing.ports import SigningError, SigningPerson

PEM = serialization.Encoding.PEM
OWNER_ONLY = 0o600
KEYS = "keys"
REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority whose keys are at hand."""

    folder: Path
    root: Credential
    stamp: Credential

    @property
    def stamp_key(self) -> rsa.RSAPrivateKey:
        """Return the key that stamps; raises `SigningError` when it is of another kind than RSA."""
        if not isinstance(self.stamp.key, rsa.RSAPrivateKey):
            raise SigningError("stamp.key is of a kind that cannot stamp")
        return self.stamp.key

    def issue(self, who: SigningPerson, at: datetime) -> Credential:
        """Return a certificate with a key for one signature; the key is stored nowhere."""
        return new_person(
            self.root, key=who.key, name=who.name, organisation=who.organisation, at=at
        )

    def revocation_list(self, at: datetime) -> x509.CertificateRevocationList:
        """Return the list as it stands at a moment."""
        return new_revocation_list(self.root, _revoked(self.folder), at)


def open_authority(folder: Path, at: datetime) -> Authority:
    """Return the authority of the folder, made now if there is none yet.

    Raises `SigningError` when a key can be read by others than its owner.
    """
    if not (folder / KEYS).exists():
        _make(folder, at)
    return Authority(folder, _read(folder / KEYS, "root"), _read(folder / KEYS, "stamp"))


def trusted_roots(folder: Path) -> list[x509.Certificate]:
    """Return the roots that verification trusts; none where there is no authority."""
    paths = [folder / KEYS / "root.crt", *sorted((folder / "trusted").glob("*.crt"))]
    return [_certificate(path) for path in paths if path.exists()]


def has_authority(folder: Path) -> bool:
    """Say whether the folder has an authority."""
    return (folder / KEYS).exists()


def _make(folder: Path, at: datetime) -> None:
    """Make an authority; of two who do it at once, one is kept, whole."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder, prefix="draft-"))
    try:
        root = new_root(at)
        _write(draft, "root", root)
        _write(draft, "stamp", new_stamp(root, at))
        draft.rename(folder / KEYS)
    except OSError:
        # The name is taken by a folder that is not empty: somebody else was quicker.
        shutil.rmtree(draft)
        if not has_authority(folder):
            raise


def _write(folder: Path, name: str, credential: Credential) -> None:
    """Write a certificate and its key, the key for its owner alone from the first byte."""
    pem = credential.key.private_bytes(
        PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / f"{name}.key"
    path.touch(mode=OWNER_ONLY, exist_ok=False)
    path.write_bytes(pem)
    (folder / f"{name}.crt").write_bytes(credential.certificate.public_bytes(PEM))


def _read(folder: Path, name: str) -> Credential:
    """Read a certificate and its key."""
    path = folder / f"{name}.key"
    if stat.S_IMODE(path.stat().st_mode) & ~OWNER_ONLY:
        raise SigningError(f"{path} can be read by others: make it its owner's alone (chmod 600)")
    key = _key(path.read_bytes())
    if not isinstance(key, PrivateKey):
        raise SigningError(f"{path} is of a kind that is not used here")
    return Credential(_certificate(folder / f"{name}.crt"), key)


@lru_cache(maxsize=8)
def _key(pem: bytes) -> PrivateKeyTypes:
    """Return a private key; to prove that it is sound takes a tenth of a second, so it is kept."""
    return serialization.load_pem_private_key(pem, password=None)


def _certificate(path: Path) -> x509.Certificate:
    """Read a certificate."""
    return x509.load_pem_x509_certificate(path.read_bytes())


def _revoked(folder: Path) -> dict[int, datetime]:
    """Read the certificates that no longer hold."""
    path = folder / REVOKED
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    return {int(serial, 16): datetime.fromisoformat(since.strip()) for serial, since in pairs}
