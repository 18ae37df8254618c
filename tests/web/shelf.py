"""A town in January whose autumn is graded, with its catalogue printed and signed when asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
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
from provning.web.selection import TERM_KEY
from tests import builders
from tests.builders import HT26, PROGRAM
from tests.web.stage import Stage

AFTER_TERM = date(2027, 1, 4)
YEAR = Period(2026)


@dataclass(frozen=True)
class WebShelf:
    """The stage of January, and the browsers of both sides, each signed in once."""

    stage: Stage
    browsers: dict[str, Client] = field(default_factory=dict)

    @property
    def unit_id(self) -> UUID:
        """Return the own-run provider's first unit."""
        return self.stage.town.centrum

    def provider(self) -> Client:
        """Return the own-run provider's staff, who may not see protected persons."""
        return self._signed_in("internal_provider", self.stage.client)

    def principal(self) -> Client:
        """Return the unit's rektor."""
        return self._signed_in("principal", self._rektor)

    def centre(self) -> Client:
        """Return Vuxenutbildningscentrum."""
        role = "adult_education_centre"
        return self._signed_in(role, lambda: self.stage.client(role))

    def _signed_in(self, role: str, sign_in: Callable[[], Client]) -> Client:
        if role not in self.browsers:
            self.browsers[role] = in_autumn(sign_in())
        return self.browsers[role]

    def _rektor(self) -> Client:
        user = builders.account(
            f"rektor-{uuid4().hex[:6]}", "principal", Scope(ScopeKind.UNIT, self.unit_id)
        )
        client = Client()
        client.force_login(user)
        return client

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
    """Let the browser of somebody who is signed in have chosen the autumn term, and return it."""
    session = client.session
    session[TERM_KEY] = HT26.code
    session.save()
    return client
