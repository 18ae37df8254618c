"""After a signature: the seal when everybody has signed, and the verification that is kept."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.catalogues import events, rules
from provning.catalogues.actions.documents import store_document
from provning.catalogues.actions.electronic import ELECTRONIC, MEDIA_TYPE, service
from provning.catalogues.actions.signing import follow_up
from provning.catalogues.models import (
    CatalogueSignature,
    GradeCatalogue,
    SignatureCheck,
    SignedDocument,
    StoredDocument,
)
from provning.catalogues.queries.electronic import newest_signed
from provning.catalogues.queries.reading import signable_catalogue
from provning.catalogues.queries.signatures import is_fully_signed
from provning.catalogues.queries.versions import document_of
from provning.kernel.actors import Actor, system_actor
from provning.organisation.models import SchoolUnit
from provning.signing.reports import Report

BETWEEN_CHECKS = timedelta(minutes=1)
SEALER = system_actor("Underskrifterna", "signing")
"""Who seals and checks: nobody's signature is given by it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the signing service reports of a file, and what the tables say against it."""

    report: Report
    findings: tuple[rules.Finding, ...]

    @property
    def valid(self) -> bool:
        """Say whether both find the file to be as it should."""
        return self.report.valid and not self.findings

    def to_json(self) -> str:
        """Write both as one JSON text."""
        facts = {"report": json.loads(self.report.to_json()), "findings": self.findings}
        return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def check_signatures(*, actor: Actor, catalogue_id: UUID) -> SignatureCheck | None:
    """Verify a version's signed file and keep what was found; None when it has no such file.

    A seal that is due is set first, so that what a broken job left is made good. Raises
    `NotFoundError` when the actor neither reads nor signs the version, `DamagedDocumentError` when
    stored bytes have changed, and `SigningError`.
    """
    catalogue, _unit = signable_catalogue(actor, catalogue_id)
    _seal_when_complete(catalogue)
    signed = newest_signed(catalogue)
    return _check(actor, catalogue, signed.stored) if signed else None


@transaction.atomic
def order_check(*, actor: Actor, catalogue_id: UUID) -> bool:
    """Have a version's signed file verified again, and sealed if that is due; a job does it.

    Returns whether it was ordered: a second click within a minute orders nothing more. Raises
    `NotFoundError` when the actor neither reads nor signs the version.
    """
    catalogue, _unit = signable_catalogue(actor, catalogue_id)
    SchoolUnit.objects.select_for_update(no_key=True).get(pk=catalogue.unit_id)
    recent = datetime.now(UTC) - BETWEEN_CHECKS
    if catalogue.signature_checks.filter(checked_at__gt=recent).exists():
        return False
    follow_up(catalogue)
    return True


def judge(catalogue: GradeCatalogue, stored: StoredDocument, at: datetime) -> Judgement:
    """Verify a signed file of a version and compare it with the tables; stores nothing.

    Raises `DamagedDocumentError` when stored bytes have changed.
    """
    content = document_of(stored, catalogue.document_id).content
    report = service().verify(content, at)
    return Judgement(report, tuple(_findings(catalogue, content, report)))


def _seal_when_complete(catalogue: GradeCatalogue) -> None:
    """Seal the newest file when everybody has signed, unless it is sealed or grows meanwhile."""
    signed = newest_signed(catalogue)
    if signed is None or signed.sealed or not is_fully_signed(catalogue.id):
        return
    content = document_of(signed.stored, catalogue.document_id).content
    _keep_sealed(catalogue, signed, service().seal(content, datetime.now(UTC)))


@transaction.atomic
def _keep_sealed(catalogue: GradeCatalogue, signed: SignedDocument, sealed: bytes) -> None:
    """Keep the sealed file, unless another file is the newest by now: that one has its own job."""
    SchoolUnit.objects.select_for_update(no_key=True).get(pk=catalogue.unit_id)
    newest = newest_signed(catalogue)
    if newest is None or newest.pk != signed.pk:
        return
    stored = store_document(sealed, MEDIA_TYPE)
    SignedDocument.objects.create(
        catalogue=catalogue, stored=stored, sealed=True, made_at=stored.stored_at
    )
    record(
        events.CATALOGUE_SEALED,
        actor=SEALER,
        subjects=_subjects(catalogue),
        after={"document": catalogue.document_id, "sha256": stored.sha256},
    )


def _check(actor: Actor, catalogue: GradeCatalogue, stored: StoredDocument) -> SignatureCheck:
    """Verify the file; that takes seconds for a long one, so it is done before the transaction."""
    at = datetime.now(UTC)
    found = judge(catalogue, stored, at)
    return _keep_check(
        actor,
        SignatureCheck(
            catalogue=catalogue,
            document=stored,
            checked_at=at,
            valid=found.valid,
            report=found.to_json(),
        ),
    )


@transaction.atomic
def _keep_check(actor: Actor, check: SignatureCheck) -> SignatureCheck:
    """Keep what a verification found."""
    check.save(force_insert=True)
    document_id = check.catalogue.document_id
    record(
        events.SIGNATURES_CHECKED,
        actor=actor,
        subjects=_subjects(check.catalogue),
        after={
            "document": document_id,
            "sha256": check.document_id,
            "valid": check.valid,
            "outcome": "giltiga" if check.valid else "ogiltiga",
        },
    )
    return check


def _findings(catalogue: GradeCatalogue, content: bytes, report: Report) -> list[rules.Finding]:
    """Return what the program's own tables say against the file."""
    printed = document_of(catalogue.stored, catalogue.document_id).content
    signers = CatalogueSignature.objects.filter(catalogue=catalogue, method=ELECTRONIC)
    return list(
        rules.file_findings(
            begins_as_printed=content.startswith(printed),
            in_file=(each.key for each in report.signers),
            registered=map(str, signers.values_list("signer_id", flat=True)),
        )
    )


def _subjects(catalogue: GradeCatalogue) -> list[tuple[str, object]]:
    return [("grade_catalogue", catalogue.id), ("unit", catalogue.unit_id)]
