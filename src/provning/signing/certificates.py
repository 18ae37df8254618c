"""Certificates and revocation lists as the local authority writes them (RFC 5280)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

ORGANISATION = "Prövning"
ROOT_YEARS, STAMP_YEARS = 30, 15
# A key signs once and is thrown away: its certificate need not outlive the day.
PERSON_VALIDITY = timedelta(days=1)
# Clocks differ; a certificate that begins to hold at the very second is not yet valid elsewhere.
CLOCK_DIFFERENCE = timedelta(minutes=5)
REVOCATION_LIST_VALIDITY = timedelta(days=7)
LONGEST_COMMON_NAME = 64  # RFC 5280, appendix A.1; the library counts bytes
FULL_NAME = x509.ObjectIdentifier("2.5.4.41")  # id-at-name, which has room for every name
_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
    "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate and its private key."""

    certificate: x509.Certificate
    key: PrivateKey


def new_root(at: datetime) -> Credential:
    """Return a new authority, which signs certificates and revocation lists and nothing else."""
    key = rsa.generate_private_key(65537, 3072)
    name = _name("Prövning underskrifter, rot")
    draft = _draft(name, key, at, at + timedelta(days=365 * ROOT_YEARS))
    draft = draft.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    draft = draft.add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
    return Credential(draft.issuer_name(name).sign(key, hashes.SHA256()), key)


def new_stamp(root: Credential, at: datetime) -> Credential:
    """Return a new timestamp authority under the root (RFC 3161, 2.3)."""
    key = rsa.generate_private_key(65537, 3072)
    draft = _draft(_name("Prövning tidsstämplar"), key, at, at + timedelta(days=365 * STAMP_YEARS))
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    draft = draft.add_extension(_usage("digital_signature"), critical=True)
    return _issue(root, draft.add_extension(purpose, critical=True), key)


def new_person(
    root: Credential, *, key: str, name: str, organisation: str, at: datetime
) -> Credential:
    """Return a certificate for a person, over a key that is made for one signature."""
    private = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name, organisation or ORGANISATION, key)
    draft = _draft(subject, private, at, at + PERSON_VALIDITY)
    usage = _usage("digital_signature", "content_commitment")
    return _issue(root, draft.add_extension(usage, critical=True), private)


def new_revocation_list(
    root: Credential, revoked: Mapping[int, datetime], at: datetime
) -> x509.CertificateRevocationList:
    """Return the list of certificates that no longer hold, by serial number and since when."""
    draft = x509.CertificateRevocationListBuilder(root.certificate.subject)
    draft = draft.last_update(at).next_update(at + REVOCATION_LIST_VALIDITY)
    draft = draft.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    draft = draft.add_extension(_issuer_key(root), critical=False)
    for serial, since in revoked.items():
        entry = x509.RevokedCertificateBuilder(serial, since)
        draft = draft.add_revoked_certificate(entry.build())
    return draft.sign(root.key, hashes.SHA256())


def _issue(root: Credential, draft: x509.CertificateBuilder, key: PrivateKey) -> Credential:
    """Let the root sign a certificate that may sign no other."""
    draft = draft.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    draft = draft.add_extension(_issuer_key(root), critical=False)
    draft = draft.issuer_name(root.certificate.subject)
    return Credential(draft.sign(root.key, hashes.SHA256()), key)


def _draft(
    subject: x509.Name, key: PrivateKey, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    """Begin a certificate."""
    public = key.public_key()
    return (
        x509.CertificateBuilder(subject_name=subject, public_key=public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since - CLOCK_DIFFERENCE)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(common: str, organisation: str = ORGANISATION, key: str = "") -> x509.Name:
    """Return a distinguished name; a person's whole name stands beside the short common name."""
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "SE"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.COMMON_NAME, _short(common)),
    ]
    if key:
        parts.append(x509.NameAttribute(FULL_NAME, common))
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, key))
    return x509.Name(parts)


def _short(name: str) -> str:
    """Return as much of a name as a common name holds, in whole characters."""
    return name.encode()[:LONGEST_COMMON_NAME].decode(errors="ignore")


def _usage(*granted: str) -> x509.KeyUsage:
    """Return what a key may be used for, and nothing besides."""
    return x509.KeyUsage(**{usage: usage in granted for usage in _USAGES})


def _issuer_key(root: Credential) -> x509.AuthorityKeyIdentifier:
    """Return which key signed."""
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key())
