"""Reading what has been sent, and what of it no longer says what stands."""

from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError
from provning.organisation.queries import organiser_scope
from provning.reporting.models import SentDecision, SentExport
from provning.reporting.policies import VIEW
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
    """Return what has been sent in the actor's organisers, the latest first; two queries.

    `export_id` keeps those of one export, as the room that made it names it.
    """
    found = _shown(actor)
    if export_id is not None:
        found = found.filter(export_id=export_id)
    return _rows(found.order_by("-registered_at", "pk")[:limit])


def outdated_exports(actor: Actor) -> list[SentRow]:
    """Return what was sent with a grade that is another now, until it is sent anew; two queries."""
    found = _shown(actor).filter(pk__in=CORRECTED.values("export"), replaced_by__isnull=True)
    return _rows(found.order_by("-registered_at", "pk"))


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
    exports = SentExport.objects.filter(organiser_scope(actor, VIEW)).select_related("organiser")
    return exports.annotate(replaced_by=replaced_by)


def _rows(exports: QuerySet[SentExport]) -> list[SentRow]:
    found = list(exports)
    counted = CORRECTED.filter(export__in=[each.pk for each in found]).values_list("export")
    corrected = dict(counted.annotate(number=Count("pk")).order_by())
    return [_row(each, corrected.get(each.pk, 0)) for each in found]


def _row(export: SentExport, corrected: int) -> SentRow:
    later = vars(export)["replaced_by"] or ""
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
        sent_on=export.sent_on,
        registered_at=export.registered_at,
        registered_by_name=export.registered_by_name,
        state=SentState.REPLACED if later else state,
        replaced_by=later,
    )
