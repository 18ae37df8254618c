"""Ordering extracts for many persons, and the job that issues them one by one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from provning.audit.actions import record
from provning.exams.policies import may_in_unit
from provning.exams.queries import group_for
from provning.extracts import events, policies, rules
from provning.extracts.models import ExtractOrder, ExtractOrderLine
from provning.extracts.queries.drafts import issuer_for, problems_for
from provning.extracts.rows import Issuer
from provning.grading.models import GradeDecision
from provning.grading.queries.decisions import VALID_DECISION
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import (
    NotFoundError,
    refuse_if,
)
from provning.kernel.terms import Term
from provning.organisation.queries import UnitRow
from provning.people.models import Person
from provning.people.queries import person_scope

Status = ExtractOrder.Status


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose extracts: everybody graded in a group or a term of the unit, or persons named.

    Exactly one of the three; a person who has no grade there is left out.
    """

    group_id: UUID | None = None
    term: Term | None = None
    person_ids: Collection[UUID] = ()


@transaction.atomic
def order_extracts(
    *,
    actor: Actor,
    unit_id: UUID,
    wanted: Wanted,
    english: bool = False,
    with_fails: bool = False,
    submission: UUID,
    today: date,
) -> ExtractOrder:
    """Order an extract of every grade that stands for each of many persons; a job issues them.

    Out of the unit's catalogue, or every unit's where the home municipality issues. The same
    `submission` again is the same order. Raises `NotFoundError` and `ProblemsFoundError`.
    """
    unit = policies.issuing_units(actor).get(unit_id)
    if unit is None:
        raise NotFoundError("unit")
    earlier = ExtractOrder.objects.filter(submission=submission).first()
    if earlier:
        refuse_if([] if earlier.ordered_by_account == actor.id else [rules.form_used()])
        return earlier
    issuer = issuer_for(unit, today)
    by = policies.delegated_by(actor, unit)
    refuse_if(problems_for(actor, unit, issuer) + ([rules.not_delegated(by)] if by else []))
    persons = _persons(actor, unit, wanted)
    refuse_if([] if persons else [rules.nobody_to_issue_for()])
    order = _create(actor, unit, issuer, wanted, submission, english=english, with_fails=with_fails)
    ExtractOrderLine.objects.bulk_create(
        ExtractOrderLine(order=order, person_id=person_id) for person_id in persons
    )
    tell(events.EXTRACTS_ORDERED, actor, order, what=_what(order), count=len(persons))
    _enqueue(order, today)
    return order


@transaction.atomic
def resume_order(*, actor: Actor, order_id: UUID, today: date) -> ExtractOrder:
    """Let an order whose job has died go on with the persons that remain.

    An order that is finished, or whose job lives, is returned as it is. Raises `NotFoundError`.
    """
    orders = ExtractOrder.objects.select_for_update(of=("self",))
    scope = policies.extract_scope(actor, policies.ISSUE)
    order = orders.filter(scope, pk=order_id).first()
    if order is None:
        raise NotFoundError("extract_order")
    if order.status == Status.DONE or not rules.is_stalled(order.progress_at, now()):
        return order
    order.status, order.progress_at = Status.WAITING, now()
    order.save(update_fields=["status", "progress_at"])
    tell(events.EXTRACTS_ORDERED, actor, order, what=_what(order), count=order.lines.count())
    _enqueue(order, today)
    return order


@transaction.atomic
def put_back_order(*, lost_id: UUID) -> None:
    """Let another job claim an order whose job is known to be gone.

    One that waits already, or is locked (`OperationalError`), is left alone.
    """
    found = ExtractOrder.objects.select_for_update(of=("self",), nowait=True)
    for order in found.filter(pk=lost_id, status=Status.RUNNING):
        order.status, order.progress_at = Status.WAITING, now()
        order.save(update_fields=["status", "progress_at"])


def _persons(actor: Actor, unit: UnitRow, wanted: Wanted) -> list[UUID]:
    """Return the persons of the order who have a grade that stands."""
    where = Q(placement__group__unit=unit.id)
    if wanted.group_id:
        if group_for(actor, wanted.group_id).unit_id != unit.id:
            raise NotFoundError("exam_group")
        where &= Q(placement__group=wanted.group_id)
    elif wanted.term:
        where &= Q(placement__group__year=wanted.term.year)
        where &= Q(placement__group__season=wanted.term.season)
    else:
        where = Q(placement__person__in=_reached(actor, wanted.person_ids))
    graded = GradeDecision.objects.filter(VALID_DECISION, where)
    return list(graded.order_by().values_list("placement__person", flat=True).distinct())


def _reached(actor: Actor, person_ids: Collection[UUID]) -> set[UUID]:
    """Return the named persons; raises `NotFoundError` when one is out of scope."""
    wanted = set(person_ids)
    reached = Person.objects.filter(person_scope(actor), pk__in=wanted)
    if set(reached.values_list("pk", flat=True)) != wanted:
        raise NotFoundError("person")
    return wanted


def _create(
    actor: Actor,
    unit: UnitRow,
    issuer: Issuer,
    wanted: Wanted,
    submission: UUID,
    *,
    english: bool,
    with_fails: bool,
) -> ExtractOrder:
    moment = now()
    return ExtractOrder.objects.create(
        organiser_id=issuer.organiser_id,
        unit_id=issuer.unit_id,
        group_id=wanted.group_id,
        year=wanted.term.year if wanted.term else None,
        season=wanted.term.season if wanted.term else "",
        english=english,
        with_fails=with_fails,
        sees_protected=may_in_unit(actor, Permission.VIEW_PROTECTED, unit),
        submission=submission,
        ordered_at=moment,
        ordered_by_account=actor.id,
        ordered_by_name=actor.name,
        ordered_by_role=actor.role,
        progress_at=moment,
    )


def _what(order: ExtractOrder) -> str:
    """Say where the persons came from."""
    if order.group:
        return order.group.name
    return f"{order.season} {order.year}" if order.year else "utvalda personer"


def _enqueue(order: ExtractOrder, today: date) -> None:
    """Hand the order to a worker; the job is stored in the same transaction as the order."""
    # The job calls back into this room, so it is imported when both are loaded.
    from provning.extracts.tasks import issue_ordered_extracts

    issue_ordered_extracts.enqueue(str(order.id), today.isoformat())


def tell(name: str, actor: Actor, order: ExtractOrder, **facts: object) -> None:
    """Tell the trail of an order."""
    subjects = [("extract_order", order.id), ("organiser", order.organiser_id)]
    record(name, actor=actor, subjects=subjects, after=facts)


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)
