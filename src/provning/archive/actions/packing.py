"""Making e-archive packages: one for each part, and a new one only when it says something new."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from provning.archive import events
from provning.archive.models import ArchivePackage
from provning.archive.package.building import package_files, packed
from provning.archive.package.names import package_id
from provning.archive.package.parts import digest
from provning.archive.policies import require_pack
from provning.archive.queries.packing import PartToPack, package_of, parts_to_pack
from provning.archive.rules.packages import made_meanwhile, not_printed, nothing_to_pack
from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.catalogues.actions import store_document
from provning.catalogues.models import GradeCatalogue
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import Problem, refuse_if
from provning.kernel.terms import Term
from provning.organisation.models import SchoolUnit
from provning.organisation.queries import UnitRow, initials_on, unit_for

MEDIA_TYPE = "application/x-tar"
Part = GradeCatalogue.Part


@dataclass(frozen=True, slots=True)
class Made:
    """One part as a package; `kept` is the stored one when it is the same to the byte."""

    part: str
    number: int
    package_id: str
    decisions: int
    files: int
    content: bytes
    kept: ArchivePackage | None = None


def build_packages(*, actor: Actor, unit_id: UUID, term: Term) -> list[ArchivePackage]:
    """Make the unit's packages of a term, the ordinary part first; protected persons apart.

    A part whose package would be the same as its latest one is not made again: that one is
    returned. Raises `NotFoundError`, `NotAllowedError`, `ConflictError`, `ProblemsFoundError` (no
    final catalogue, or decisions that are not in it) and `InvalidPackageError`.
    """
    unit = unit_for(actor, unit_id, Permission.VIEW_CATALOGUES)
    require_pack(actor, unit)
    parts = parts_to_pack(unit.id, term)
    refuse_if(_problems(parts, unit, term))
    made = [_made(part, unit, term) for part in parts]
    new = [each for each in made if each.kept is None]
    stored = _store(actor, unit, term, new) if new else {}
    return [each.kept or stored[each.package_id] for each in made]


def _problems(parts: list[PartToPack], unit: UnitRow, term: Term) -> Iterator[Problem]:
    """Say what stands in the way, the whole term at once."""
    if not any(part.papers for part in parts):
        yield nothing_to_pack(unit.name, term)
        return
    lacking = sum(part.unprinted for part in parts)
    if lacking:
        yield not_printed(lacking, term)


def _made(part: PartToPack, unit: UnitRow, term: Term) -> Made:
    """Compare a part with its latest package, and give it the next number when it differs."""
    latest = _packages(unit, term, part).order_by("-number").first()
    if latest:
        before = _packages(unit, term, part).filter(number=latest.number - 1).first()
        same = _build(part, unit, term, latest.package_id, latest.number, before)
        if digest(same.content) == latest.stored_id:
            return replace(same, kept=latest)
    number = latest.number + 1 if latest else 1
    return _build(part, unit, term, _free_id(part, unit, term, number), number, latest)


def _build(
    part: PartToPack,
    unit: UnitRow,
    term: Term,
    name: str,
    number: int,
    before: ArchivePackage | None,
) -> Made:
    """Build the package's file."""
    package = package_of(
        unit.id,
        term,
        part,
        package_id=name,
        number=number,
        replaces=before.package_id if before else "",
    )
    files = package_files(package)
    return Made(
        part=_code(part),
        number=number,
        package_id=name,
        decisions=len(package.decisions),
        files=len(files),
        content=packed(name, files),
    )


def _packages(unit: UnitRow, term: Term, part: PartToPack) -> QuerySet[ArchivePackage]:
    """Return the stored packages of the part."""
    return ArchivePackage.objects.filter(
        unit_id=unit.id, year=term.year, season=term.season, part=_code(part)
    )


def _free_id(part: PartToPack, unit: UnitRow, term: Term, number: int) -> str:
    """Return the shortest id that no package has: units may share a skolenhetskod."""
    initials = initials_on(unit.id, term.last_day) or ""
    labels = (unit.code or initials, f"{unit.code}-{initials}".strip("-"), unit.id.hex[:16].upper())
    found = [package_id(label, term, number, protected=part.protected) for label in labels if label]
    taken = ArchivePackage.objects.filter(package_id__in=found)
    used = set(taken.values_list("package_id", flat=True))
    return next(each for each in found if each not in used)


def _code(part: PartToPack) -> str:
    return (Part.PROTECTED if part.protected else Part.ORDINARY).value


@transaction.atomic
def _store(actor: Actor, unit: UnitRow, term: Term, new: list[Made]) -> dict[str, ArchivePackage]:
    """Keep the new packages and tell the trail once."""
    SchoolUnit.objects.select_for_update(no_key=True).get(pk=unit.id)
    with refused_as(made_meanwhile()):
        stored = {each.package_id: _keep(actor, unit, term, each) for each in new}
    record(
        events.PACKAGE_MADE,
        actor=actor,
        subjects=[
            ("unit", unit.id),
            *(("archive_package", each.id) for each in stored.values()),
        ],
        after={
            "unit": unit.name,
            "term": term.label,
            "packages": ", ".join(stored),
            "sha256": {each.package_id: digest(each.content) for each in new},
        },
    )
    return stored


def _keep(actor: Actor, unit: UnitRow, term: Term, made: Made) -> ArchivePackage:
    """Store one package under its digest."""
    return ArchivePackage.objects.create(
        unit_id=unit.id,
        year=term.year,
        season=term.season,
        part=made.part,
        number=made.number,
        package_id=made.package_id,
        stored=store_document(made.content, MEDIA_TYPE),
        decisions=made.decisions,
        files=made.files,
        made_at=datetime.now(UTC),
        made_by_name=actor.name,
    )
