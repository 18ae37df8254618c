"""The demo's extracts: two that have been issued, one of them with a translation, and an order."""

from datetime import date
from uuid import UUID, uuid4

from provning.accounts.queries import user_by_username
from provning.extracts.actions import Wanted, issue_extract, order_extracts
from provning.grading.queries import term_decisions
from provning.kernel.actors import Actor
from provning.kernel.terms import Term
from provning.people.queries import actor_for

ISSUED = 2


def build_extracts(unit_id: UUID, term: Term, today: date) -> None:
    """Let the unit's rektor issue extracts of a term's grades, and order some for a group."""
    user = user_by_username("rektor")
    if user is None:
        return
    principal = actor_for(user, today)
    decisions = term_decisions(unit_id, term)
    for place, person_id in enumerate(dict.fromkeys(row.person_id for row in decisions)):
        if place < ISSUED:
            chosen = [row.id for row in decisions if row.person_id == person_id]
            _issue(principal, person_id, chosen, today, english=place == 1)
    order_extracts(
        actor=principal,
        unit_id=unit_id,
        wanted=Wanted(group_id=decisions[0].group_id),
        submission=uuid4(),
        today=today,
    )


def _issue(
    actor: Actor, person_id: UUID, chosen: list[UUID], today: date, *, english: bool
) -> None:
    issue_extract(
        actor=actor,
        person_id=person_id,
        decision_ids=chosen,
        english=english,
        submission=uuid4(),
        today=today,
    )
