"""Gathering what a package says: papers, decisions, names and the links of the audit chain."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from provning.archive.package.parts import Happening, Head, Name, Package, Paper, Scan
from provning.archive.papers import NOTHING_DECIDED, FinalPaper, to_deliver, unprinted
from provning.archive.queries.papers import decided_in, final_papers
from provning.audit.queries import Link, links_about
from provning.audit.registry import event_name
from provning.catalogues import events as catalogue_events
from provning.catalogues.compiling import SCHOOL_FORM
from provning.catalogues.models import CatalogueSignature, GradeCatalogue, SignatureCheck
from provning.catalogues.queries.electronic import newest_files
from provning.catalogues.queries.signatures import STANDING, rows_of
from provning.grading.queries import term_decisions
from provning.grading.rows import DecisionRow
from provning.kernel.actors import system_actor
from provning.kernel.terms import Term
from provning.organisation.models import SchoolUnit
from provning.people.queries import PersonRow, person_rows

READER = system_actor("E-arkivet", "archive")
"""Who reads names and numbers for a package: it masks nobody, its parts keep them apart."""
KINDS = {
    catalogue_events.CATALOGUE_MADE: "creation",
    catalogue_events.CATALOGUE_SIGNED: "signing",
    catalogue_events.SIGNATURE_WITHDRAWN: "signature withdrawal",
    catalogue_events.CATALOGUE_SEALED: "digital signature generation",
    catalogue_events.SIGNATURES_CHECKED: "digital signature validation",
    catalogue_events.CATALOGUE_COPIED: "replication",
}
"""The events that a package tells of, by their type in PREMIS."""


@dataclass(frozen=True, slots=True)
class PartToPack:
    """What one part of a term holds; `unprinted` counts the decisions in no final catalogue."""

    protected: bool
    papers: tuple[FinalPaper, ...]
    decisions: tuple[DecisionRow, ...]
    unprinted: int


def parts_to_pack(unit_id: UUID, term: Term) -> list[PartToPack]:
    """Return the parts of the term that have decisions, the ordinary one first. For programs.

    A paper goes with the protected ones when it names somebody who is protected today, in whichever
    part it was printed: an older ordinary version must not name them, and a paper of somebody who
    is protected no longer need not be kept apart.
    """
    decided = decided_in(unit_id, [term])
    papers = final_papers(unit_id, [term])
    hidden = decided.get((term, True), NOTHING_DECIDED).every
    current = to_deliver(papers, decided)
    decisions = term_decisions(unit_id, term)
    found = []
    for protected in (False, True):
        ids = decided.get((term, protected), NOTHING_DECIDED)
        if not ids.every:
            continue
        mine = tuple(each for each in papers if bool(each.decisions & hidden) == protected)
        lacking = unprinted((each for each in current if each.protected == protected), ids)
        rows = tuple(each for each in decisions if str(each.id) in ids.every)
        found.append(PartToPack(protected, mine, rows, lacking))
    return found


def package_of(
    unit_id: UUID, term: Term, part: PartToPack, *, package_id: str, number: int, replaces: str
) -> Package:
    """Return everything that the part's package says; the same few queries for any size."""
    persons = person_rows(READER, {each.person_id for each in part.decisions})
    return Package(
        package_id=package_id,
        number=number,
        replaces=replaces,
        head=_head(unit_id, term, protected=part.protected),
        papers=tuple(_papers(part.papers)),
        decisions=tuple(sorted(part.decisions, key=lambda row: _order(row, persons))),
        names={key: _name(row) for key, row in persons.items()},
        happenings=tuple(_happenings(part.papers)),
    )


def _head(unit_id: UUID, term: Term, *, protected: bool) -> Head:
    unit = SchoolUnit.objects.select_related("provider__organiser").get(pk=unit_id)
    provider, organiser = unit.provider, unit.provider.organiser
    return Head(
        organiser=organiser.name,
        organiser_number=organiser.organisation_number,
        municipality=organiser.municipality_name,
        municipality_code=organiser.municipality_code,
        provider=provider.name,
        provider_number=provider.organisation_number,
        unit_id=unit.pk,
        unit=unit.name,
        unit_code=unit.code,
        term=term,
        school_form=SCHOOL_FORM,
        protected=protected,
    )


def _papers(papers: Sequence[FinalPaper]) -> Iterable[Paper]:
    """Return the papers with their bytes and signatures, in the order they were made."""
    keys = [each.id for each in papers]
    stored = GradeCatalogue.objects.filter(pk__in=keys).select_related("stored").in_bulk()
    signers = rows_of(keys)
    signed, checks, scans = _signed(keys), _checks(keys), _scans(keys)
    for key in keys:
        catalogue = stored[key]
        yield Paper(
            document_id=catalogue.document_id,
            version=catalogue.version,
            pages=catalogue.pages,
            decisions=catalogue.decisions,
            document=bytes(catalogue.stored.content),
            content=catalogue.content,
            made_at=catalogue.made_at,
            made_by=catalogue.made_by_name,
            signed=signed.get(key),
            check=checks.get(key, ""),
            unsigned_by=tuple(each.signer_name for each in signers[key] if not each.signed),
            scans=scans.get(key, ()),
        )


def _signed(catalogue_ids: Sequence[UUID]) -> dict[UUID, bytes]:
    """Return each version's file with every electronic signature, and its seal, if it has one."""
    files = newest_files().filter(catalogue_id__in=catalogue_ids)
    return {each.catalogue_id: bytes(each.stored.content) for each in files}


def _scans(catalogue_ids: Sequence[UUID]) -> dict[UUID, tuple[Scan, ...]]:
    """Return the scanned pages of the signatures on paper that stand, in the order they came.

    A page that several have signed lies there once, with all their names.
    """
    given = CatalogueSignature.objects.filter(
        **STANDING,
        catalogue_id__in=catalogue_ids,
        method=CatalogueSignature.Method.PAPER,
        document__isnull=False,
    ).select_related("document")
    pages: defaultdict[UUID, dict[str, Scan]] = defaultdict(dict)
    for each in given.order_by("registered_at", "pk"):
        stored = each.document
        if stored is None:
            continue
        first = pages[each.catalogue_id].get(stored.sha256)
        pages[each.catalogue_id][stored.sha256] = Scan(
            content=bytes(stored.content),
            media_type=stored.media_type,
            signed_by=(*(first.signed_by if first else ()), each.signer_name),
            made_at=first.made_at if first else each.registered_at,
        )
    return {key: tuple(found.values()) for key, found in pages.items()}


def _checks(catalogue_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the latest report on each version's signatures."""
    checks = SignatureCheck.objects.filter(catalogue_id__in=catalogue_ids)
    return {each.catalogue_id: each.report for each in checks.order_by("checked_at", "pk")}


def _happenings(papers: Sequence[FinalPaper]) -> Iterable[Happening]:
    """Return the links of the chain that speak of the papers, the oldest first."""
    documents = {str(each.id): each.document_id for each in papers}
    for link in links_about("grade_catalogue", documents, KINDS):
        yield Happening(
            number=link.event.number,
            digest=link.digest,
            kind=KINDS[link.event.name],
            at=link.event.recorded_at,
            text=_text(link),
            by=link.event.actor_name,
            by_role=link.event.actor_role,
            document_ids=tuple(sorted(documents[key] for key in link.keys)),
        )


def _text(link: Link) -> str:
    """Return the event as a sentence; the ids of the part's own papers stand beside it."""
    facts = _Facts(link.event.before | link.event.after)
    return event_name(link.event.name).sentence.format_map(facts)


class _Facts(dict[str, object]):
    """Facts to fill a sentence from; one that is not there shows as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"


def _name(person: PersonRow) -> Name:
    return Name(person.number_display.replace("-", ""), person.family_name, person.given_name)


def _order(row: DecisionRow, persons: dict[UUID, PersonRow]) -> tuple[object, ...]:
    """Return a decision's place: by identity number, then by date and the order of deciding."""
    number = persons[row.person_id].number_display
    return (number, row.exam_date, row.decided_at, str(row.id))
