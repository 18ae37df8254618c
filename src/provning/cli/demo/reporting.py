"""The demo's extracts for authorities: a list that has been handed over, and a draft to review."""

from datetime import date
from uuid import UUID, uuid4

from provning.kernel.actors import Actor
from provning.kernel.terms import Term
from provning.reporting.actions import make_authority_extract, mark_sent
from provning.reporting.layout import Target
from provning.reporting.models import AuthorityExtract


def build_reports(actor: Actor, organiser_id: UUID, term: Term, today: date) -> None:
    """Hand the list of a term over to UHR, and make SCB's draft, whose codes nobody knows."""
    listed = _made(actor, organiser_id, Target.UHR, term, today)
    mark_sent(
        actor=actor,
        extract_id=listed.id,
        receiver="UHR",
        sent_on=today,
        submission=uuid4(),
        today=today,
    )
    _made(actor, organiser_id, Target.SCB, term, today)


def _made(
    actor: Actor, organiser_id: UUID, target: Target, term: Term, today: date
) -> AuthorityExtract:
    return make_authority_extract(
        actor=actor, organiser_id=organiser_id, target=target, term=term, today=today
    )
