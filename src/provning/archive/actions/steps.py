"""Sending a delivery, receiving it, and returning it with what is missing."""

from datetime import date
from uuid import UUID

from django.db import transaction

from provning.archive import events
from provning.archive.actions.holding import (
    Words,
    held_delivery,
    take_step,
    taken_before,
    tell,
)
from provning.archive.models import DeliveryStep
from provning.archive.queries.deliveries import Known
from provning.archive.queries.preparation import prepare
from provning.archive.rules.steps import (
    Step,
    newer_than_list,
    override_problems,
    receipt_problems,
    text_problems,
)
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import Problem, refuse_if
from provning.organisation.rows import unit_row

SEND, RECEIVE = Permission.SEND_DELIVERIES, Permission.RECEIVE_DELIVERIES


@transaction.atomic
def send_delivery(
    *,
    actor: Actor,
    delivery_id: UUID,
    expected_step: int,
    submission: UUID,
    override_reason: str = "",
    today: date,
) -> DeliveryStep:
    """Send a prepared delivery to Vuxenutbildningscentrum (Manual s. 4).

    `expected_step` is the number of the latest step that the actor saw. Nothing may be missing,
    except what local custom allows with a written reason. Sent twice it is one step. Raises
    `NotFoundError`, `NotAllowedError`, `ConflictError` and `ProblemsFoundError`.
    """
    earlier = taken_before(actor, SEND, submission, Step.SENT, delivery_id)
    if earlier is not None:
        return earlier
    known = held_delivery(actor, SEND, delivery_id, expected_step, Step.SENT)
    missing = _missing(known, today)
    refuse_if(text_problems(override_reason, required=False))
    refuse_if(override_problems(missing, override_reason))
    words = Words(
        override_reason=override_reason if missing else "",
        exceptions="\n".join(each.text for each in missing),
    )
    return _take(actor, known, Step.SENT, events.DELIVERY_SENT, today, submission, words)


@transaction.atomic
def receive_delivery(
    *,
    actor: Actor,
    delivery_id: UUID,
    expected_step: int,
    submission: UUID,
    day: date,
    remarks: str = "",
    today: date,
) -> DeliveryStep:
    """Give a receipt for a delivery that has been checked; `day` is when it came.

    Raises as `send_delivery` does.
    """
    earlier = taken_before(actor, RECEIVE, submission, Step.RECEIVED, delivery_id)
    if earlier is not None:
        return earlier
    known = held_delivery(actor, RECEIVE, delivery_id, expected_step, Step.RECEIVED)
    problems = receipt_problems(day, known.last.day, today)
    refuse_if([*problems, *text_problems(remarks, required=False)])
    words = Words(remarks=remarks)
    return _take(actor, known, Step.RECEIVED, events.DELIVERY_RECEIVED, day, submission, words)


@transaction.atomic
def return_delivery(
    *,
    actor: Actor,
    delivery_id: UUID,
    expected_step: int,
    submission: UUID,
    remarks: str,
    today: date,
) -> DeliveryStep:
    """Return a delivery to the provider with what is missing in it.

    Raises as `send_delivery` does.
    """
    earlier = taken_before(actor, RECEIVE, submission, Step.RETURNED, delivery_id)
    if earlier is not None:
        return earlier
    known = held_delivery(actor, RECEIVE, delivery_id, expected_step, Step.RETURNED)
    refuse_if(text_problems(remarks, required=True))
    words = Words(remarks=remarks)
    return _take(actor, known, Step.RETURNED, events.DELIVERY_RETURNED, today, submission, words)


def _missing(known: Known, today: date) -> list[Problem]:
    """Return what is missing: in the papers of the list, or papers that the list lacks."""
    found = prepare(unit_row(known.delivery.unit), known.period, today)
    newer = [each.document_id for each in found.papers if each.id not in known.catalogue_ids]
    return [*newer_than_list(newer), *found.missing(today)]


def _take(
    actor: Actor,
    known: Known,
    kind: Step,
    event: str,
    day: date,
    submission: UUID,
    words: Words,
) -> DeliveryStep:
    """Store the next step and tell the trail."""
    step = take_step(
        actor,
        known.delivery,
        known.last.number + 1,
        kind,
        day=day,
        submission=submission,
        words=words,
    )
    tell(event, actor, step, papers=len(known.catalogue_ids))
    return step
