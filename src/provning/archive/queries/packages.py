"""Reading the packages that have been made."""

from uuid import UUID

from provning.archive.models import ArchivePackage
from provning.archive.policies import may_see_protected
from provning.archive.queries.opened import require_opened
from provning.archive.rows import PackageRow
from provning.catalogues.models import GradeCatalogue
from provning.catalogues.rows import CatalogueDocument
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.kernel.terms import Season, Term
from provning.organisation.queries import unit_for, unit_scope
from provning.organisation.rows import unit_row

Part = GradeCatalogue.Part


def packages_for(actor: Actor, *, unit_id: UUID, term: Term) -> list[PackageRow]:
    """Return the unit's packages of a term, the newest first.

    Those of protected persons only for who may see them. Raises `NotFoundError` out of scope.
    """
    unit = unit_for(actor, unit_id, Permission.RECEIVE_DELIVERIES)
    packages = ArchivePackage.objects.filter(unit_id=unit_id, year=term.year, season=term.season)
    if not may_see_protected(actor, unit):
        packages = packages.exclude(part=Part.PROTECTED)
    found = list(packages.select_related("stored").defer("stored__content"))
    newest: dict[str, int] = {}
    for each in found:
        newest[each.part] = max(each.number, newest.get(each.part, 0))
    found.sort(key=lambda each: (-each.number, each.part))
    return [_row(each, latest=each.number == newest[each.part]) for each in found]


def package_document(actor: Actor, package_id: UUID) -> CatalogueDocument:
    """Return a package as one file.

    Raises `NotFoundError` when it is out of scope, or speaks of protected persons to somebody who
    may not see them, and `NotOpenedError` to who may and has not said why.
    """
    scope = unit_scope(actor, Permission.RECEIVE_DELIVERIES)
    found = ArchivePackage.objects.filter(scope, pk=package_id)
    package = found.select_related("stored", "unit__provider__organiser").first()
    if package is None:
        raise NotFoundError("archive_package")
    if package.part == Part.PROTECTED:
        if not may_see_protected(actor, unit_row(package.unit)):
            raise NotFoundError("archive_package")
        require_opened(actor, package.id, package.unit_id, year=package.year)
    stored = package.stored
    name = f"{package.package_id}.tar"
    return CatalogueDocument(name, stored.media_type, bytes(stored.content), stored.sha256)


def _row(package: ArchivePackage, *, latest: bool) -> PackageRow:
    return PackageRow(
        id=package.id,
        package_id=package.package_id,
        term=Term(package.year, Season(package.season)),
        part_label=str(Part(package.part).label),
        protected=package.part == Part.PROTECTED,
        number=package.number,
        decisions=package.decisions,
        files=package.files,
        size=package.stored.size,
        sha256=package.stored_id,
        made_at=package.made_at,
        made_by_name=package.made_by_name,
        latest=latest,
    )
