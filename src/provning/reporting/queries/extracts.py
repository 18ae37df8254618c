"""Reading extracts for authorities, the orders of them, and the codes they are written with."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError
from provning.kernel.terms import Season, Term
from provning.organisation.queries import organiser_scope
from provning.reporting.layout import Target, layout_of
from provning.reporting.models import (
    AuthorityExtract,
    AuthorityLine,
    ReportCode,
    ReportOrder,
    SentExport,
)
from provning.reporting.policies import VIEW
from provning.reporting.rows import AuthorityExtractRow, CodeRow, ReportOrderRow
from provning.reporting.rules import CODE_LABELS, is_stalled


def authority_extracts(
    actor: Actor, organiser_id: UUID, target: Target, term: Term
) -> list[AuthorityExtractRow]:
    """Return the extracts of a term in the actor's organisers, the latest first; one query."""
    found = _shown(actor).filter(
        organiser=organiser_id, kind=target.value, year=term.year, season=term.season
    )
    return [_row(each) for each in found.order_by("-version")]


def authority_extract_for(actor: Actor, extract_id: UUID) -> AuthorityExtractRow:
    """Return one extract; raises `NotFoundError` when it is out of scope."""
    found = _shown(actor).filter(pk=extract_id).first()
    if found is None:
        raise NotFoundError("authority_extract")
    return _row(found)


def changed_columns(actor: Actor, extract_id: UUID) -> list[tuple[str, int]]:
    """Return which columns differ from the extract before, and in how many lines; two queries."""
    authority_extract_for(actor, extract_id)
    lines = AuthorityLine.objects.filter(
        extract=extract_id, change=AuthorityLine.Change.CHANGED
    ).values_list("columns")
    counted: dict[str, int] = {}
    for columns, number in lines.annotate(number=Count("pk")):
        for name in columns.split(", "):
            counted[name] = counted.get(name, 0) + number
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def report_order_for(actor: Actor, order_id: UUID) -> ReportOrderRow:
    """Return one order; raises `NotFoundError` when it is out of scope."""
    order = ReportOrder.objects.filter(organiser_scope(actor, VIEW), pk=order_id).first()
    if order is None:
        raise NotFoundError("report_order")
    status = ReportOrder.Status(order.status)
    alive = status in {ReportOrder.Status.WAITING, ReportOrder.Status.RUNNING}
    return ReportOrderRow(
        id=order.id,
        target=order.kind,
        organiser_id=order.organiser_id,
        term=Term(order.year, Season(order.season)),
        status=status.value,
        status_label=str(status.label),
        stalled=alive and is_stalled(order.progress_at, datetime.now(UTC)),
        done=order.done,
        total=order.total,
        message=order.message,
        extract_id=order.extract_id,
        ordered_at=order.ordered_at,
        ordered_by_name=order.ordered_by_name,
    )


def report_codes(actor: Actor, organiser_id: UUID, target: Target, day: date) -> list[CodeRow]:
    """Return every code that a file may need, with what is known of it on the day; one query.

    Nothing is written in an organiser out of scope.
    """
    layout = layout_of(target)
    tables = {each.codes for each in layout.columns_on(day) if each.codes}
    own = {
        (each.table, each.key): each
        for each in ReportCode.objects.filter(
            organiser_scope(actor, VIEW),
            organiser=organiser_id,
            kind=target.value,
            valid_from__lte=day,
        ).order_by("valid_from")
    }
    return [
        CodeRow(
            key=key,
            published=layout.codes.get(key, ""),
            code=own[key].code if key in own else layout.codes.get(key, ""),
            valid_from=own[key].valid_from if key in own else None,
        )
        for key in CODE_LABELS
        if key[0] in tables
    ]


def _shown(actor: Actor) -> QuerySet[AuthorityExtract]:
    """Return the extracts in scope with what has come of them."""
    corrected = (
        AuthorityLine.objects.filter(extract=OuterRef("pk"), decision__superseded_by__isnull=False)
        .order_by()
        .values("extract")
        .annotate(number=Count("pk"))
    )
    sent = (
        SentExport.objects.filter(export_id=OuterRef("pk"))
        .order_by()
        .values("export_id")
        .annotate(number=Count("pk"))
    )
    return (
        AuthorityExtract.objects.filter(organiser_scope(actor, VIEW))
        .select_related("organiser", "follows")
        .annotate(
            size=F("stored__size"),
            corrected=Coalesce(Subquery(corrected.values("number")), 0),
            sent=Coalesce(Subquery(sent.values("number")), 0),
            has_later=Exists(AuthorityExtract.objects.filter(follows=OuterRef("pk"))),
        )
    )


def _row(extract: AuthorityExtract) -> AuthorityExtractRow:
    more = vars(extract)
    return AuthorityExtractRow(
        id=extract.id,
        target=extract.kind,
        organiser_id=extract.organiser_id,
        organiser_name=extract.organiser.name,
        term=Term(extract.year, Season(extract.season)),
        version=extract.version,
        document_id=extract.document_id,
        rows=extract.rows,
        counts=json.loads(extract.counts),
        changes=json.loads(extract.changes),
        blanks=tuple((table, key) for table, key in json.loads(extract.blanks)),
        holds_protected=extract.holds_protected,
        follows=extract.follows.document_id if extract.follows else "",
        sha256=extract.stored_id,
        size=more["size"],
        made_at=extract.made_at,
        made_by_name=extract.made_by_name,
        sent=more["sent"],
        corrected=more["corrected"],
        latest=not more["has_later"],
    )
