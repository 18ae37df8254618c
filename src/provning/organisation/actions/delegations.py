"""Delegating one of rektor's tasks to somebody who works where rektor is rektor."""

from datetime import date

from django.db import transaction

from provning.accounts.actions import Delegation, delegate
from provning.accounts.models import RoleAssignment
from provning.accounts.rules import Delegating, delegation_problems
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError, ProblemsFoundError
from provning.organisation.above import is_a_persons
from provning.organisation.delegations import offices_for


@transaction.atomic
def delegate_task(
    *,
    actor: Actor,
    office_id: int,
    username: str,
    task: str,
    valid_from: date,
    valid_to: date | None,
    competent: bool,
    today: date,
) -> RoleAssignment:
    """Delegate a task to an account; `NotFoundError` where the actor is not rektor today.

    Of somebody who works elsewhere no more is said than of somebody who does not exist.
    """
    office = next((each for each in offices_for(actor, today) if each.id == office_id), None)
    if office is None:
        raise NotFoundError
    holder = office.holder(username)
    if holder is None:
        wanted = Delegating(task, valid_to, at_unit=False, competent=competent)
        raise ProblemsFoundError(delegation_problems(wanted))
    asked = Delegation(
        office_id,
        holder.user_id,
        task,
        valid_from,
        valid_to,
        competent,
        is_person=is_a_persons(holder.user_id),
    )
    return delegate(actor=actor, asked=asked, today=today)
