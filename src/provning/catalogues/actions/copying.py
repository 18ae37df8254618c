"""Printing a version again when its signed original has been lost."""

from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.catalogues import events, policies, rules
from provning.catalogues.actions.documents import store_document
from provning.catalogues.content import CopyNote, SignedLine, from_json
from provning.catalogues.models import CatalogueCopy, GradeCatalogue
from provning.catalogues.queries.reading import readable_catalogue
from provning.catalogues.queries.signatures import rows_of
from provning.catalogues.rendering import render_catalogue
from provning.catalogues.rows import SignatureRow, Signed
from provning.kernel.actors import Actor
from provning.kernel.problems import refuse_if
from provning.organisation.rows import UnitRow, unit_row

MEDIA_TYPE = "application/pdf"


def copy_catalogue(
    *, actor: Actor, catalogue_id: UUID, reason: str, submission: UUID, today: date
) -> CatalogueCopy:
    """Print a final version again, marked as a copy, and note how the original was lost.

    The copy says which signatures the register has. The same form sent twice is one copy. Printing
    takes seconds, so it is done before the transaction. Raises `NotFoundError`, `NotAllowedError`,
    `ConflictError`, `ProblemsFoundError` and `RenderError`.
    """
    # Printing shows nobody anything: the copy is opened for a reason when it is read.
    catalogue = readable_catalogue(actor.without_opening(), catalogue_id)
    unit = unit_row(catalogue.unit)
    policies.require_make(actor, unit)
    earlier = CatalogueCopy.objects.filter(submission=submission).first()
    if earlier:
        refuse_if([] if earlier.catalogue_id == catalogue.id else [rules.order_form_used()])
        return earlier
    refuse_if(rules.copy_problems(reason, preliminary=catalogue.preliminary))
    note = _note(catalogue, today)
    document = render_catalogue(from_json(catalogue.content), copy=note)
    return _store(actor, unit, catalogue, note, document, reason.strip(), submission)


def _note(catalogue: GradeCatalogue, today: date) -> CopyNote:
    """Return what the next copy says."""
    rows = rows_of([catalogue.id])[catalogue.id]
    signed = [_line(row, row.signature) for row in rows if row.signature]
    return CopyNote(catalogue.copies.count() + 1, today, tuple(signed))


def _line(row: SignatureRow, signed: Signed) -> SignedLine:
    """Return what a copy says of one signature."""
    by = f" av {signed.signed_by_name}" if signed.in_place else ""
    said = f"Originalet undertecknades {signed.signed_on.isoformat()}{by} enligt registret."
    return SignedLine(str(row.signer_id), row.role, said)


@transaction.atomic
def _store(
    actor: Actor,
    unit: UnitRow,
    catalogue: GradeCatalogue,
    note: CopyNote,
    document: bytes,
    reason: str,
    submission: UUID,
) -> CatalogueCopy:
    """Keep the copy and tell the trail."""
    with refused_as(rules.made_meanwhile()):
        copy = CatalogueCopy.objects.create(
            catalogue=catalogue,
            number=note.number,
            reason=reason,
            note=note.to_json(),
            stored=store_document(document, MEDIA_TYPE),
            submission=submission,
            made_at=datetime.now(UTC),
            made_by_name=actor.name,
        )
    record(
        events.CATALOGUE_COPIED,
        actor=actor,
        subjects=[("grade_catalogue", catalogue.id), ("unit", unit.id)],
        after={
            "document": catalogue.document_id,
            "number": copy.number,
            "sha256": copy.stored_id,
        },
        reason=reason,
    )
    return copy
