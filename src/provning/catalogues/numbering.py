"""Which version a part becomes, and what its document is called."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from provning.catalogues import rules
from provning.catalogues.content import CatalogueContent
from provning.catalogues.models import GradeCatalogue
from provning.kernel.terms import Term
from provning.organisation.queries import UnitRow, initials_on


def versions_of(content: CatalogueContent, unit_id: UUID, term: Term) -> QuerySet[GradeCatalogue]:
    """Return the stored versions of the part, of the same teacher where it is one teacher's."""
    return GradeCatalogue.objects.filter(
        unit_id=unit_id,
        year=term.year,
        season=term.season,
        part=part_code(content),
        preliminary=content.preliminary,
        teacher_id=teacher_of(content),
    )


def part_code(content: CatalogueContent) -> str:
    """Return which part the content is."""
    parts = GradeCatalogue.Part
    return (parts.PROTECTED if content.protected else parts.ORDINARY).value


def teacher_of(content: CatalogueContent) -> UUID | None:
    """Return whose decisions alone the content holds, None for the whole unit's."""
    return UUID(content.teacher.person) if content.teacher else None


def free_id(content: CatalogueContent, unit: UnitRow, term: Term, version: int) -> str:
    """Return the shortest document id that no document has: units may share a skolenhetskod."""
    candidates = rules.document_ids(
        _labels(unit, term),
        term,
        version,
        preliminary=content.preliminary,
        protected=content.protected,
        teacher=_teacher_number(content, unit.id, term),
    )
    taken = GradeCatalogue.objects.all()
    return next(each for each in candidates if not taken.filter(document_id=each).exists())


def _teacher_number(content: CatalogueContent, unit_id: UUID, term: Term) -> int:
    """Return which of the teachers with a catalogue of their own this is, 0 for the whole unit."""
    teacher = teacher_of(content)
    if teacher is None:
        return 0
    own = GradeCatalogue.objects.filter(unit_id=unit_id, year=term.year, season=term.season)
    seen = own.exclude(teacher=None).order_by("made_at", "pk")
    teachers = [*dict.fromkeys(seen.values_list("teacher_id", flat=True))]
    return teachers.index(teacher) + 1 if teacher in teachers else len(teachers) + 1


def _labels(unit: UnitRow, term: Term) -> Iterator[str]:
    """Return what the unit may be called in a document id; the last names no other unit."""
    initials = initials_on(unit.id, term.last_day) or ""
    for short in (unit.code or initials, f"{unit.code}-{initials}" if initials else ""):
        if short:
            yield short.strip("-")
    yield unit.id.hex[:16].upper()
