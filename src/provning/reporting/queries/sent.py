"""Reading what has been sent, and what of it no longer says what stands."""

from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError
from provning.organisation.queries import organiser_scope
from provning.reporting.models import SentDecision, SentExport
from provning.reporting.policies import VIEW
from provning.reporting.queries.carried import stale_counts
from provning.reporting.rows import SentRow, SentState

SAME_DATES = Q(covers_from=OuterRef("covers_from"), covers_to=OuterRef("covers_to")) | Q(
    covers_from__isnull=True, covers_to__isnull=True
)
"""The condition that a later export covers the dates of the outer one."""
# By way of the few decisions that supersede: an export may hold a hundred thousand.
CORRECTED = SentDecision.objects.filter(
    decision__in=GradeDecision.objects.filter(supersedes__isnull=False).values("supersedes")
)
"""The held decisions that another has superseded."""


def sent_exports(actor: Actor, export_id: UUID | None = None, limit: int = 200) -> list[SentRow]:
    """Return what has been sent in the actor's organisers, the latest first.

    `export_id` keeps those of one export, as the room that made it names it. Two queries, and at
    most four more where some are kept as the question that they answered.
    """
    found = _shown(actor)
    if export_id is not None:
        found = found.filter(export_id=export_id)
    return _rows(found.order_by("-registered_at", "pk")[:limit])


def outdated_exports(actor: Actor) -> list[SentRow]:
    """Return what was sent with a grade that is another now, until it is sent anew.

    The queries of `sent_exports`. Of files kept as questions the latest to each receiver is given:
    it says what the receiver holds.
    """
    named = Q(pk__in=CORRECTED.values("export"))
    asked = Q(selection__isnull=False) | Q(kind=SentExport.Kind.IMS)
    renewed = Q(replaced_by__isnull=False, selection__isnull=True)
    found = _shown(actor).filter(named | asked).exclude(renewed)
    rows = [row for row in _rows(found.order_by("-registered_at", "pk")) if row.corrected]
    return _latest_of_each(rows)


def _latest_of_each(rows: list[SentRow]) -> list[SentRow]:
    """Return the rows without those of a receiver that a later one of the same sort stands for."""
    kept: dict[object, SentRow] = {}
    for row in rows:
        series = (row.organiser_name, row.kind, row.receiver) if row.asked else row.id
        kept.setdefault(series, row)
    return list(kept.values())


def sent_export_for(actor: Actor, sent_id: UUID) -> SentRow:
    """Return one sent export; raises `NotFoundError` when it is out of scope."""
    rows = _rows(_shown(actor).filter(pk=sent_id))
    if not rows:
        raise NotFoundError("sent_export")
    return rows[0]


def _shown(actor: Actor) -> QuerySet[SentExport]:
    """Return the exports in scope, each with the document that was sent in its place."""
    later = SentExport.objects.filter(
        SAME_DATES,
        organiser=OuterRef("organiser"),
        kind=OuterRef("kind"),
        receiver=OuterRef("receiver"),
        registered_at__gt=OuterRef("registered_at"),
    )
    replaced_by = Subquery(later.order_by("-registered_at").values("document_id")[:1])
    exports = SentExport.objects.filter(organiser_scope(actor, VIEW)).select_related(
        "organiser", "selection"
    )
    return exports.annotate(replaced_by=replaced_by)


def _rows(exports: QuerySet[SentExport]) -> list[SentRow]:
    found = list(exports)
    counted = CORRECTED.filter(export__in=[each.pk for each in found]).values_list("export")
    corrected = dict(counted.annotate(number=Count("pk")).order_by()) | stale_counts(found)
    return [_row(each, corrected.get(each.pk, 0)) for each in found]


def _row(export: SentExport, corrected: int) -> SentRow:
    asked = hasattr(export, "selection")
    # What another interval was asked for replaces nothing: each correction is renewed by itself.
    later = "" if asked else vars(export)["replaced_by"] or ""
    state = SentState.OUTDATED if corrected else SentState.CURRENT
    return SentRow(
        id=export.id,
        kind=export.kind,
        kind_label=str(SentExport.Kind(export.kind).label),
        organiser_name=export.organiser.name,
        export_id=export.export_id,
        document_id=export.document_id,
        receiver=export.receiver,
        covers_from=export.covers_from,
        covers_to=export.covers_to,
        sha256=export.sha256,
        decisions=export.decisions,
        corrected=corrected,
        asked=asked,
        sent_on=export.sent_on,
        registered_at=export.registered_at,
        registered_by_name=export.registered_by_name,
        state=SentState.REPLACED if later else state,
        replaced_by=later,
    )
