"""A town in January whose autumn is graded, with its catalogue printed and signed when asked."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.test import Client

from provning.archive.actions import prepare_delivery, receive_delivery, send_delivery
from provning.archive.models import Delivery
from provning.archive.rules.periods import Period
from provning.catalogues.actions import build_catalogue, register_signatures
from provning.catalogues.models import GradeCatalogue
from provning.catalogues.queries.signatures import rows_of
from provning.catalogues.rows import Signing
from provning.kernel.actors import Scope, ScopeKind
from tests import builders
from tests.builders import HT26, PROGRAM
from tests.web.stage import Stage

AFTER_TERM = date(2027, 1, 4)
YEAR = Period(2026)


@dataclass(frozen=True)
class WebShelf:
    """The stage of January, and the browsers of both sides."""

    stage: Stage

    @property
    def unit_id(self) -> UUID:
        """Return the own-run provider's first unit."""
        return self.stage.town.centrum

    def provider(self) -> Client:
        """Return the own-run provider's staff, who may not see protected persons."""
        return in_autumn(self.stage.client())

    def principal(self) -> Client:
        """Return the unit's rektor."""
        user = builders.account(
            f"rektor-{uuid4().hex[:6]}", "principal", Scope(ScopeKind.UNIT, self.unit_id)
        )
        client = Client()
        client.force_login(user)
        return in_autumn(client)

    def centre(self) -> Client:
        """Return Vuxenutbildningscentrum."""
        return in_autumn(self.stage.client("adult_education_centre"))

    def print(self, *, sign: bool = True) -> list[GradeCatalogue]:
        """Make the autumn's catalogue, signed unless told otherwise."""
        made = build_catalogue(actor=PROGRAM, unit_id=self.unit_id, term=HT26, today=AFTER_TERM)
        for catalogue in made if sign else ():
            missing = [row for row in rows_of([catalogue.pk])[catalogue.pk] if not row.signed]
            signings = [Signing(row.signer_id, row.role, AFTER_TERM) for row in missing]
            if signings:
                register_signatures(
                    actor=PROGRAM, catalogue_id=catalogue.pk, signings=signings, today=AFTER_TERM
                )
        return made

    def prepare(self) -> Delivery:
        """Prepare the year's delivery as a program does."""
        return prepare_delivery(
            actor=PROGRAM,
            unit_id=self.unit_id,
            period=YEAR,
            submission=uuid4(),
            today=AFTER_TERM,
        )

    def send(self, delivery: Delivery) -> None:
        """Send a prepared delivery."""
        send_delivery(
            actor=PROGRAM,
            delivery_id=delivery.pk,
            expected_step=delivery.steps.count(),
            submission=uuid4(),
            today=AFTER_TERM,
        )

    def receive(self, delivery: Delivery) -> None:
        """Give a receipt for a delivery that is sent."""
        receive_delivery(
            actor=PROGRAM,
            delivery_id=delivery.pk,
            expected_step=delivery.steps.count(),
            submission=uuid4(),
            day=AFTER_TERM,
            today=AFTER_TERM,
        )


def in_autumn(client: Client) -> Client:
    """Choose the autumn term as a person does, and return the browser."""
    client.post("/enhet-och-period/", {"term": "HT26", "next": "/"})
    return client
