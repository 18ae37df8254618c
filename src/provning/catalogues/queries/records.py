"""Reading one version with everything that is known of it: the screen of record."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from provning.catalogues.models import CatalogueCopy, CatalogueSignature, GradeCatalogue
from provning.catalogues.policies import may_register, signs_as
from provning.catalogues.queries.protected import require_opened
from provning.catalogues.queries.reading import reads_whole
from provning.catalogues.queries.signatures import (
    missing_as,
    rows_in_words,
    sees_everybody,
    signed_catalogue,
    signed_row,
)
from provning.catalogues.queries.versions import (
    catalogue_row,
    document_of,
    series_of,
)
from provning.catalogues.queries.waiting import catalogues_to_print
from provning.catalogues.rows import (
    CatalogueDocument,
    CatalogueRecord,
    CatalogueRow,
    CopyRow,
    SignatureDetail,
    SignatureRow,
    TakenBackRow,
    ToPrintRow,
)
from provning.catalogues.rules import SCAN_ENDINGS, may_sign_electronically
from provning.exams.models import Placement
from provning.exams.policies import may_in_unit
from provning.exams.queries.groups import VALID
from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.organisation.policies_data import SigningMode
from provning.organisation.queries import UnitRow, signing_mode
from provning.organisation.rows import unit_row
from provning.people.queries import principals_for_unit


def catalogue_record(actor: Actor, catalogue_id: UUID, today: date) -> CatalogueRecord:
    """Return one version as the actor may see it; a fixed number of queries for any size.

    Raises `NotFoundError` when there is nothing that the actor may see.
    """
    catalogue = signed_catalogue(actor, catalogue_id)
    unit = unit_row(catalogue.unit)
    whole = sees_everybody(actor, unit, catalogue)
    rows = _rows(actor, unit, catalogue, whole=whole)
    versions = _versions(catalogue, unit)
    mode = signing_mode(unit.organiser_id, today)
    may_make = whole and may_in_unit(actor, Permission.MAKE_CATALOGUES, unit)
    return CatalogueRecord(
        catalogue=next(each for each in versions if each.id == catalogue.id),
        provider_name=unit.provider_name,
        whole=whole,
        readable=reads_whole(actor, catalogue),
        may_make=may_make,
        rows=rows,
        may_register=frozenset(
            row.signer_id
            for row in rows
            if mode != SigningMode.ELECTRONIC and may_register(actor, unit, row.signer_id)
        ),
        may_sign=may_sign_electronically(mode) and _waits_for(actor, unit, rows),
        versions=tuple(versions) if whole else (),
        copies=tuple(_copies(catalogue)) if whole else (),
        taken_back=tuple(_taken_back(catalogue)) if whole else (),
        principals=tuple(principals_for_unit(unit.id, today)) if may_make else (),
        ungraded=_ungraded(catalogue, today) if whole else 0,
        waits=_waits(actor, catalogue, today) if may_make else None,
    )


def signature_detail(actor: Actor, signature_id: UUID) -> SignatureDetail:
    """Return a signature that stands, with its line; `NotFoundError` out of scope."""
    signature, row, catalogue = _standing(actor, signature_id)
    may = may_register(actor, unit_row(catalogue.unit), signature.signer_id)
    return SignatureDetail(row, signed_row(signature), catalogue.document_id, may_take_back=may)


def signature_scan(actor: Actor, signature_id: UUID) -> CatalogueDocument:
    """Return the scanned page of a signature; `NotFoundError` also when there is none.

    Raises `NotOpenedError` when the sheets that it belongs to speak of protected persons.
    """
    signature, _row, catalogue = _standing(actor, signature_id)
    if signature.document is None:
        raise NotFoundError("stored_document")
    require_opened(actor, catalogue)
    ending = SCAN_ENDINGS[signature.document.media_type]
    name = f"underskrift-{catalogue.document_id}-{signature.signed_on.isoformat()}.{ending}"
    return document_of(signature.document, name)


def _standing(
    actor: Actor, signature_id: UUID
) -> tuple[CatalogueSignature, SignatureRow, GradeCatalogue]:
    """Return a signature that the actor may see, its line and its version."""
    found = CatalogueSignature.objects.filter(pk=signature_id, withdraws=None, withdrawn_by=None)
    signature = found.select_related("document").first()
    if signature is None:
        raise NotFoundError("catalogue_signature")
    with missing_as("catalogue_signature"):
        catalogue = signed_catalogue(actor, signature.catalogue_id)
        unit = unit_row(catalogue.unit)
        rows = _rows(actor, unit, catalogue, whole=sees_everybody(actor, unit, catalogue))
    for row in rows:
        if row.signature and row.signature.id == signature_id:
            return signature, row, catalogue
    raise NotFoundError("catalogue_signature")


def _rows(
    actor: Actor, unit: UnitRow, catalogue: GradeCatalogue, *, whole: bool
) -> tuple[SignatureRow, ...]:
    """Return who must sign, or the actor's own lines; nothing to see is not to exist."""
    rows = rows_in_words(catalogue)
    if whole:
        return tuple(rows)
    own = tuple(row for row in rows if row.signer_id == signs_as(actor, unit))
    if not own:
        raise NotFoundError("grade_catalogue")
    return own


def _waits_for(actor: Actor, unit: UnitRow, rows: tuple[SignatureRow, ...]) -> bool:
    """Say whether the actor's own signature is missing."""
    own = signs_as(actor, unit)
    return any(not row.signed and row.signer_id == own for row in rows)


def _versions(catalogue: GradeCatalogue, unit: UnitRow) -> list[CatalogueRow]:
    """Return the versions of the series, the newest first, then the preliminary ones."""
    final = series_of(catalogue, preliminary=False)
    found = (final | series_of(catalogue, preliminary=True)).select_related("teacher")
    stored = list(found.defer("content").order_by("preliminary", "-version"))
    newest: dict[bool, int] = {}
    for each in stored:
        newest.setdefault(each.preliminary, each.version)
    return [catalogue_row(each, unit, newest[each.preliminary]) for each in stored]


def _copies(catalogue: GradeCatalogue) -> list[CopyRow]:
    """Return the copies of the version, in the order they were made."""
    copies = CatalogueCopy.objects.filter(catalogue=catalogue).order_by("number")
    return [
        CopyRow(each.id, each.number, each.reason, each.stored_id, each.made_at, each.made_by_name)
        for each in copies
    ]


def _taken_back(catalogue: GradeCatalogue) -> list[TakenBackRow]:
    """Return the signatures that were taken back, the latest last."""
    found = CatalogueSignature.objects.filter(catalogue=catalogue, withdraws__isnull=False)
    return [
        TakenBackRow(
            each.signer_name,
            each.withdraws.signed_on,
            each.reason,
            each.registered_by_name,
            each.registered_at,
        )
        for each in found.select_related("withdraws").order_by("registered_at", "pk")
        if each.withdraws
    ]


def _ungraded(catalogue: GradeCatalogue, today: date) -> int:
    """Count the term's exams that have passed without a grade or another outcome."""
    decided = GradeDecision.objects.filter(placement_id=OuterRef("pk"))
    return Placement.objects.filter(
        VALID,
        ~Exists(decided),
        outcome=Placement.Outcome.PENDING,
        exam_date__lt=today,
        group__unit_id=catalogue.unit_id,
        group__year=catalogue.year,
        group__season=catalogue.season,
    ).count()


def _waits(actor: Actor, catalogue: GradeCatalogue, today: date) -> ToPrintRow | None:
    """Return why a new version of the unit's catalogue for the term is due."""
    place = (catalogue.year, catalogue.season)
    rows = catalogues_to_print(actor, today, unit_id=catalogue.unit_id)
    return next((row for row in rows if (row.term.year, row.term.season) == place), None)
