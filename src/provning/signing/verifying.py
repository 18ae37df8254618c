"""Verification of signed documents: offline, for a moment, and without an exception for any file.

A signature with a timestamp is judged as of the timestamp: a certificate that has run out since has
not undone what was signed. A timestamp is judged as of the next seal after it, the last one as of
the moment of verification. Evidence is taken from the document and from the authority's own list.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESSubIndic
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import (
    ModificationInfo,
    SignatureCoverageLevel,
    SignatureStatus,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

from provning.signing.apart import apart
from provning.signing.ports import Level
from provning.signing.reports import Coverage, Report, SignatureKind, SignatureReport

END = b"%%EOF"
STAMP_ATTRIBUTE = "signature_time_stamp_token"
# RFC 5280: every certificate of the path has to be in a list that says nothing against it.
EVIDENCE_DEMANDED, EVIDENCE_HEEDED = "require", "soft-fail"


@dataclass(frozen=True, slots=True)
class Trust:
    """Which roots are trusted, and revocation lists (DER) beside those in the document."""

    roots: Sequence[Any]
    revocation_lists: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class _Document:
    """An opened document: its signatures in order, and what it carries as evidence.

    `ends_well` says that nothing follows the end marker, which a reader would pass over.
    """

    embedded: list[EmbeddedPdfSignature]
    ends_well: bool
    evidence: DocumentSecurityStore | None
    trust: Trust
    at: datetime

    def context(self, moment: datetime, revocation: str) -> ValidationContext:
        """Return what a certificate is judged by as of a moment."""
        facts: dict[str, Any] = {
            "trust_roots": list(self.trust.roots),
            "crls": list(self.trust.revocation_lists),
            "allow_fetching": False,
            "moment": moment,
            "revocation_mode": revocation,
            # A list made after the signature says no less about it than one made before.
            "retroactive_revinfo": True,
        }
        if self.evidence:
            return self.evidence.as_validation_context(facts)
        return ValidationContext(**facts)

    def sealed_at(self, place: int) -> datetime | None:
        """Return when the first seal after a signature was made."""
        later = self.embedded[place + 1 :]
        return next((_seal_time(each) for each in later if _is_seal(each)), None)


@apart
def verify_pdf(pdf: bytes, trust: Trust, at: datetime) -> Report:
    """Return what each signature and seal of the document is worth at a moment."""
    digest = hashlib.sha256(pdf).hexdigest()
    try:
        document = _open(pdf, trust, at)
    except Exception as error:  # noqa: BLE001 # A damaged file fails anywhere in the reader.
        return Report(at, digest, (), _said(error))
    found = tuple(_examine(document, place) for place in range(len(document.embedded)))
    return Report(at, digest, found)


def _open(pdf: bytes, trust: Trust, at: datetime) -> _Document:
    """Read the document's structure."""
    reader = PdfFileReader(BytesIO(pdf))
    embedded = sorted(reader.embedded_signatures, key=lambda each: each.signed_revision)
    try:
        evidence = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        evidence = None
    return _Document(embedded, pdf.rstrip().endswith(END), evidence, trust, at)


def _examine(document: _Document, place: int) -> SignatureReport:
    """Return what one signature or seal is worth."""
    embedded = document.embedded[place]
    try:
        return (_seal if _is_seal(embedded) else _signature)(document, place)
    except Exception as error:  # noqa: BLE001 # As in `verify_pdf`.
        kind = SignatureKind.SEAL if _is_seal(embedded) else SignatureKind.SIGNATURE
        return SignatureReport(
            kind=kind,
            name="",
            key="",
            reason="",
            at=None,
            timestamped=False,
            level="",
            serial="",
            intact=False,
            trusted=False,
            coverage=Coverage.CHANGED,
            fault=_said(error),
        )


def _signature(document: _Document, place: int) -> SignatureReport:
    """Judge a person's signature."""
    embedded = document.embedded[place]
    stamped_at = _stamp_time(embedded)
    status = asyncio.run(
        async_validate_pdf_signature(
            embedded,
            document.context(stamped_at or document.at, EVIDENCE_DEMANDED),
            document.context(document.sealed_at(place) or document.at, EVIDENCE_HEEDED),
        )
    )
    stamp = status.timestamp_validity
    subject = embedded.signer_cert.subject.native
    return SignatureReport(
        kind=SignatureKind.SIGNATURE,
        name=subject.get("name") or subject.get("common_name", ""),
        key=subject.get("serial_number", ""),
        reason=str(embedded.sig_object.get("/Reason", "")),
        at=stamped_at or status.signer_reported_dt,
        timestamped=stamp is not None,
        level=_level(document, place, stamped=stamp is not None),
        serial=f"{embedded.signer_cert.serial_number:x}",
        intact=_intact(status) and (stamp is None or _intact(stamp)),
        trusted=status.trusted and (stamp is None or stamp.trusted),
        coverage=_coverage(status, document),
        fault="; ".join(filter(None, (_fault(status), _stamp_fault(stamp)))),
    )


def _seal(document: _Document, place: int) -> SignatureReport:
    """Judge a document timestamp."""
    embedded = document.embedded[place]
    moment = document.sealed_at(place) or document.at
    status = asyncio.run(
        async_validate_pdf_timestamp(embedded, document.context(moment, EVIDENCE_HEEDED))
    )
    return SignatureReport(
        kind=SignatureKind.SEAL,
        name=embedded.signer_cert.subject.native.get("common_name", ""),
        key="",
        reason="",
        at=status.timestamp,
        timestamped=True,
        level=Level.B_LTA,
        serial=f"{embedded.signer_cert.serial_number:x}",
        intact=_intact(status),
        trusted=status.trusted,
        coverage=_coverage(status, document),
        fault=_fault(status),
    )


def _is_seal(embedded: EmbeddedPdfSignature) -> bool:
    """Say whether it is a document timestamp and nobody's signature."""
    return bool(embedded.sig_object_type == "/DocTimeStamp")


def _seal_time(embedded: EmbeddedPdfSignature) -> datetime:
    """Return when a document timestamp says it was made."""
    return _token_time(embedded.signed_data)


def _stamp_time(embedded: EmbeddedPdfSignature) -> datetime | None:
    """Return when a signature's own timestamp says it was made."""
    for attribute in embedded.signer_info["unsigned_attrs"]:
        if attribute["type"].native == STAMP_ATTRIBUTE:
            return _token_time(attribute["values"][0]["content"])
    return None


def _token_time(signed_data: Any) -> datetime:
    """Return the time in a timestamp token (RFC 3161, 2.4.2)."""
    time: datetime = signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    return time


def _level(document: _Document, place: int, *, stamped: bool) -> str:
    """Return the highest level whose parts are all there."""
    if not stamped:
        return Level.B_B
    if document.evidence is None:
        return Level.B_T
    return Level.B_LTA if document.sealed_at(place) else Level.B_LT


def _intact(status: SignatureStatus) -> bool:
    """Say whether the digest is that of the bytes, and the signature that of the digest."""
    return status.intact and status.valid


def _coverage(status: ModificationInfo, document: _Document) -> Coverage:
    """Return what has come after what was signed."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Coverage.WHOLE_FILE
    # The analysis of differences knows signatures, seals and evidence and refuses the rest. When it
    # finds nothing new, what lies there is no part of the document.
    changes = status.diff_result
    explained = isinstance(changes, DiffResult) and status.docmdp_ok is not False
    added = status.coverage == SignatureCoverageLevel.ENTIRE_REVISION and (
        status.modification_level != ModificationLevel.NONE
    )
    return Coverage.SIGNED_ON if explained and added and document.ends_well else Coverage.CHANGED


def _fault(status: Any) -> str:
    """Return what the library has against the signature, if anything."""
    problem = status.trust_problem_indic
    changes = status.diff_result
    said = [_code(problem)] if problem else []
    if changes is not None and not isinstance(changes, DiffResult):
        said.append(_said(changes))
    return "; ".join(said)


def _stamp_fault(stamp: TimestampSignatureStatus | None) -> str:
    """Return what there is against a signature's timestamp, if anything."""
    if stamp is None or stamp.trusted:
        return ""
    problem = stamp.trust_problem_indic
    return f"timestamp: {_code(problem) if problem else 'broken'}"


def _code(problem: AdESSubIndic) -> str:
    """Return the standard's name of a problem (ETSI EN 319 102-1, 5.1.3)."""
    return str(problem.standard_name)


def _said(error: Exception) -> str:
    """Return an error as one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
