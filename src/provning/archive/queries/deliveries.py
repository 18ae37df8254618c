"""Reading deliveries: what has been prepared, sent, received and returned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from provning.archive.models import Delivery, DeliveryItem, DeliveryList, DeliveryStep
from provning.archive.policies import may_receive, may_see_protected, may_send
from provning.archive.queries.custom import deliver_by, receive_by
from provning.archive.queries.opened import require_opened
from provning.archive.rows import DeliveryRow, ListRow, PaperRow, StepRow
from provning.archive.rules.periods import Period
from provning.archive.rules.steps import Step
from provning.catalogues.models import GradeCatalogue
from provning.catalogues.rows import CatalogueDocument
from provning.exams.queries import either
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.kernel.terms import Season, Term
from provning.organisation.queries import UnitRow, unit_scope
from provning.organisation.rows import unit_row

Part = GradeCatalogue.Part


@dataclass(frozen=True, slots=True)
class Known:
    """A stored delivery with its last step, and the catalogue versions it was last prepared with.

    `prepared` is the last step of that kind.
    """

    delivery: Delivery
    last: DeliveryStep
    prepared: DeliveryStep
    catalogue_ids: frozenset[UUID]

    @property
    def step(self) -> Step:
        """Return how far it has come."""
        return Step(self.last.kind)

    @property
    def period(self) -> Period:
        """Return what it is a delivery of."""
        return period_of(self.delivery)

    @property
    def away(self) -> bool:
        """Say whether the papers have left the provider: sent, or received."""
        return self.step in {Step.SENT, Step.RECEIVED}


def delivery_scope(actor: Actor, prefix: str = "unit") -> Q:
    """Return the condition for the deliveries that the actor may see, from either side."""
    sends = unit_scope(actor, Permission.SEND_DELIVERIES, prefix)
    return either(sends, unit_scope(actor, Permission.RECEIVE_DELIVERIES, prefix))


def known_deliveries(deliveries: QuerySet[Delivery]) -> list[Known]:
    """Return stored deliveries with how they stand, the oldest first; three queries."""
    steps = DeliveryStep.objects.order_by("number").prefetch_related("items")
    found = deliveries.select_related("unit__provider__organiser").prefetch_related(
        Prefetch("steps", steps)
    )
    return [_known(each) for each in found.order_by("made_at", "number")]


def delivery_for(actor: Actor, delivery_id: UUID) -> DeliveryRow:
    """Return one delivery with its whole way; `NotFoundError` when it is out of scope."""
    deliveries = Delivery.objects.filter(delivery_scope(actor), pk=delivery_id)
    found = known_deliveries(deliveries)
    if not found:
        raise NotFoundError("delivery")
    known = found[0]
    unit = unit_row(known.delivery.unit)
    hidden = not may_see_protected(actor, unit)
    papers = _papers(known.prepared)
    return DeliveryRow(
        id=known.delivery.id,
        document_id=known.delivery.document_id,
        unit_id=unit.id,
        unit_name=unit.name,
        provider_name=unit.provider_name,
        period=known.period,
        number=known.delivery.number,
        steps=tuple(_step(each) for each in known.delivery.steps.all()),
        papers=tuple(each for each in papers if not (hidden and each.protected)),
        lists=tuple(_lists(known, hidden=hidden)),
        hidden_part=hidden and any(each.protected for each in papers),
        due=_due(known, unit),
        may_send=may_send(actor, unit),
        may_receive=may_receive(actor, unit),
    )


def list_document(actor: Actor, list_id: UUID) -> CatalogueDocument:
    """Return a list as a document.

    Raises `NotFoundError` when it is out of scope, or speaks of protected persons to somebody who
    may not see them, and `NotOpenedError` to who may and has not said why.
    """
    scope = delivery_scope(actor, "step__delivery__unit")
    found = DeliveryList.objects.filter(scope, pk=list_id)
    made = found.select_related("stored", "step__delivery__unit__provider__organiser").first()
    if made is None:
        raise NotFoundError("delivery_list")
    unit = unit_row(made.step.delivery.unit)
    if made.part == Part.PROTECTED and not may_see_protected(actor, unit):
        raise NotFoundError("delivery_list")
    if made.part == Part.PROTECTED:
        require_opened(actor, made.id, unit.id, year=made.step.delivery.year)
    ending = "-S" if made.part == Part.PROTECTED else ""
    name = f"foljesedel-{made.step.delivery.document_id}{ending}.pdf"
    content = bytes(made.stored.content)
    return CatalogueDocument(name, made.stored.media_type, content, made.stored_id)


def paper_row(catalogue: GradeCatalogue) -> PaperRow:
    """Return a stored catalogue version as it is listed."""
    return PaperRow(
        id=catalogue.id,
        document_id=catalogue.document_id,
        term=Term(catalogue.year, Season(catalogue.season)),
        part_label=str(Part(catalogue.part).label),
        protected=catalogue.part == Part.PROTECTED,
        version=catalogue.version,
        pages=catalogue.pages,
        decisions=catalogue.decisions,
    )


def period_of(delivery: Delivery) -> Period:
    """Return what a delivery is of."""
    return Period(delivery.year, Season(delivery.season) if delivery.season else None)


def _known(delivery: Delivery) -> Known:
    steps = list(delivery.steps.all())
    prepared = [each for each in steps if each.kind == DeliveryStep.Kind.PREPARED][-1]
    ids = frozenset(item.catalogue_id for item in prepared.items.all())
    return Known(delivery, steps[-1], prepared, ids)


def _papers(prepared: DeliveryStep) -> list[PaperRow]:
    """Return the papers of a preparation, in the order of term, part and document."""
    items = DeliveryItem.objects.filter(step=prepared).select_related("catalogue")
    rows = [paper_row(item.catalogue) for item in items.defer("catalogue__content")]
    return sorted(rows, key=lambda row: (row.term, row.protected, row.document_id))


def _lists(known: Known, *, hidden: bool) -> Iterable[ListRow]:
    """Return the lists, those of the latest preparation first."""
    lists = DeliveryList.objects.filter(step__delivery=known.delivery).select_related("step")
    for each in lists.defer("content").order_by("-step__number", "part"):
        if hidden and each.part == Part.PROTECTED:
            continue
        yield ListRow(
            id=each.id,
            step=each.step.number,
            part_label=str(Part(each.part).label),
            protected=each.part == Part.PROTECTED,
            rows=each.rows,
            pages=each.pages,
            sha256=each.stored_id,
            latest=each.step_id == known.prepared.pk,
        )


def _step(step: DeliveryStep) -> StepRow:
    return StepRow(
        number=step.number,
        step=Step(step.kind),
        label=str(DeliveryStep.Kind(step.kind).label),
        day=step.day,
        taken_at=step.taken_at,
        by=step.taken_by_name,
        remarks=step.remarks,
        override_reason=step.override_reason,
        exceptions=tuple(step.exceptions.splitlines()),
    )


def _due(known: Known, unit: UnitRow) -> date | None:
    """Return the last day in time for the next step, None when the delivery is done."""
    if known.step is Step.RECEIVED:
        return None
    if known.step is Step.SENT:
        return receive_by(unit.organiser_id, known.last.day)
    return deliver_by(unit, known.period)
