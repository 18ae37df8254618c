"""Asking for an extract, and the job that makes it: its state survives a reload and a restart."""

import logging
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind
from provning.kernel.problems import NotFoundError, ProblemsFoundError, refuse_if
from provning.kernel.terms import Season, Term
from provning.organisation.queries import organiser_scope
from provning.reporting import events, rules
from provning.reporting.actions.making import make_authority_extract
from provning.reporting.layout import Target
from provning.reporting.models import AuthorityExtract, ReportOrder
from provning.reporting.policies import MAKE, require_organiser, sees_protected

LOG = logging.getLogger(__name__)
Status = ReportOrder.Status
RIGHTS = frozenset({Permission.MAKE_REPORTS, Permission.VIEW_REPORTS})
WENT_WRONG = "Något gick fel. Gör om det, och kontakta supporten om det upprepas."


@transaction.atomic
def order_authority_extract(
    *,
    actor: Actor,
    organiser_id: UUID,
    target: Target,
    term: Term,
    submission: UUID,
    today: date,
) -> ReportOrder:
    """Ask for an organiser's file of a term; a job makes it. The same `submission` is one order.

    Raises `NotFoundError`, `NotAllowedError` and `ProblemsFoundError`.
    """
    organiser = require_organiser(actor, organiser_id)
    earlier = ReportOrder.objects.filter(submission=submission).first()
    if earlier:
        refuse_if([] if earlier.ordered_by_account == actor.id else [rules.form_used()])
        return earlier
    moment = datetime.now(UTC)
    order = ReportOrder.objects.create(
        organiser=organiser,
        kind=target.value,
        year=term.year,
        season=term.season,
        sees_protected=sees_protected(actor, organiser.id),
        submission=submission,
        ordered_at=moment,
        ordered_by_account=actor.id,
        ordered_by_name=actor.name,
        ordered_by_role=actor.role,
        progress_at=moment,
    )
    _tell(actor, order)
    _enqueue(order, today)
    return order


@transaction.atomic
def resume_report_order(*, actor: Actor, order_id: UUID, today: date) -> ReportOrder:
    """Let an order whose job has died begin again; one that lives or is finished stays as it is.

    Raises `NotFoundError`.
    """
    orders = ReportOrder.objects.select_for_update(of=("self",))
    order = orders.filter(organiser_scope(actor, MAKE), pk=order_id).first()
    if order is None:
        raise NotFoundError("report_order")
    moment = datetime.now(UTC)
    if order.status not in {Status.WAITING, Status.RUNNING}:
        return order
    if not rules.is_stalled(order.progress_at, moment):
        return order
    order.status, order.progress_at = Status.WAITING, moment
    order.save(update_fields=["status", "progress_at"])
    _tell(actor, order)
    _enqueue(order, today)
    return order


def run_report_order(*, order_id: UUID, today: date) -> ReportOrder | None:
    """Make what was asked for, or keep why it cannot be; None when another worker has it."""
    order = _claim(order_id)
    if order is None:
        return None
    try:
        extract = make_authority_extract(
            actor=_orderer(order),
            organiser_id=order.organiser_id,
            target=Target(order.kind),
            term=Term(order.year, Season(order.season)),
            today=today,
            told=lambda done, total: _progress(order, done, total),
        )
    except ProblemsFoundError as error:
        return _finish(order, message=" ".join(each.text for each in error.problems))
    except Exception:  # whoever waits must learn that nothing came of it
        LOG.exception("report order %s", order.id)
        return _finish(order, message=WENT_WRONG)
    return _finish(order, extract=extract)


@transaction.atomic
def _claim(order_id: UUID) -> ReportOrder | None:
    """Take a waiting order, so that no other worker does."""
    order = ReportOrder.objects.select_for_update(of=("self",)).filter(pk=order_id).first()
    if order is None:
        raise NotFoundError("report_order")
    if order.status != Status.WAITING:
        return None
    order.status, order.progress_at = Status.RUNNING, datetime.now(UTC)
    order.save(update_fields=["status", "progress_at"])
    return order


def _progress(order: ReportOrder, done: int, total: int) -> None:
    """Keep how many rows have been read."""
    ReportOrder.objects.filter(pk=order.pk).update(
        done=done, total=total, progress_at=datetime.now(UTC)
    )


def _finish(
    order: ReportOrder, *, extract: AuthorityExtract | None = None, message: str = ""
) -> ReportOrder:
    """Keep what came of the order; the trail was told when the extract was made."""
    order.status = Status.DONE if extract else Status.REFUSED
    order.extract, order.message, order.finished_at = extract, message, datetime.now(UTC)
    order.save(update_fields=["status", "extract", "message", "finished_at"])
    return order


def _orderer(order: ReportOrder) -> Actor:
    """Return who ordered, with the rights that were tried when the order came and no other."""
    rights = RIGHTS | {Permission.VIEW_PROTECTED} if order.sees_protected else RIGHTS
    grant = Grant(order.ordered_by_role, Scope(ScopeKind.ORGANISER, order.organiser_id), rights)
    return Actor(order.ordered_by_account, order.ordered_by_name, order.ordered_by_role, (grant,))


def _enqueue(order: ReportOrder, today: date) -> None:
    """Hand the order to a worker; the job is stored in the same transaction as the order."""
    # The job calls back into this room, so it is imported when both are loaded.
    from provning.reporting.tasks import make_ordered_extract

    make_ordered_extract.enqueue(str(order.id), today.isoformat())


def _tell(actor: Actor, order: ReportOrder) -> None:
    record(
        events.AUTHORITY_EXTRACT_ORDERED,
        actor=actor,
        subjects=[("report_order", order.id), ("organiser", order.organiser_id)],
        after={"kind": order.kind, "term": f"{order.season} {order.year}"},
    )
