"""The demo's deliveries: one unit's has been received, one's is on its way, one's is overdue."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from provning.archive.actions import (
    build_packages,
    prepare_delivery,
    receive_delivery,
    send_delivery,
)
from provning.archive.rules.periods import Period
from provning.catalogues.actions import build_catalogue, register_signatures
from provning.catalogues.queries.signatures import rows_of
from provning.catalogues.rows import Signing
from provning.cli.demo.organisation import DemoUnit
from provning.kernel.actors import Actor
from provning.kernel.terms import Term

PRINTED_AFTER, SENT_AFTER, RECEIVED_AFTER = timedelta(15), timedelta(30), timedelta(36)
LATELY = timedelta(8)


def build_deliveries(actor: Actor, units: list[DemoUnit], first: Term, today: date) -> None:
    """Deliver the year of the first term: from the first unit in time, from the second lately.

    The third has printed nothing, so Vuxenutbildningscentrum sees it as overdue.
    """
    end = first.last_day
    early, late, *_rest = units
    _printed(actor, early.id, first, end + PRINTED_AFTER)
    delivery_id = _sent(actor, early.id, first, end + SENT_AFTER)
    receive_delivery(
        actor=actor,
        delivery_id=delivery_id,
        expected_step=2,
        submission=uuid4(),
        day=end + RECEIVED_AFTER,
        remarks="Allt stämmer med följesedeln.",
        today=end + RECEIVED_AFTER,
    )
    build_packages(actor=actor, unit_id=early.id, term=first)
    _printed(actor, late.id, first, today - LATELY)
    _sent(actor, late.id, first, today - LATELY)


def _printed(actor: Actor, unit_id: UUID, term: Term, day: date) -> None:
    """Print the term's catalogue and let everybody sign it on paper."""
    for catalogue in build_catalogue(actor=actor, unit_id=unit_id, term=term, today=day):
        missing = [row for row in rows_of([catalogue.pk])[catalogue.pk] if not row.signed]
        signings = [Signing(row.signer_id, row.role, day) for row in missing]
        if signings:
            register_signatures(
                actor=actor, catalogue_id=catalogue.pk, signings=signings, today=day
            )


def _sent(actor: Actor, unit_id: UUID, term: Term, day: date) -> UUID:
    """Prepare the year's delivery and send it."""
    delivery = prepare_delivery(
        actor=actor,
        unit_id=unit_id,
        period=Period(term.year),
        submission=uuid4(),
        today=day,
    )
    send_delivery(
        actor=actor, delivery_id=delivery.pk, expected_step=1, submission=uuid4(), today=day
    )
    delivery_id: UUID = delivery.pk
    return delivery_id
