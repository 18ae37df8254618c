"""What a period's delivery would hold today, and what is missing before it can be sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from provning.archive.models import Delivery
from provning.archive.papers import (
    NOTHING_DECIDED,
    DecidedIds,
    FinalPaper,
    PartKey,
    to_deliver,
    unprinted,
)
from provning.archive.policies import may_see_protected
from provning.archive.queries.custom import allowed_exceptions, deliver_by, last_day_of
from provning.archive.queries.deliveries import Known, known_deliveries, paper_row
from provning.archive.queries.papers import decided_in, final_papers
from provning.archive.rows import PreparationRow
from provning.archive.rules.checklist import (
    Checklist,
    PaperFacts,
    PartFacts,
    UngradedFacts,
    checklist_problems,
    nothing_new,
)
from provning.archive.rules.periods import Period
from provning.archive.rules.steps import Step, under_way
from provning.catalogues.models import GradeCatalogue
from provning.catalogues.queries.signatures import rows_of
from provning.catalogues.rows import SignatureRow
from provning.exams.models import Placement
from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import Problem
from provning.organisation.queries import UnitRow, unit_for


@dataclass(frozen=True, slots=True)
class Preparation:
    """Everything about a period's next delivery, as programs see it.

    `papers` are the newest final versions that no delivery has taken away yet; `delivered` those
    that deliveries have taken away before. `delivery` is the one that is at the provider, None when
    a new one would be made; `under_way` the one that is sent and not yet received. `problems` are
    as a reader with the right to see protected persons gets them.
    """

    unit: UnitRow
    period: Period
    papers: tuple[FinalPaper, ...]
    delivered: tuple[FinalPaper, ...]
    delivery: Known | None
    under_way: Known | None
    facts: Checklist

    def missing(self, today: date) -> list[Problem]:
        """Return what is missing before the delivery can be sent."""
        return checklist_problems(self.facts, today)

    def hindered(self) -> list[Problem]:
        """Return why nothing can be prepared now."""
        if self.under_way:
            return [under_way(self.under_way.delivery.document_id)]
        return [] if self.papers else [nothing_new(self.period)]


def preparation_for(actor: Actor, *, unit_id: UUID, period: Period, today: date) -> PreparationRow:
    """Return what the unit's delivery of the period would hold, and what is missing.

    For those who send. Raises `NotFoundError` when the unit is out of scope.
    """
    unit = unit_for(actor, unit_id, Permission.SEND_DELIVERIES)
    sees = may_see_protected(actor, unit)
    found = prepare(unit, period, today, hidden=not sees)
    shown = [each.id for each in found.papers if sees or not each.protected]
    catalogues = GradeCatalogue.objects.filter(pk__in=shown).defer("content")
    rows = sorted(
        (paper_row(each) for each in catalogues),
        key=lambda row: (row.term, row.protected, row.document_id),
    )
    return PreparationRow(
        period=period,
        last_day=found.facts.last_day,
        due=deliver_by(unit, period),
        papers=tuple(rows),
        missing=tuple(found.missing(today)),
        hindered=tuple(found.hindered()),
        delivery_id=found.delivery.delivery.id if found.delivery else None,
    )


def prepare(unit: UnitRow, period: Period, today: date, *, hidden: bool = False) -> Preparation:
    """Return the period's next delivery; the same few queries for any size. For programs.

    `hidden` puts one general problem in place of those of the protected part.
    """
    terms = period.terms
    decided = decided_in(unit.id, terms)
    papers = final_papers(unit.id, terms)
    current = to_deliver(papers, decided)
    known = known_deliveries(Delivery.objects.filter(unit_id=unit.id, year=period.year))
    taken = frozenset(key for each in known if each.away for key in each.catalogue_ids)
    mine = [each for each in known if each.period == period]
    last = mine[-1] if mine else None
    return Preparation(
        unit=unit,
        period=period,
        papers=tuple(each for each in current if each.id not in taken),
        delivered=tuple(each for each in papers if each.id in taken),
        delivery=last if last and not last.away else None,
        under_way=next((each for each in mine if each.step is Step.SENT), None),
        facts=Checklist(
            period=period,
            last_day=last_day_of(unit, period),
            parts=_parts(current, decided, taken, hidden=hidden),
            ungraded=_ungraded(unit.id, period),
            allowed=allowed_exceptions(unit.organiser_id, today),
        ),
    )


def _parts(
    papers: Sequence[FinalPaper],
    decided: Mapping[PartKey, DecidedIds],
    taken: frozenset[UUID],
    *,
    hidden: bool,
) -> list[PartFacts]:
    """Return how each part of each term stands, in their order."""
    new = [each for each in papers if each.id not in taken]
    signers = rows_of(each.id for each in new)
    return [
        PartFacts(
            term=term,
            protected=protected,
            unprinted=unprinted(
                (each for each in papers if each.key == (term, protected)),
                decided.get((term, protected), NOTHING_DECIDED),
            ),
            papers=tuple(
                PaperFacts(
                    document_id=each.document_id,
                    unsigned_by=_unsigned_by(signers[each.id]),
                    names_protected=_names_protected(each, decided),
                )
                for each in new
                if each.key == (term, protected)
            ),
            hidden=hidden and protected,
        )
        for term, protected in sorted({*decided, *(each.key for each in papers)})
    ]


def _unsigned_by(signers: Sequence[SignatureRow]) -> tuple[str, ...]:
    """Return whose signature is missing."""
    return tuple(each.signer_name for each in signers if not each.signed)


def _names_protected(paper: FinalPaper, decided: Mapping[PartKey, DecidedIds]) -> bool:
    """Say whether a paper of the ordinary part holds decisions about who is protected today."""
    hidden = decided.get((paper.term, True), NOTHING_DECIDED).every
    return not paper.protected and bool(paper.decisions & hidden)


def _ungraded(unit_id: UUID, period: Period) -> list[UngradedFacts]:
    """Return the groups with placements that wait for a grade, by name."""
    in_period = Q(pk__in=())
    for term in period.terms:
        in_period |= Q(group__year=term.year, group__season=term.season)
    waiting = Placement.objects.filter(
        in_period,
        ~Exists(GradeDecision.objects.filter(placement_id=OuterRef("pk"))),
        group__unit_id=unit_id,
        outcome=Placement.Outcome.PENDING,
        superseded_by__isnull=True,
    )
    counted = waiting.order_by("group__name").values_list("group__name")
    return [UngradedFacts(name, count) for name, count in counted.annotate(n=Count("pk"))]
