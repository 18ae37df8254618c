"""Making a catalogue: a new version of each part that says something new."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.catalogues import events, policies, rules
from provning.catalogues.actions.documents import store_document
from provning.catalogues.compiling import count_decisions, numbered, says_the_same
from provning.catalogues.content import CatalogueContent, Sheet, Signer, SignerRole, from_json
from provning.catalogues.differences import change_lines
from provning.catalogues.models import CatalogueSigner, GradeCatalogue
from provning.catalogues.numbering import free_id, part_code, teacher_of, versions_of
from provning.catalogues.printability import print_problems
from provning.catalogues.rendering import render_catalogue
from provning.catalogues.snapshots import catalogue_parts
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import Problem, refuse_if
from provning.kernel.terms import Term
from provning.organisation.models import SchoolUnit
from provning.organisation.queries import UnitRow, unit_for

MEDIA_TYPE = "application/pdf"
PAGE_COUNT = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part as it should be; `kept` is the stored version that says the same."""

    content: CatalogueContent
    kept: GradeCatalogue | None


def build_catalogue(
    *, actor: Actor, unit_id: UUID, term: Term, today: date, teacher_id: UUID | None = None
) -> list[GradeCatalogue]:
    """Make the unit's catalogue for a term: the ordinary part and, apart, the protected one.

    `teacher_id` makes one that holds what one person decided and nothing else. Preliminary until
    the provider's term has ended. A part that says the same as its latest version is not made
    again: that version is returned. Printing takes seconds, so it is done before the transaction.
    Raises `NotFoundError`, `NotAllowedError`, `ConflictError`, `ProblemsFoundError` (nothing to
    print, a row that cannot be printed, the other way to keep the term) and `RenderError`.
    """
    unit = unit_for(actor, unit_id, Permission.VIEW_CATALOGUES)
    policies.require_make(actor, unit)
    contents = catalogue_parts(unit, term, today, teacher_id)
    refuse_if(_kept_otherwise(contents, unit, term))
    parts = [_part(content, unit, term) for content in contents]
    new = [part.content for part in parts if part.kept is None]
    refuse_if(problem for content in new for problem in print_problems(content))
    documents = {content.document_id: render_catalogue(content) for content in new}
    if not documents:
        return [part.kept for part in parts if part.kept]
    return _store(actor, unit, term, parts, documents)


def _kept_otherwise(contents: list[CatalogueContent], unit: UnitRow, term: Term) -> list[Problem]:
    """Refuse to keep a term both whole and per teacher: each decision is signed in one place."""
    final = [content for content in contents if not content.preliminary]
    if not final:
        return []
    whole = final[0].teacher is None
    stored = GradeCatalogue.objects.filter(
        unit_id=unit.id, year=term.year, season=term.season, preliminary=False
    )
    if not stored.filter(teacher__isnull=not whole).exists():
        return []
    return [rules.kept_per_teacher(unit.name, term) if whole else rules.kept_whole(unit.name, term)]


def _part(content: CatalogueContent, unit: UnitRow, term: Term) -> Part:
    """Compare a part with its latest version, and give it the next number when it differs."""
    latest = versions_of(content, unit.id, term).order_by("-version").first()
    before = from_json(latest.content) if latest else None
    if before and says_the_same(before, content):
        return Part(content, latest)
    version = latest.version + 1 if latest else 1
    document_id = free_id(content, unit, term, version)
    return Part(numbered(content, document_id, version, before), None)


@transaction.atomic
def _store(
    actor: Actor, unit: UnitRow, term: Term, parts: list[Part], documents: dict[str, bytes]
) -> list[GradeCatalogue]:
    """Keep the new parts and their documents, and tell the trail once."""
    # Whoever stores a version of the unit's catalogue waits here for the one before.
    SchoolUnit.objects.select_for_update(no_key=True).get(pk=unit.id)
    new = [part.content for part in parts if part.kept is None]
    with refused_as(rules.made_meanwhile()):
        made = [_keep(actor, unit.id, term, each, documents[each.document_id]) for each in new]
    record(
        events.CATALOGUE_MADE,
        actor=actor,
        subjects=[("unit", unit.id), *(("grade_catalogue", each.id) for each in made)],
        after={
            "unit": unit.name,
            "term": term.label,
            "documents": ", ".join(each.document_id for each in made),
            "versions": [_facts(each) for each in made],
        },
    )
    by_id = {each.document_id: each for each in made}
    return [part.kept or by_id[part.content.document_id] for part in parts]


def _keep(
    actor: Actor, unit_id: UUID, term: Term, content: CatalogueContent, document: bytes
) -> GradeCatalogue:
    """Store one document and the version it belongs to."""
    made = GradeCatalogue.objects.create(
        unit_id=unit_id,
        year=term.year,
        season=term.season,
        part=part_code(content),
        teacher_id=teacher_of(content),
        version=content.version,
        preliminary=content.preliminary,
        document_id=content.document_id,
        content=content.to_json(),
        content_sha256=content.content_sha256,
        changes="\n".join(change_lines(content)),
        stored=store_document(document, MEDIA_TYPE),
        decisions=count_decisions(content),
        pages=_pages(document),
        issued_on=content.issued_on,
        made_at=datetime.now(UTC),
        made_by_name=actor.name,
    )
    signers = () if content.preliminary else content.signers
    CatalogueSigner.objects.bulk_create(
        [_signer(made, content, place, each) for place, each in enumerate(signers)]
    )
    return made


def _signer(
    made: GradeCatalogue, content: CatalogueContent, place: int, signer: Signer
) -> CatalogueSigner:
    """Return one who must sign the version, with what stands on their sheets."""
    attests = signer == content.attested_by
    sheets = [sheet for sheet in content.sheets if attests or signer.key in _keys(sheet)]
    return CatalogueSigner(
        catalogue=made,
        place=place,
        person_id=UUID(signer.person),
        name=signer.name,
        role=signer.role,
        decisions=sum(len(sheet.rows) for sheet in sheets),
        courses="\n".join(dict.fromkeys(sheet.course_name for sheet in sheets)),
        attests=attests,
    )


def _keys(sheet: Sheet) -> set[tuple[str, SignerRole]]:
    return {each.key for each in sheet.signers}


def _pages(document: bytes) -> int:
    """Return the number of pages, as the document's own page tree says."""
    return max(int(number) for number in PAGE_COUNT.findall(document))


def _facts(made: GradeCatalogue) -> dict[str, object]:
    """Return what the trail keeps of one version; the digests can be checked against the paper."""
    return {
        "document_id": made.document_id,
        "part": made.part,
        "teacher": made.teacher_id,
        "version": made.version,
        "preliminary": made.preliminary,
        "decisions": made.decisions,
        "pages": made.pages,
        "sha256": made.stored_id,
        "content_sha256": made.content_sha256,
        "changes": made.changes.splitlines(),
    }
