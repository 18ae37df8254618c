"""Making a catalogue: a new version of each part that says something new."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.catalogues import events, policies, rules
from provning.catalogues.actions.documents import store_document
from provning.catalogues.compiling import (
    Facts,
    Head,
    compile_parts,
    count_decisions,
    numbered,
    says_the_same,
)
from provning.catalogues.content import CatalogueContent, Signer, SignerRole, from_json
from provning.catalogues.models import CatalogueSigner, GradeCatalogue
from provning.catalogues.printability import print_problems
from provning.catalogues.rendering import render_catalogue
from provning.courses.queries import courses_by_id
from provning.grading.queries import term_decisions
from provning.kernel.actors import Actor, Permission, system_actor
from provning.kernel.problems import refuse_if
from provning.kernel.terms import Term
from provning.organisation.models import SchoolUnit
from provning.organisation.queries import (
    UnitRow,
    initials_on,
    principal_signs_all,
    term_dates,
    unit_for,
)
from provning.people.queries import person_rows, principals_for_unit

READER = system_actor("Betygskatalogen", "catalogue")
"""Who reads names and numbers for a document: the paper masks nobody, its parts keep them apart."""
MEDIA_TYPE = "application/pdf"
PAGE_COUNT = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part as it should be; `kept` is the stored version that says the same."""

    content: CatalogueContent
    kept: GradeCatalogue | None


def build_catalogue(
    *, actor: Actor, unit_id: UUID, term: Term, today: date
) -> list[GradeCatalogue]:
    """Make the unit's catalogue for a term: the ordinary part and, apart, the protected one.

    Preliminary until the provider's term has ended. A part that says the same as its latest version
    is not made again: that version is returned. Printing takes seconds, so it is done before the
    transaction. Raises `NotFoundError`, `NotAllowedError`, `ConflictError`, `ProblemsFoundError`
    (nothing decided, or a row that cannot be printed) and `RenderError`.
    """
    unit = unit_for(actor, unit_id, Permission.VIEW_CATALOGUES)
    policies.require_make(actor, unit)
    parts = [_part(content, unit, term) for content in _contents(unit, term, today)]
    refuse_if([] if parts else [rules.nothing_decided(unit.name, term)])
    new = [part.content for part in parts if part.kept is None]
    refuse_if(problem for content in new for problem in print_problems(content))
    documents = {content.document_id: render_catalogue(content) for content in new}
    if not documents:
        return [part.kept for part in parts if part.kept]
    return _store(actor, unit, term, parts, documents)


def _contents(unit: UnitRow, term: Term, today: date) -> list[CatalogueContent]:
    """Return what the parts should say, the ordinary one first; four queries for any size."""
    decisions = [each for each in term_decisions(unit.id, term) if each.stands]
    facts = Facts(
        persons=person_rows(READER, {each.person_id for each in decisions}),
        courses=courses_by_id({each.course_id for each in decisions}),
    )
    last_day = term_dates(unit.provider_id, term).last_day
    preliminary = rules.is_preliminary(last_day, today)
    attested_by = None if preliminary else _attesting(unit, today)
    head = Head(unit, term, preliminary, today, attested_by)
    return list(compile_parts(head, decisions, facts).values())


def _attesting(unit: UnitRow, today: date) -> Signer | None:
    """Return the rektor who signs the whole catalogue, where local custom asks for it."""
    if not principal_signs_all(unit.organiser_id, today):
        return None
    principals = principals_for_unit(unit.id, today)
    refuse_if([] if principals else [rules.no_principal(unit.name)])
    return Signer(str(principals[0].person_id), principals[0].name, SignerRole.PRINCIPAL)


def _part(content: CatalogueContent, unit: UnitRow, term: Term) -> Part:
    """Compare a part with its latest version, and give it the next number when it differs."""
    latest = _versions(content, unit.id, term).order_by("-version").first()
    if latest and says_the_same(from_json(latest.content), content):
        return Part(content, latest)
    version = latest.version + 1 if latest else 1
    return Part(numbered(content, _free_id(content, unit, term, version), version), None)


def _versions(content: CatalogueContent, unit_id: UUID, term: Term) -> QuerySet[GradeCatalogue]:
    """Return the stored versions of the part."""
    return GradeCatalogue.objects.filter(
        unit_id=unit_id,
        year=term.year,
        season=term.season,
        part=_part_code(content),
        preliminary=content.preliminary,
    )


def _free_id(content: CatalogueContent, unit: UnitRow, term: Term, version: int) -> str:
    """Return the shortest document id that no document has: units may share a skolenhetskod."""
    candidates = rules.document_ids(
        _labels(unit, term),
        term,
        version,
        preliminary=content.preliminary,
        protected=content.protected,
    )
    taken = GradeCatalogue.objects.all()
    return next(each for each in candidates if not taken.filter(document_id=each).exists())


def _labels(unit: UnitRow, term: Term) -> Iterator[str]:
    """Return what the unit may be called in a document id; the last names no other unit."""
    initials = initials_on(unit.id, term.last_day) or ""
    for short in (unit.code or initials, f"{unit.code}-{initials}" if initials else ""):
        if short:
            yield short.strip("-")
    yield unit.id.hex[:16].upper()


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
        part=_part_code(content),
        version=content.version,
        preliminary=content.preliminary,
        document_id=content.document_id,
        content=content.to_json(),
        content_sha256=content.content_sha256,
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
    sheets = [sheet for sheet in content.sheets if attests or signer in sheet.signers]
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


def _part_code(content: CatalogueContent) -> str:
    """Return which part the content is."""
    parts = GradeCatalogue.Part
    return (parts.PROTECTED if content.protected else parts.ORDINARY).value


def _pages(document: bytes) -> int:
    """Return the number of pages, as the document's own page tree says."""
    return max(int(number) for number in PAGE_COUNT.findall(document))


def _facts(made: GradeCatalogue) -> dict[str, object]:
    """Return what the trail keeps of one version; the digests can be checked against the paper."""
    return {
        "document_id": made.document_id,
        "part": made.part,
        "version": made.version,
        "preliminary": made.preliminary,
        "decisions": made.decisions,
        "pages": made.pages,
        "sha256": made.stored_id,
        "content_sha256": made.content_sha256,
    }
