"""Reading electronic signatures: what may be signed, how far it has come, files and checks."""

import json
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from provning.catalogues.content import Sheet
from provning.catalogues.models import (
    GradeCatalogue,
    SignatureCheck,
    SignedDocument,
    SigningOrder,
    StoredDocument,
)
from provning.catalogues.policies import signs_as
from provning.catalogues.queries.protected import require_opened
from provning.catalogues.queries.reading import (
    own_sheets,
    readable_catalogue,
    reads_whole,
    signable_catalogue,
)
from provning.catalogues.queries.signatures import missing_as, rows_in_words, rows_of
from provning.catalogues.queries.versions import document_of, series_of
from provning.catalogues.rows import (
    CatalogueDocument,
    CheckRow,
    ElectronicRow,
    SignatureRow,
    SignedDocumentRow,
    SigningChoice,
    SigningOrderRow,
    ToSignRow,
)
from provning.catalogues.rules import PRINCIPAL, may_sign_electronically
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError, NotOpenedError
from provning.kernel.terms import Season, Term
from provning.organisation.queries import UnitRow, signing_mode, unit_scope
from provning.people.queries import principals_for_unit
from provning.signing.reports import report_from_json

SERIES = ("unit_id", "year", "season", "part", "teacher_id")
"""What versions that take each other's place have in common."""


def electronic_row(actor: Actor, catalogue_id: UUID, today: date) -> ElectronicRow:
    """Return how a version is signed electronically, and what the actor can sign in it now.

    Raises `NotFoundError` when the actor neither reads nor signs the version.
    """
    catalogue, unit = signable_catalogue(actor, catalogue_id)
    mode = signing_mode(unit.organiser_id, today)
    signed = newest_signed(catalogue)
    order, check = _latest_order(actor, catalogue), _checks(catalogue).first()
    sheets, closed = _sheets(actor, catalogue)
    return ElectronicRow(
        catalogue_id=catalogue.id,
        document_id=catalogue.document_id,
        unit_name=unit.name,
        version=catalogue.version,
        pages=catalogue.pages,
        sha256=signed.stored_id if signed else catalogue.stored_id,
        mode=mode,
        choices=_choices(actor, catalogue, unit, today) if may_sign_electronically(mode) else (),
        order=signing_order_row(order, checked=_is_checked(signed, check)) if order else None,
        document=_document_row(signed) if signed else None,
        check=check_row(check) if check else None,
        readable=reads_whole(actor, catalogue),
        sheets=sheets,
        closed=closed,
    )


def _sheets(actor: Actor, catalogue: GradeCatalogue) -> tuple[tuple[Sheet, ...], bool]:
    """Return the actor's own sheets, or none and that they are to be opened for a reason."""
    sheets = own_sheets(actor, catalogue)
    try:
        if sheets:
            require_opened(actor, catalogue)
    except NotOpenedError:
        return (), True
    return sheets, False


def catalogues_to_sign(actor: Actor, today: date) -> list[ToSignRow]:
    """Return the newest versions that wait for the actor's own electronic signature, by term.

    Only where local custom signs electronically. What rektor signs as a whole waits for the others.
    """
    if actor.person_id is None:
        return []
    found = _own_newest(actor, actor.person_id)
    organisers = {each.unit.provider.organiser_id for each in found.values()}
    electronic = {each for each in organisers if may_sign_electronically(signing_mode(each, today))}
    lines = rows_of(found)
    rows = [
        ToSignRow(key, each.document_id, each.unit.name, Term(each.year, Season(each.season)))
        for key, each in found.items()
        if each.unit.provider.organiser_id in electronic and _waits_for(actor, lines[key])
    ]
    return sorted(rows, key=lambda row: (row.term, row.document_id))


def signing_order_for(actor: Actor, order_id: UUID) -> SigningOrderRow:
    """Return an order in a version that the actor reads or signs; raises `NotFoundError`."""
    order = SigningOrder.objects.filter(pk=order_id).first()
    if order is None:
        raise NotFoundError("signing_order")
    with missing_as("signing_order"):
        catalogue, _unit = signable_catalogue(actor, order.catalogue_id)
    signed, check = newest_signed(catalogue), _checks(catalogue).first()
    return signing_order_row(order, checked=_is_checked(signed, check))


def document_to_sign(actor: Actor, catalogue_id: UUID) -> CatalogueDocument:
    """Return the version's file with every signature so far; as it was printed before the first.

    Raises `NotFoundError`, also for who signs a part of it alone, and `DamagedDocumentError`.
    """
    catalogue = readable_catalogue(actor, catalogue_id)
    signed = newest_signed(catalogue)
    if signed is None:
        return document_of(catalogue.stored, f"betygskatalog-{catalogue.document_id}.pdf")
    return document_of(signed.stored, f"betygskatalog-{catalogue.document_id}-undertecknad.pdf")


def check_report(actor: Actor, catalogue_id: UUID) -> CatalogueDocument:
    """Return the latest verification report of a version as a file.

    Raises `NotFoundError`, also when the signed file has never been checked.
    """
    catalogue, _unit = signable_catalogue(actor, catalogue_id)
    check = _checks(catalogue).first()
    if check is None:
        raise NotFoundError("signature_check")
    name = f"betygskatalog-{catalogue.document_id}-kontroll.json"
    pretty = json.dumps(json.loads(check.report), ensure_ascii=False, indent=2, sort_keys=True)
    return CatalogueDocument(name, "application/json", pretty.encode(), check.document_id)


def newest_signed(catalogue: GradeCatalogue) -> SignedDocument | None:
    """Return the newest signed file of a version, with its bytes; for programs."""
    files = SignedDocument.objects.filter(catalogue=catalogue).select_related("stored")
    return files.order_by("-stored__size").first()


def newest_files() -> QuerySet[SignedDocument]:
    """Return the newest signed file of every version, with its bytes; for programs."""
    longer = SignedDocument.objects.filter(
        catalogue=OuterRef("catalogue"), stored__size__gt=OuterRef("stored__size")
    )
    files = SignedDocument.objects.filter(~Exists(longer))
    return files.select_related("stored", "catalogue__stored").order_by("made_at", "pk")


def current_file(catalogue: GradeCatalogue) -> StoredDocument:
    """Return what the next signature is added to; for programs."""
    signed = newest_signed(catalogue)
    return signed.stored if signed else catalogue.stored


def _is_checked(signed: SignedDocument | None, check: SignatureCheck | None) -> bool:
    """Say whether the newest signed file is the one that was checked last."""
    return signed is not None and check is not None and check.document_id == signed.stored_id


def signing_order_row(order: SigningOrder, *, checked: bool) -> SigningOrderRow:
    """Return a stored order as it is read."""
    return SigningOrderRow(
        id=order.id,
        catalogue_id=order.catalogue_id,
        status=order.status,
        status_label=str(SigningOrder.Status(order.status).label),
        message=order.message,
        ordered_at=order.ordered_at,
        finished_at=order.finished_at,
        checked=checked,
    )


def _choices(
    actor: Actor, catalogue: GradeCatalogue, unit: UnitRow, today: date
) -> tuple[SigningChoice, ...]:
    """Return what the actor can sign: their own rows, and as rektor those of who cannot."""
    person_id = signs_as(actor, unit)
    newer = series_of(catalogue).filter(version__gt=catalogue.version)
    if person_id is None or catalogue.preliminary or newer.exists():
        return ()
    missing = [row for row in rows_in_words(catalogue) if not row.signed]
    own = [_choice(row) for row in missing if row.signer_id == person_id]
    others = [row for row in missing if row.signer_id != person_id and not row.attests]
    if others and any(each.person_id == person_id for each in principals_for_unit(unit.id, today)):
        own += [_choice(row, in_place=True) for row in others]
    return tuple(own)


def _choice(row: SignatureRow, *, in_place: bool = False) -> SigningChoice:
    """Return one signature that can be given."""
    return SigningChoice(
        role=PRINCIPAL if in_place else row.role,
        role_label=row.role_label,
        decisions=row.decisions,
        courses=row.courses,
        in_place_of=row.signer_id if in_place else None,
        in_place_of_name=row.signer_name if in_place else "",
    )


def _own_newest(actor: Actor, person_id: UUID) -> dict[UUID, GradeCatalogue]:
    """Return the newest versions that list the actor as a signer, by id; two queries."""
    scope = unit_scope(actor, Permission.SIGN_CATALOGUES)
    versions = GradeCatalogue.objects.select_related("unit__provider__organiser")
    listed = versions.defer("content", "changes").filter(
        scope, preliminary=False, signers__person_id=person_id
    )
    found = {each.id: each for each in listed}
    newest: dict[tuple[object, ...], int] = {}
    every = GradeCatalogue.objects.filter(
        unit_id__in={each.unit_id for each in found.values()}, preliminary=False
    )
    for *series, version in every.values_list(*SERIES, "version"):
        newest[tuple(series)] = max(version, newest.get(tuple(series), 0))
    return {
        key: each
        for key, each in found.items()
        if each.version == newest[tuple(getattr(each, field) for field in SERIES)]
    }


def _waits_for(actor: Actor, lines: list[SignatureRow]) -> bool:
    """Say whether the actor's own signature is what is missing now."""
    own = [row for row in lines if row.signer_id == actor.person_id and not row.signed]
    others = any(not row.signed for row in lines if row.signer_id != actor.person_id)
    return any(not (row.attests and others) for row in own)


def _latest_order(actor: Actor, catalogue: GradeCatalogue) -> SigningOrder | None:
    """Return the actor's own latest order, so that its state survives a reload."""
    if actor.person_id is None:
        return None
    orders = SigningOrder.objects.filter(catalogue=catalogue, signer_id=actor.person_id)
    return orders.order_by("-ordered_at").first()


def _document_row(signed: SignedDocument) -> SignedDocumentRow:
    """Return a signed file as it is listed."""
    return SignedDocumentRow(
        sha256=signed.stored_id,
        size=signed.stored.size,
        sealed=signed.sealed,
        made_at=signed.made_at,
    )


def _checks(catalogue: GradeCatalogue) -> QuerySet[SignatureCheck]:
    """Return the version's checks, the newest first."""
    return SignatureCheck.objects.filter(catalogue=catalogue).order_by("-checked_at", "-pk")


def check_row(check: SignatureCheck) -> CheckRow:
    """Return a stored check as it is read."""
    facts = json.loads(check.report)
    return CheckRow(
        sha256=check.document_id,
        checked_at=check.checked_at,
        valid=check.valid,
        report=report_from_json(json.dumps(facts["report"])),
        findings=tuple(facts["findings"]),
    )
