"""Which deliveries hold a grade that a rättelse or ändring has taken the place of."""

from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_noop

from provning.archive.models import Delivery
from provning.archive.queries.deliveries import Known, delivery_scope, known_deliveries
from provning.catalogues.models import GradeCatalogue
from provning.grading.consequences import Changed, Consequence

KIND = "delivery"
OLD = gettext_noop(
    "Leverans {document} har det gamla betyget. Den nya versionen av betygskatalogen lämnas i en"
    " kompletterande leverans."
)
UNSENT = gettext_noop(
    "Leverans {document} är förberedd med det gamla betyget. Förbered den på nytt när den nya"
    " versionen är undertecknad."
)
SENT = gettext_noop("Leverans {document} har det gamla betyget. Det nya är levererat.")

Paper = tuple[bool, datetime, tuple[UUID, int, str]]
"""Whether a catalogue holds the old grade, when it was made, and where it belongs."""


def delivery_consequences(changed: Changed) -> list[Consequence]:
    """Tell of the deliveries with an earlier decision, in the actor's scope."""
    units = {each.unit_id for each in (*changed.earlier, changed.standing)}
    scope = delivery_scope(changed.actor)
    known = known_deliveries(Delivery.objects.filter(scope, unit__in=units))
    papers = _papers(changed, {key for each in known for key in each.catalogue_ids})
    decided_at = changed.standing.decided_at
    renewed = {
        papers[key][2]
        for each in known
        if each.away
        for key in each.catalogue_ids
        if papers[key][1] > decided_at
    }
    return [
        _consequence(each, done=_stale(each, papers, decided_at) <= renewed)
        for each in known
        if _stale(each, papers, decided_at)
    ]


def _papers(changed: Changed, catalogue_ids: set[UUID]) -> dict[UUID, Paper]:
    """Return what is asked of the delivered catalogues, without reading their contents."""
    holds = Q(pk__in=())
    for each in changed.earlier:
        holds |= Q(content__contains=str(each.id))
    found = GradeCatalogue.objects.filter(pk__in=catalogue_ids).annotate(
        holds=ExpressionWrapper(holds, output_field=BooleanField())
    )
    rows = found.values_list("pk", "holds", "made_at", "unit_id", "year", "season")
    return {
        key: (bool(held), made_at, (unit_id, year, season))
        for key, held, made_at, unit_id, year, season in rows
    }


def _stale(
    known: Known, papers: dict[UUID, Paper], decided_at: datetime
) -> set[tuple[UUID, int, str]]:
    """Return where the catalogues belong that lie in the delivery with the old grade."""
    lying = (papers[key] for key in known.catalogue_ids)
    return {place for held, made_at, place in lying if held and made_at <= decided_at}


def _consequence(known: Known, *, done: bool) -> Consequence:
    """Say what has become of the delivery."""
    message = SENT if done else OLD if known.away else UNSENT
    params = {"document": known.delivery.document_id}
    return Consequence(message, done, KIND, known.delivery.id, params)
