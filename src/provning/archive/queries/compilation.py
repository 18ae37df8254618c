"""Which deliveries hold a person's decisions: the end of everything about one person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from provning.archive.models import Delivery, DeliveryList, DeliveryStep
from provning.archive.queries.deliveries import Known, delivery_scope, known_deliveries
from provning.extracts.rows import HeldCatalogue, HeldDelivery, PersonCompilation
from provning.kernel.actors import Actor

Kind = DeliveryStep.Kind


def with_deliveries(actor: Actor, found: PersonCompilation) -> PersonCompilation:
    """Return the compilation with the deliveries that hold its catalogues, in the actor's scope.

    A delivery counts as it was last prepared. A catalogue that the actor may not know of leads to
    no delivery. The same queries for any number of them.
    """
    held = {each.id: each for each in found.catalogues}
    if not held:
        return found
    deliveries = Delivery.objects.filter(
        delivery_scope(actor), steps__items__catalogue__in=held
    ).distinct()
    known = [
        each
        for each in known_deliveries(Delivery.objects.filter(pk__in=deliveries.values("pk")))
        if each.catalogue_ids & held.keys()
    ]
    lists = _lists(known)
    return replace(found, deliveries=tuple(_held(each, held, lists) for each in known))


def _lists(known: Iterable[Known]) -> dict[int, dict[str, str]]:
    """Return the digests of each preparation's lists by their part; one query."""
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    lists = DeliveryList.objects.filter(step__in=[each.prepared.pk for each in known])
    for step, part, digest in lists.order_by("part").values_list("step_id", "part", "stored_id"):
        found[step][part] = digest
    return found


def _held(
    known: Known, held: dict[UUID, HeldCatalogue], lists: dict[int, dict[str, str]]
) -> HeldDelivery:
    """Return one delivery as the compilation tells of it."""
    steps = list(known.delivery.steps.all())
    sent = [each for each in steps if each.kind == Kind.SENT]
    receipt = known.last if known.last.kind in {Kind.RECEIVED, Kind.RETURNED} else None
    papers = sorted(
        (held[key] for key in known.catalogue_ids & held.keys()), key=lambda each: each.document_id
    )
    parts = {each.part for each in papers}
    return HeldDelivery(
        id=known.delivery.id,
        document_id=known.delivery.document_id,
        unit_name=known.delivery.unit.name,
        period=known.period.label,
        catalogues=tuple(each.document_id for each in papers),
        lists=tuple(digest for part, digest in lists[known.prepared.pk].items() if part in parts),
        state=known.last.kind,
        state_label=str(Kind(known.last.kind).label),
        sent_on=sent[-1].day if sent else None,
        receipt_on=receipt.day if receipt else None,
        receipt_by=receipt.taken_by_name if receipt else "",
        remarks=receipt.remarks if receipt else "",
    )
