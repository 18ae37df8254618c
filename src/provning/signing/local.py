"""The local signing service: PAdES by pyHanko with the program's own authority, all offline."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, SimpleSigner
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError as LibraryError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from provning.signing.apart import apart
from provning.signing.authority import Authority, has_authority, open_authority, trusted_roots
from provning.signing.certificates import Credential
from provning.signing.ports import Level, SigningError, SigningPerson
from provning.signing.reports import Report
from provning.signing.stamping import Stamper
from provning.signing.verifying import Trust, verify_pdf

DIGEST = "sha256"
# Nothing is drawn: the text of the page stays as it was. PDF/A forbids a hidden field, and a strict
# reading of PDF/UA an untagged one on the page, so the field lies outside it.
INVISIBLE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)

# A library's warnings are its user's to show: a verification that fails is told in its report.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())
logging.getLogger("pyhanko_certvalidator").addHandler(logging.NullHandler())


class LocalSigner:
    """A `Signer` whose keys lie in a folder; `level` is what a signature reaches by itself."""

    def __init__(self, folder: Path, level: Level = Level.B_T) -> None:
        """Keep where the keys lie; they are made when somebody first signs."""
        self.folder = folder
        self.level = level

    def sign(self, pdf: bytes, who: SigningPerson, reason: str, at: datetime) -> bytes:
        """Return the document with one more signature; raises `SigningError`."""
        authority = open_authority(self.folder, at)
        request = _Request(who, reason, at, stamped=self.level != Level.B_B)
        with _told():
            signed = _signed(authority, pdf, request)
            if self.level == Level.B_LT:
                return _with_evidence(authority, signed, at)
        return self.seal(signed, at) if self.level == Level.B_LTA else signed

    def seal(self, pdf: bytes, at: datetime) -> bytes:
        """Return the document with evidence and a timestamp over all; raises `SigningError`."""
        with _told():
            return _sealed(open_authority(self.folder, at), pdf, at)

    def verify(self, pdf: bytes, at: datetime) -> Report:
        """Say whether the signatures hold; makes no authority where there is none."""
        lists = []
        if has_authority(self.folder):
            lists.append(open_authority(self.folder, at).revocation_list(at))
        roots = [_asn1(each) for each in trusted_roots(self.folder)]
        crls = [each.public_bytes(Encoding.DER) for each in lists]
        return verify_pdf(pdf, Trust(roots, crls), at)


@dataclass(frozen=True, slots=True)
class _Request:
    """One signature to make."""

    who: SigningPerson
    reason: str
    at: datetime
    stamped: bool


@contextmanager
def _told() -> Iterator[None]:
    """Tell what the library refuses as the port's own error."""
    try:
        yield
    except (PdfError, LibraryError) as error:
        raise SigningError(f"the document cannot be signed: {error}") from error


class _PunctualSigner(PdfSigner):
    """A signer that writes the time it is given instead of asking the clock."""

    at: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        """Begin as the library does, at the given time."""
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


@apart
def _signed(authority: Authority, pdf: bytes, request: _Request) -> bytes:
    """Return the document with one more signature."""
    writer = _writer(pdf)
    field = f"Underskrift{len(_embedded(writer)) + 1}"
    who = request.who
    signer = _PunctualSigner(
        PdfSignatureMetadata(
            field_name=field,
            md_algorithm=DIGEST,
            name=who.name,
            reason=request.reason,
            subfilter=SigSeedSubFilter.PADES,
        ),
        _simple(authority.issue(who, request.at), authority),
        timestamper=_stamper(authority, request.at) if request.stamped else None,
        new_field_spec=SigFieldSpec(
            field,
            invis_sig_settings=INVISIBLE,
            readable_field_name=f"Elektronisk underskrift av {who.name}",
        ),
    )
    signer.at = request.at
    return _bytes(signer.sign_pdf(writer))


def _with_evidence(authority: Authority, pdf: bytes, at: datetime) -> bytes:
    """Return the document with what is needed to judge its signatures in the future (B-LT)."""
    writer = _writer(pdf)
    _supply_evidence(writer, _embedded(writer), authority, at)
    output = BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call] # The library has not typed it.
    return _bytes(output)


@apart
def _sealed(authority: Authority, pdf: bytes, at: datetime) -> bytes:
    """Return the document with evidence and, over everything, a timestamp (B-LTA)."""
    writer = _writer(pdf)
    embedded = _embedded(writer)
    field = f"Tidsstampel{len(embedded) + 1}"
    _supply_evidence(writer, embedded, authority, at)
    stamper = PdfTimeStamper(
        _stamper(authority, at),
        field_name=field,
        invis_settings=INVISIBLE,
        readable_field_name="Tidsstämpel över hela dokumentet",
    )
    return _bytes(stamper.timestamp_pdf(writer, DIGEST))


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    """Open a document to add to.

    What is added begins where the file ends: without a line break after its end marker the first
    new object would stand on the marker's line, which PDF/A forbids (ISO 19005-2, 6.1.9).
    """
    return IncrementalPdfFileWriter(BytesIO(pdf if pdf.endswith(b"\n") else pdf + b"\n"))


def _bytes(output: BytesIO) -> bytes:
    """Return what the library wrote."""
    return output.getvalue()


def _embedded(writer: IncrementalPdfFileWriter) -> Sequence[EmbeddedPdfSignature]:
    """Return the signatures and seals there are."""
    found: Sequence[EmbeddedPdfSignature]
    found = PdfFileReader(writer.prev.stream).embedded_signatures
    return found


def _supply_evidence(
    writer: IncrementalPdfFileWriter,
    embedded: Iterable[EmbeddedPdfSignature],
    authority: Authority,
    at: datetime,
) -> None:
    """Put every certificate and the revocation list into the document."""
    certificates = [_asn1(authority.root.certificate), _asn1(authority.stamp.certificate)]
    certificates += [each.signer_cert for each in embedded]
    lists = [authority.revocation_list(at).public_bytes(Encoding.DER)]
    context = ValidationContext(trust_roots=certificates[:1], crls=lists, allow_fetching=False)
    DocumentSecurityStore.supply_dss_in_writer(
        writer, None, certs=certificates, validation_context=context
    )


def _simple(credential: Credential, authority: Authority) -> SimpleSigner:
    """Return a signer with the person's key."""
    return SimpleSigner(
        signing_cert=_asn1(credential.certificate),
        signing_key=translate_pyca_cryptography_key_to_asn1(credential.key),
        cert_registry=_store([authority.root.certificate]),
    )


def _stamper(authority: Authority, at: datetime) -> Stamper:
    """Return the timestamp authority."""
    return Stamper(
        _asn1(authority.stamp.certificate),
        authority.stamp_key,
        _store([authority.root.certificate]),
        at,
    )


def _store(certificates: Iterable[x509.Certificate]) -> SimpleCertificateStore:
    """Return certificates as the library takes them."""
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # As above.
    for each in certificates:
        store.register(_asn1(each))
    return store


def _asn1(certificate: x509.Certificate) -> Any:
    """Return a certificate as the library's own kind of object, whose package has no types."""
    return translate_pyca_cryptography_cert_to_asn1(certificate)
