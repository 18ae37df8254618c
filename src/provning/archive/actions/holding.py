"""What every step of a delivery shares: holding it, storing it, telling the trail."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from provning.archive.models import Delivery, DeliveryStep
from provning.archive.policies import require_side
from provning.archive.queries.deliveries import Known, delivery_scope, known_deliveries
from provning.archive.rules.steps import Step, form_used, order_problems, taken_meanwhile
from provning.audit.actions import record
from provning.audit.conflicts import refuse_if_changed, refused_as
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError, refuse_if
from provning.organisation.models import SchoolUnit
from provning.organisation.rows import unit_row


@dataclass(frozen=True, slots=True)
class Words:
    """What is written with a step."""

    remarks: str = ""
    override_reason: str = ""
    exceptions: str = ""


def held_delivery(
    actor: Actor, permission: Permission, delivery_id: UUID, expected_step: int, step: Step
) -> Known:
    """Hold a delivery for its next step, as the actor saw it.

    Raises `NotFoundError` out of scope, `NotAllowedError` when the actor is on the other side,
    `ConflictError` when somebody has taken a step since.
    """
    found = Delivery.objects.filter(delivery_scope(actor), pk=delivery_id)
    place = found.values_list("unit_id", flat=True).first()
    if place is None:
        raise NotFoundError("delivery")
    # Whoever takes a step with any of the unit's deliveries waits here for the one before.
    SchoolUnit.objects.select_for_update(no_key=True).get(pk=place)
    (known,) = known_deliveries(found)
    require_side(actor, permission, unit_row(known.delivery.unit))
    refuse_if_changed(
        "delivery", known.delivery.id, version=known.last.number, expected=expected_step
    )
    refuse_if(order_problems(step, known.step, known.delivery.document_id))
    return known


def taken_before(
    actor: Actor, permission: Permission, submission: UUID, kind: Step, delivery_id: UUID | None
) -> DeliveryStep | None:
    """Return the step that the form has taken already; a form for something else is refused.

    A step out of scope is as none. Raises `NotAllowedError` for the other side of the delivery.
    """
    taken = DeliveryStep.objects.select_related("delivery__unit__provider__organiser")
    earlier = taken.filter(delivery_scope(actor, "delivery__unit"), submission=submission).first()
    if earlier is None:
        return None
    require_side(actor, permission, unit_row(earlier.delivery.unit))
    same = earlier.kind == kind and delivery_id in {None, earlier.delivery_id}
    refuse_if([] if same else [form_used()])
    return earlier


def take_step(
    actor: Actor,
    delivery: Delivery,
    number: int,
    kind: Step,
    *,
    day: date,
    submission: UUID,
    words: Words | None = None,
) -> DeliveryStep:
    """Store the step."""
    said = words or Words()
    with refused_as(taken_meanwhile()):
        return DeliveryStep.objects.create(
            delivery=delivery,
            number=number,
            kind=kind.value,
            day=day,
            taken_at=datetime.now(UTC),
            taken_by_account=actor.id,
            taken_by_name=actor.name,
            taken_by_role=actor.role,
            remarks=said.remarks.strip(),
            override_reason=said.override_reason.strip(),
            exceptions=said.exceptions,
            submission=submission,
        )


def tell(event: str, actor: Actor, step: DeliveryStep, **facts: object) -> None:
    """Tell the trail of a step; its words are kept in the step itself, which never changes."""
    delivery = step.delivery
    record(
        event,
        actor=actor,
        subjects=[("delivery", delivery.id), ("unit", delivery.unit_id)],
        after={
            "document": delivery.document_id,
            "step": step.number,
            "day": step.day,
            **facts,
        },
        reason=step.override_reason,
    )
