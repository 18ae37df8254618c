"""Reading the versions of a unit's catalogue and their documents, within scope."""

import hashlib
from uuid import UUID

from django.db.models import QuerySet

from provning.catalogues.models import CatalogueCopy, GradeCatalogue, StoredDocument
from provning.catalogues.policies import may_see_protected
from provning.catalogues.queries.reading import readable_catalogue
from provning.catalogues.queries.signatures import missing_as
from provning.catalogues.rows import CatalogueDocument, CatalogueRow
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.kernel.terms import Season, Term
from provning.organisation.queries import UnitRow, unit_for
from provning.people.names import spoken_name


class DamagedDocumentError(Exception):
    """A stored document's bytes no longer have the digest they were stored under."""


def catalogues_for(actor: Actor, *, unit_id: UUID, term: Term) -> list[CatalogueRow]:
    """Return every version of the unit's catalogue in the term, the newest first.

    The protected part is listed only for those who may read it. Raises `NotFoundError` when the
    unit is out of scope.
    """
    unit = unit_for(actor, unit_id, Permission.VIEW_CATALOGUES)
    catalogues = GradeCatalogue.objects.filter(unit_id=unit_id, year=term.year, season=term.season)
    if not may_see_protected(actor, unit):
        catalogues = catalogues.exclude(part=GradeCatalogue.Part.PROTECTED)
    found = list(
        catalogues.defer("content")
        .select_related("teacher")
        .order_by("preliminary", "teacher__sort_key", "-version", "part")
    )
    newest: dict[tuple[object, ...], int] = {}
    for each in found:
        newest.setdefault(_series(each), each.version)
    return [catalogue_row(each, unit, newest[_series(each)]) for each in found]


def catalogue_document(actor: Actor, catalogue_id: UUID) -> CatalogueDocument:
    """Return a catalogue's document.

    Raises `NotFoundError` when it is out of scope, or when it speaks of a protected person and the
    actor may not see them: also of one who has been protected since the document was made. Raises
    `DamagedDocumentError` when the bytes are not those that were stored.
    """
    catalogue = readable_catalogue(actor, catalogue_id)
    return document_of(catalogue.stored, f"betygskatalog-{catalogue.document_id}.pdf")


def catalogue_content(actor: Actor, catalogue_id: UUID) -> CatalogueDocument:
    """Return the content that the document was made from, as JSON; see `catalogue_document`."""
    catalogue = readable_catalogue(actor, catalogue_id)
    content = catalogue.content.encode()
    digest = hashlib.sha256(content).hexdigest()
    if digest != catalogue.content_sha256:
        raise DamagedDocumentError(catalogue.document_id)
    name = f"betygskatalog-{catalogue.document_id}.json"
    return CatalogueDocument(name, "application/json", content, digest)


def copy_document(actor: Actor, copy_id: UUID) -> CatalogueDocument:
    """Return the document of a copy; see `catalogue_document`."""
    copy = CatalogueCopy.objects.select_related("stored").filter(pk=copy_id).first()
    if copy is None:
        raise NotFoundError("catalogue_copy")
    with missing_as("catalogue_copy"):
        catalogue = readable_catalogue(actor, copy.catalogue_id)
    name = f"betygskatalog-{catalogue.document_id}-kopia-{copy.number}.pdf"
    return document_of(copy.stored, name)


def document_of(stored: StoredDocument, file_name: str) -> CatalogueDocument:
    """Return a stored document under a file name; for programs.

    Raises `DamagedDocumentError` when the bytes are not those that were stored.
    """
    content = bytes(stored.content)
    digest = hashlib.sha256(content).hexdigest()
    if digest != stored.sha256:
        raise DamagedDocumentError(file_name)
    return CatalogueDocument(file_name, stored.media_type, content, digest)


def series_of(
    catalogue: GradeCatalogue, *, preliminary: bool | None = None
) -> QuerySet[GradeCatalogue]:
    """Return the version with those before and after it; for programs.

    `preliminary` asks for the preliminary or the final ones, whichever the version is itself.
    """
    return GradeCatalogue.objects.filter(
        unit_id=catalogue.unit_id,
        year=catalogue.year,
        season=catalogue.season,
        part=catalogue.part,
        preliminary=catalogue.preliminary if preliminary is None else preliminary,
        teacher_id=catalogue.teacher_id,
    )


def _series(catalogue: GradeCatalogue) -> tuple[object, ...]:
    """Return what the versions of a series in one unit and term have in common."""
    return (catalogue.part, catalogue.preliminary, catalogue.teacher_id)


def teacher_name(catalogue: GradeCatalogue) -> str:
    """Return whose decisions alone a version holds, "" for the whole unit's."""
    teacher = catalogue.teacher
    return spoken_name(teacher.given_name, teacher.family_name) if teacher else ""


def catalogue_row(catalogue: GradeCatalogue, unit: UnitRow, newest: int) -> CatalogueRow:
    """Return a stored version as it is listed."""
    return CatalogueRow(
        id=catalogue.id,
        unit_id=unit.id,
        unit_name=unit.name,
        term=Term(catalogue.year, Season(catalogue.season)),
        part=catalogue.part,
        part_label=str(GradeCatalogue.Part(catalogue.part).label),
        version=catalogue.version,
        preliminary=catalogue.preliminary,
        document_id=catalogue.document_id,
        sha256=catalogue.stored_id,
        decisions=catalogue.decisions,
        pages=catalogue.pages,
        made_at=catalogue.made_at,
        made_by_name=catalogue.made_by_name,
        latest=catalogue.version == newest,
        teacher_id=catalogue.teacher_id,
        teacher_name=teacher_name(catalogue),
        issued_on=catalogue.issued_on,
        content_sha256=catalogue.content_sha256,
        changes=tuple(catalogue.changes.splitlines()),
    )
