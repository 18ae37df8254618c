"""Preparing a delivery: its number, its papers and the lists that go with them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from provning.archive import events
from provning.archive.actions.holding import take_step, taken_before, tell
from provning.archive.list_content import ListContent, list_content, list_head
from provning.archive.models import Delivery, DeliveryItem, DeliveryList, DeliveryStep
from provning.archive.policies import require_side
from provning.archive.printing import print_list
from provning.archive.queries.preparation import Preparation, prepare
from provning.archive.rules.periods import Period, document_id
from provning.archive.rules.steps import Step, newer_than_list, taken_meanwhile
from provning.audit.conflicts import refused_as
from provning.catalogues.actions import store_document
from provning.catalogues.models import GradeCatalogue
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import refuse_if
from provning.organisation.models import SchoolUnit
from provning.organisation.queries import UnitRow, initials_on, unit_for

MEDIA_TYPE = "application/pdf"
PAGE_COUNT = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")
Part = GradeCatalogue.Part


@dataclass(frozen=True, slots=True)
class Printed:
    """One list and its document."""

    content: ListContent
    document: bytes


def prepare_delivery(
    *, actor: Actor, unit_id: UUID, period: Period, submission: UUID, today: date
) -> Delivery:
    """Prepare the unit's delivery of a period: choose the papers and print the lists.

    The one that is at the provider is prepared anew; else a new one is made, a supplementary one
    when an earlier has been received. Sent twice it is one step. Printing takes seconds, so it is
    done before the transaction. Raises `NotFoundError`, `NotAllowedError`, `ConflictError`,
    `ProblemsFoundError` (nothing new, or one is under way) and `RenderError`.
    """
    unit = unit_for(actor, unit_id, Permission.VIEW_CATALOGUES)
    require_side(actor, Permission.SEND_DELIVERIES, unit)
    earlier = taken_before(actor, Permission.SEND_DELIVERIES, submission, Step.PREPARED, None)
    if earlier is not None:
        return earlier.delivery
    found = prepare(unit, period, today)
    refuse_if(found.hindered())
    lists = _print(found, _id_of(found, unit), actor, today)
    return _store(actor, found, lists, submission, today)


def _id_of(found: Preparation, unit: UnitRow) -> str:
    """Return the document id of the delivery: the one it has, or the shortest that is free."""
    if found.delivery:
        return found.delivery.delivery.document_id
    period = found.period
    number = _next_number(found)
    initials = initials_on(unit.id, period.last_term.last_day) or ""
    labels = (unit.code or initials, f"{unit.code}-{initials}".strip("-"), unit.id.hex[:16].upper())
    candidates = [document_id(label, period, number) for label in labels if label]
    taken = Delivery.objects.filter(document_id__in=candidates)
    used = set(taken.values_list("document_id", flat=True))
    return next(each for each in candidates if each not in used)


def _next_number(found: Preparation) -> int:
    """Return the number of a new delivery of the period."""
    return _of_period(found).count() + 1


def _of_period(found: Preparation) -> QuerySet[Delivery]:
    season = found.period.season or ""
    return Delivery.objects.filter(unit_id=found.unit.id, year=found.period.year, season=season)


def _print(found: Preparation, delivery_id: str, actor: Actor, today: date) -> list[Printed]:
    """Return the list of each part that has papers."""
    number = found.delivery.delivery.number if found.delivery else _next_number(found)
    lists = []
    for protected in sorted({each.protected for each in found.papers}):
        head = list_head(
            found.unit,
            found.period,
            delivery_id,
            supplementary=number > 1,
            protected=protected,
            today=today,
            by=actor.name,
        )
        content = list_content(head, found.papers, found.delivered)
        lists.append(Printed(content, print_list(content)))
    return lists


@transaction.atomic
def _store(
    actor: Actor, found: Preparation, lists: list[Printed], submission: UUID, today: date
) -> Delivery:
    """Keep the delivery, its papers and lists, unless something has changed meanwhile."""
    SchoolUnit.objects.select_for_update(no_key=True).get(pk=found.unit.id)
    now = prepare(found.unit, found.period, today)
    refuse_if(now.hindered())
    refuse_if(
        newer_than_list([each.document_id for each in now.papers if each not in found.papers])
    )
    delivery = now.delivery.delivery if now.delivery else _new(actor, now, lists)
    number = now.delivery.last.number + 1 if now.delivery else 1
    step = take_step(actor, delivery, number, Step.PREPARED, day=today, submission=submission)
    DeliveryItem.objects.bulk_create(
        [DeliveryItem(step=step, catalogue_id=each.id) for each in found.papers]
    )
    for each in lists:
        _keep(step, each)
    tell(
        events.DELIVERY_PREPARED,
        actor,
        step,
        unit=found.unit.name,
        period=found.period.label,
        papers=[each.document_id for each in found.papers],
        lists=[each.content.content_sha256 for each in lists],
    )
    return Delivery.objects.get(pk=delivery.pk)


def _new(actor: Actor, found: Preparation, lists: list[Printed]) -> Delivery:
    """Store a delivery with the next number of its period."""
    with refused_as(taken_meanwhile()):
        return Delivery.objects.create(
            unit_id=found.unit.id,
            year=found.period.year,
            season=found.period.season or "",
            number=_next_number(found),
            document_id=lists[0].content.head.document_id,
            made_at=datetime.now(UTC),
            made_by_name=actor.name,
        )


def _keep(step: DeliveryStep, printed: Printed) -> None:
    """Store one list under its digest."""
    DeliveryList.objects.create(
        step=step,
        part=Part.PROTECTED if printed.content.head.protected else Part.ORDINARY,
        content=printed.content.to_json(),
        content_sha256=printed.content.content_sha256,
        stored=store_document(printed.document, MEDIA_TYPE),
        rows=len(printed.content.rows),
        pages=max(int(number) for number in PAGE_COUNT.findall(printed.document)),
    )
