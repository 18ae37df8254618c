"""What the organiser has decided about deliveries: how often, how soon, with what exceptions."""

from datetime import date
from uuid import UUID

from provning.archive.rules.checklist import Allowed
from provning.archive.rules.periods import Period, last_day_to
from provning.kernel.actors import Actor, Permission
from provning.kernel.terms import Term
from provning.organisation.policies_data import PolicyKey
from provning.organisation.queries import UnitRow, policy_value, term_dates, unit_for


def period_of_term(organiser_id: UUID, term: Term) -> Period:
    """Return the period that the term's catalogues are delivered with."""
    kind = policy_value(organiser_id, PolicyKey.DELIVERY_PERIOD, term.last_day)
    return Period.of(term, str(kind))


def period_of_unit(actor: Actor, unit_id: UUID, term: Term) -> Period:
    """Return the period that a unit's term is delivered with, for who sends from the unit.

    Raises `NotFoundError` when the unit is out of scope.
    """
    unit = unit_for(actor, unit_id, Permission.SEND_DELIVERIES)
    return period_of_term(unit.organiser_id, term)


def last_day_of(unit: UnitRow, period: Period) -> date:
    """Return the last day of the period, by the provider's own calendar when it has one."""
    return term_dates(unit.provider_id, period.last_term).last_day


def deliver_by(unit: UnitRow, period: Period) -> date:
    """Return the last day in time to send the period's delivery."""
    end = last_day_of(unit, period)
    days = policy_value(unit.organiser_id, PolicyKey.DELIVER_WITHIN_DAYS, end)
    return last_day_to(end, int(days))


def receive_by(organiser_id: UUID, sent: date) -> date:
    """Return the last day in time to receive what was sent on a day."""
    days = policy_value(organiser_id, PolicyKey.RECEIVE_WITHIN_DAYS, sent)
    return last_day_to(sent, int(days))


def allowed_exceptions(organiser_id: UUID, on: date) -> Allowed:
    """Return what may be missing in a delivery when there is a written reason."""
    return Allowed(str(policy_value(organiser_id, PolicyKey.DELIVERY_EXCEPTIONS, on)))
