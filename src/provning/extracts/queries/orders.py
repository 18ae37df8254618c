"""Reading orders of extracts: how far they have come, what came of each person, the documents."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from provning.extracts.models import Extract, ExtractOrder, ExtractOrderLine
from provning.extracts.policies import extract_scope
from provning.extracts.queries.issued import document_of
from provning.extracts.rows import ExtractDocument, ExtractOrderRow, OrderLineRow, OrderProgress
from provning.extracts.rules import is_stalled
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.kernel.swedish import sort_key
from provning.kernel.terms import Season, Term
from provning.people.queries import PersonRow, person_rows

ISSUE = Permission.ISSUE_EXTRACTS
Line = ExtractOrderLine.Status
AT_A_TIME = 50


def orders_for(actor: Actor, limit: int = 20) -> list[ExtractOrderRow]:
    """Return the newest orders in the actor's scope; one query."""
    return [_row(each) for each in _orders(actor).order_by("-ordered_at", "pk")[:limit]]


def order_for(actor: Actor, order_id: UUID) -> ExtractOrderRow:
    """Return one order; raises `NotFoundError` when it is out of scope."""
    order = _orders(actor).filter(pk=order_id).first()
    if order is None:
        raise NotFoundError("extract_order")
    return _row(order)


def order_lines(actor: Actor, order_id: UUID) -> list[OrderLineRow]:
    """Return the persons of an order in Swedish order, those with a protected identity last.

    An order out of scope has none. Two queries.
    """
    lines = list(
        ExtractOrderLine.objects.filter(order_id=order_id, order__in=_scoped(actor))
        .select_related("extract")
        .defer("extract__content")
    )
    persons = person_rows(actor, {each.person_id for each in lines})
    rows = [_line(each, persons[each.person_id]) for each in lines]
    return sorted(rows, key=lambda row: (row.person.protected, *_place(row.person)))


def order_documents(actor: Actor, order_id: UUID) -> Iterator[tuple[OrderLineRow, ExtractDocument]]:
    """Give the issued documents of an order, one after another, in the order of `order_lines`.

    Those of persons with a protected identity are not among them: they are handed out one by one.
    """
    lines = [
        line
        for line in order_lines(actor, order_id)
        if line.extract_id and not line.person.protected
    ]
    for start in range(0, len(lines), AT_A_TIME):
        part = lines[start : start + AT_A_TIME]
        extracts = Extract.objects.select_related("stored").in_bulk(
            [line.extract_id for line in part if line.extract_id]
        )
        for line in part:
            if line.extract_id:
                yield line, document_of(extracts[line.extract_id])


def _scoped(actor: Actor) -> QuerySet[ExtractOrder]:
    return ExtractOrder.objects.filter(extract_scope(actor, ISSUE))


def _orders(actor: Actor) -> QuerySet[ExtractOrder]:
    """Return the orders in scope with how far they have come."""
    return (
        _scoped(actor)
        .select_related("organiser", "unit", "group")
        .annotate(
            total=Count("lines"),
            issued=Count("lines", filter=Q(lines__status=Line.ISSUED)),
            refused=Count("lines", filter=Q(lines__status=Line.REFUSED)),
        )
    )


def _row(order: ExtractOrder) -> ExtractOrderRow:
    status = ExtractOrder.Status(order.status)
    counts = vars(order)
    return ExtractOrderRow(
        id=order.id,
        issuer_name=order.unit.name if order.unit else order.organiser.name,
        group_name=order.group.name if order.group else "",
        term=Term(order.year, Season(order.season)) if order.year else None,
        english=order.english,
        with_fails=order.with_fails,
        status=status.value,
        status_label=str(status.label),
        stalled=status is ExtractOrder.Status.RUNNING
        and is_stalled(order.progress_at, datetime.now(UTC)),
        progress=OrderProgress(counts["total"], counts["issued"], counts["refused"]),
        ordered_at=order.ordered_at,
        ordered_by_name=order.ordered_by_name,
        finished_at=order.finished_at,
    )


def _line(line: ExtractOrderLine, person: PersonRow) -> OrderLineRow:
    status = Line(line.status)
    return OrderLineRow(
        person=person,
        status=status.value,
        status_label=str(status.label),
        extract_id=line.extract_id,
        document_id=line.extract.document_id if line.extract else "",
        message=line.message,
    )


def _place(person: PersonRow) -> tuple[str, str]:
    name = f"{person.family_name} {person.given_name}".strip()
    return sort_key(name), person.number_display
