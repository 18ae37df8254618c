"""Reading the final catalogues of a unit and its decisions, for deliveries and packages."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from provning.archive.papers import FinalPaper, PartKey
from provning.catalogues.content import from_json
from provning.catalogues.models import GradeCatalogue
from provning.grading.models import GradeDecision
from provning.kernel.terms import Season, Term
from provning.people.models import Person


def final_papers(unit_id: UUID, terms: Iterable[Term]) -> list[FinalPaper]:
    """Return every final version of the terms, the oldest first; one query. For programs."""
    catalogues = GradeCatalogue.objects.filter(
        _in_terms(terms), unit_id=unit_id, preliminary=False
    )
    return [_paper(each) for each in catalogues.order_by("made_at", "version", "document_id")]


def decided_in(unit_id: UUID, terms: Iterable[Term]) -> dict[PartKey, frozenset[str]]:
    """Return the ids of all decisions of the unit, by term and the part they belong to today.

    Also those that a rättelse or ändring has taken the place of: they stand in the catalogue too.
    One query. For programs.
    """
    group = "placement__group"
    decisions = GradeDecision.objects.filter(
        _in_terms(terms, f"{group}__"), **{f"{group}__unit_id": unit_id}
    )
    fields = ("id", f"{group}__year", f"{group}__season", "placement__person__protection")
    found: defaultdict[PartKey, set[str]] = defaultdict(set)
    for decision, year, season, protection in decisions.values_list(*fields):
        protected = protection != Person.Protection.NONE
        found[Term(year, Season(season)), protected].add(str(decision))
    return {key: frozenset(ids) for key, ids in found.items()}


def _in_terms(terms: Iterable[Term], prefix: str = "") -> Q:
    """Return the condition that a row is of one of the terms."""
    found = Q(pk__in=())
    for term in terms:
        found |= Q(**{f"{prefix}year": term.year, f"{prefix}season": term.season})
    return found


def _paper(catalogue: GradeCatalogue) -> FinalPaper:
    content = from_json(catalogue.content)
    return FinalPaper(
        id=catalogue.id,
        document_id=catalogue.document_id,
        term=Term(catalogue.year, Season(catalogue.season)),
        protected=catalogue.part == GradeCatalogue.Part.PROTECTED,
        teacher_id=catalogue.teacher_id,
        version=catalogue.version,
        pages=catalogue.pages,
        sha256=catalogue.stored_id,
        content=content,
        decisions=frozenset(row.decision for sheet in content.sheets for row in sheet.rows),
    )
