"""Reading what has been sent, and what of it no longer says what stands."""

from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

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


def sent_exports(actor: Actor, export_id: UUID | None = None, limit: int = 200) -> list[SentRow]:
    """Return what has been sent in the actor's organisers, the latest first; one query.

    `export_id` keeps those of one export, as the room that made it names it.
    """
    found = _shown(actor)
    if export_id is not None:
        found = found.filter(export_id=export_id)
    return [_row(each) for each in found.order_by("-registered_at", "pk")[:limit]]


def sent_export_for(actor: Actor, sent_id: UUID) -> SentRow:
    """Return one sent export; raises `NotFoundError` when it is out of scope."""
    found = _shown(actor).filter(pk=sent_id).first()
    if found is None:
        raise NotFoundError("sent_export")
    return _row(found)


def _shown(actor: Actor) -> QuerySet[SentExport]:
    """Return the exports in scope with how many of their decisions have been superseded."""
    corrected = (
        SentDecision.objects.filter(export=OuterRef("pk"), decision__superseded_by__isnull=False)
        .order_by()
        .values("export")
        .annotate(number=Count("pk"))
    )
    later = SentExport.objects.filter(
        organiser=OuterRef("organiser"),
        kind=OuterRef("kind"),
        receiver=OuterRef("receiver"),
        registered_at__gt=OuterRef("registered_at"),
    ).filter(SAME_DATES)
    return (
        SentExport.objects.filter(organiser_scope(actor, VIEW))
        .select_related("organiser")
        .annotate(
            corrected=Coalesce(
                Subquery(corrected.values("number")), 0, output_field=IntegerField()
            ),
            replaced_by=Subquery(later.order_by("-registered_at").values("document_id")[:1]),
        )
    )


def _row(export: SentExport) -> SentRow:
    more = vars(export)
    later = more["replaced_by"] or ""
    state = SentState.OUTDATED if more["corrected"] else SentState.CURRENT
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
        corrected=more["corrected"],
        sent_on=export.sent_on,
        registered_at=export.registered_at,
        registered_by_name=export.registered_by_name,
        state=SentState.REPLACED if later else state,
        replaced_by=later,
    )
