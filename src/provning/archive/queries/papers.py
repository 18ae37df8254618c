"""Reading the final catalogues of a unit and its decisions, for deliveries and packages."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, Q, Value, When

from provning.archive.papers import DecidedIds, FinalPaper, PartKey
from provning.catalogues.content import from_json
from provning.catalogues.models import GradeCatalogue
from provning.grading.models import GradeDecision
from provning.grading.queries.decisions import VALID_DECISION
from provning.kernel.terms import Season, Term
from provning.people.models import Person


def final_papers(unit_id: UUID, terms: Iterable[Term]) -> list[FinalPaper]:
    """Return every final version of the terms, the oldest first; one query. For programs."""
    catalogues = GradeCatalogue.objects.filter(_in_terms(terms), unit_id=unit_id, preliminary=False)
    return [_paper(each) for each in catalogues.order_by("made_at", "version", "document_id")]


def decided_in(unit_id: UUID, terms: Iterable[Term]) -> dict[PartKey, DecidedIds]:
    """Return the decisions of the unit, by term and the part they belong to today.

    One query. For programs.
    """
    group = "placement__group"
    decisions = GradeDecision.objects.filter(
        _in_terms(terms, f"{group}__"), **{f"{group}__unit_id": unit_id}
    ).annotate(
        stands=Case(When(VALID_DECISION, then=Value(value=True)), default=Value(value=False))
    )
    fields = ("id", "stands", f"{group}__year", f"{group}__season", "placement__person__protection")
    every: defaultdict[PartKey, set[str]] = defaultdict(set)
    standing: defaultdict[PartKey, set[str]] = defaultdict(set)
    for decision, stands, year, season, protection in decisions.values_list(*fields):
        key = (Term(year, Season(season)), protection != Person.Protection.NONE)
        every[key].add(str(decision))
        if stands:
            standing[key].add(str(decision))
    return {key: DecidedIds(frozenset(standing[key]), frozenset(ids)) for key, ids in every.items()}


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
