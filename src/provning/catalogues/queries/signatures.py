"""Reading who must sign a version of a catalogue, and who has."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from provning.audit.asking import worded_once
from provning.catalogues.content import from_json
from provning.catalogues.models import CatalogueSignature, CatalogueSigner, GradeCatalogue
from provning.catalogues.policies import may_see_protected, signs_as
from provning.catalogues.rows import SignatureRow, Signed
from provning.exams.policies import may_in_unit
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.organisation.queries import UnitRow, unit_scope
from provning.organisation.rows import unit_row

STANDING = {"withdraws__isnull": True, "withdrawn_by__isnull": True}
"""The condition of a signature that stands: it takes nothing back and nothing has taken it back."""


def signature_rows(actor: Actor, catalogue_id: UUID) -> list[SignatureRow]:
    """Return who must sign the version, in the order of its sheets, and how it stands with each.

    Whoever may see the catalogue sees everybody; a teacher who signs sees their own rows alone.
    Raises `NotFoundError` when there is nothing that the actor may see. Three queries.
    """
    catalogue = signed_catalogue(actor, catalogue_id)
    rows = rows_of([catalogue.id])[catalogue.id]
    unit = unit_row(catalogue.unit)
    if sees_everybody(actor, unit, catalogue):
        return rows
    own = [row for row in rows if row.signer_id == signs_as(actor, unit)]
    if not own:
        raise NotFoundError("grade_catalogue")
    return own


def is_fully_signed(catalogue_id: UUID) -> bool:
    """Say whether everybody who must sign the version has; never of a preliminary one."""
    return catalogue_id in fully_signed([catalogue_id])


def fully_signed(catalogue_ids: Iterable[UUID]) -> set[UUID]:
    """Return the versions that everybody has signed; preliminary ones never are. Three queries."""
    final = GradeCatalogue.objects.filter(pk__in=set(catalogue_ids), preliminary=False)
    rows = rows_of(final.values_list("pk", flat=True))
    return {key for key, each in rows.items() if each and all(row.signed for row in each)}


def signature_counts(catalogue_ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """Return how many have signed each version, of how many; for programs, two queries."""
    return {
        key: (sum(row.signed for row in rows), len(rows))
        for key, rows in rows_of(catalogue_ids).items()
    }


def signed_catalogue(
    actor: Actor, catalogue_id: UUID, *, with_document: bool = False
) -> GradeCatalogue:
    """Return a version where the actor may see or give signatures, with its unit; one query.

    `with_document` brings its content and its document along.
    """
    found = _one_to_sign(actor, catalogue_id, with_document)
    if not found:
        raise NotFoundError("grade_catalogue")
    return found[0]


@worded_once
def _one_to_sign(
    actor: Actor,
    catalogue_id: UUID,
    with_document: bool,  # noqa: FBT001 # what is worded once has its arguments in their places
) -> QuerySet[GradeCatalogue]:
    scope = unit_scope(actor, Permission.VIEW_CATALOGUES)
    scope |= unit_scope(actor, Permission.SIGN_CATALOGUES)
    versions = _with_document() if with_document else _with_unit()
    return versions.filter(scope, pk=catalogue_id)


@contextmanager
def missing_as(what: str) -> Iterator[None]:
    """Say of what hangs on a version out of reach just what is said of what does not exist."""
    try:
        yield
    except NotFoundError as error:
        raise NotFoundError(what) from error


def sees_everybody(actor: Actor, unit: UnitRow, catalogue: GradeCatalogue) -> bool:
    """Say whether the actor may see all who sign the version, and not only themselves."""
    if catalogue.part == GradeCatalogue.Part.PROTECTED and not may_see_protected(actor, unit):
        return False
    return may_in_unit(actor, Permission.VIEW_CATALOGUES, unit)


def rows_of(catalogue_ids: Iterable[UUID]) -> dict[UUID, list[SignatureRow]]:
    """Return who must sign each version, for programs; two queries for any number."""
    keys = set(catalogue_ids)
    standing: defaultdict[UUID, list[CatalogueSignature]] = defaultdict(list)
    signatures = CatalogueSignature.objects.filter(catalogue_id__in=keys, **STANDING)
    for each in signatures.order_by("registered_at", "pk"):
        standing[each.catalogue_id].append(each)
    rows: dict[UUID, list[SignatureRow]] = {key: [] for key in keys}
    for signer in CatalogueSigner.objects.filter(catalogue_id__in=keys).order_by("place"):
        rows[signer.catalogue_id].append(_row(signer, standing[signer.catalogue_id]))
    return rows


def rows_in_words(catalogue: GradeCatalogue) -> list[SignatureRow]:
    """Return who must sign one version, each as what the document says that they sign as.

    Who decided on delegation has rektor's role in the tables and is called rektor nowhere. A query
    more than `rows_of`, where somebody signs in that role.
    """
    rows = rows_of([catalogue.id])[catalogue.id]
    role = CatalogueSigner.Role.PRINCIPAL
    if not any(row.role == role and not row.attests for row in rows):
        return rows
    signers = from_json(catalogue.content).signers
    delegated = {each.key for each in signers if each.delegated_by}
    label = gettext_noop("på rektors delegation")
    return [
        replace(row, role_label=label) if (str(row.signer_id), row.role) in delegated else row
        for row in rows
    ]


def _row(signer: CatalogueSigner, standing: list[CatalogueSignature]) -> SignatureRow:
    """Put one signer's line together."""
    given = next((each for each in standing if _is_for(each, signer)), None)
    return SignatureRow(
        catalogue_id=signer.catalogue_id,
        signer_id=signer.person_id,
        signer_name=signer.name,
        role=signer.role,
        role_label=str(CatalogueSigner.Role(signer.role).label),
        decisions=signer.decisions,
        courses=tuple(signer.courses.splitlines()),
        attests=signer.attests,
        signature=signed_row(given) if given else None,
    )


def _is_for(signature: CatalogueSignature, signer: CatalogueSigner) -> bool:
    """Say whether a signature is the signer's own, or rektor's in their place."""
    if signature.in_place_of_id:
        return signature.in_place_of_id == signer.person_id
    return (signature.signer_id, signature.role) == (signer.person_id, signer.role)


def signed_row(signature: CatalogueSignature) -> Signed:
    """Return a stored signature as it is read."""
    return Signed(
        id=signature.id,
        signed_by_id=signature.signer_id,
        signed_by_name=signature.signer_name,
        method=signature.method,
        method_label=str(CatalogueSignature.Method(signature.method).label),
        signed_on=signature.signed_on,
        document_sha256=signature.document_id or "",
        in_place=signature.in_place_of_id is not None,
        reason=signature.reason,
        registered_by_name=signature.registered_by_name,
        registered_at=signature.registered_at,
    )


def _with_unit() -> QuerySet[GradeCatalogue]:
    """Return the versions with what their unit's row needs, without their long texts."""
    versions = GradeCatalogue.objects.select_related("unit__provider__organiser")
    return versions.defer("content", "changes")


def _with_document() -> QuerySet[GradeCatalogue]:
    """Return the versions whole."""
    return GradeCatalogue.objects.select_related("stored", "unit__provider__organiser")
