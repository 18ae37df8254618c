"""Rektor delegates a task: an assigned role that points at rektor's own, and ends on a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.accounts import events, policies, rules
from provning.accounts.actions.proposals import account_of
from provning.accounts.models import RoleAssignment, User
from provning.accounts.queries import offices_of
from provning.accounts.role_notices import tell_of_roles
from provning.accounts.roles import TASKS
from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError, Problem, refuse_if


@dataclass(frozen=True, slots=True)
class Delegation:
    """What is delegated to whom: a code of `roles.TASKS`, by which of rektor's roles, and when.

    `competent` is rektor's own judgement of the person (Skollagen 2 kap. 10 §). `is_person` says
    that the account is somebody's of the register, which a room above knows.
    """

    office_id: int
    user_id: UUID
    task: str
    valid_from: date
    valid_to: date | None
    competent: bool
    is_person: bool = False


@transaction.atomic
def delegate(*, actor: Actor, asked: Delegation, today: date) -> RoleAssignment:
    """Let somebody do one of rektor's tasks for a time, where rektor is rektor.

    For a caller that has seen to it that they work there. Delegated once more, the same task for
    the same days is the one there is. `NotFoundError` when the role as rektor is not the actor's
    own today.
    """
    policies.require(actor, Permission.DELEGATE)
    rektor = account_of(actor)
    if asked.office_id not in {each.id for each in offices_of(actor, today)}:
        raise NotFoundError
    office = RoleAssignment.objects.select_for_update().get(pk=asked.office_id)
    user = User.objects.select_for_update().filter(pk=asked.user_id).first()
    if user is None:
        raise NotFoundError
    same = RoleAssignment.objects.filter(
        user=user, role=asked.task, scope_kind=office.scope_kind, scope_id=office.scope_id
    )
    given = same.filter(valid_from=asked.valid_from, valid_to=asked.valid_to).first()
    if given:
        return given
    refuse_if(_problems(actor, asked, user, list(same)))
    with refused_as(_saved_meanwhile()):
        assignment = RoleAssignment.objects.create(
            user=user,
            role=asked.task,
            scope_kind=office.scope_kind,
            scope_id=office.scope_id,
            valid_from=asked.valid_from,
            valid_to=asked.valid_to,
            delegated_from=office,
        )
    _record(actor, assignment, rektor)
    tell_of_roles(user)
    return assignment


def _problems(
    actor: Actor, asked: Delegation, user: User, held: list[RoleAssignment]
) -> list[Problem]:
    wanted = rules.Delegating(
        asked.task,
        asked.valid_to,
        at_unit=True,
        competent=asked.competent,
        is_person=asked.is_person,
    )
    days = [(each.valid_from, each.valid_to) for each in held]
    return [
        *rules.own_role_problems(actor.id, user.pk),
        *rules.delegation_problems(wanted),
        *rules.period_problems(asked.valid_from, asked.valid_to),
        *rules.overlap_problems(asked.valid_from, asked.valid_to, days),
    ]


def _saved_meanwhile() -> Problem:
    message = "Uppgiften delegerades nyss till samma person. Ladda om sidan."
    return Problem("delegation-saved-meanwhile", "", message)


def _record(actor: Actor, assignment: RoleAssignment, rektor: User) -> None:
    record(
        events.TASK_DELEGATED,
        actor=actor,
        subjects=[
            ("user", assignment.user_id),
            ("user", rektor.pk),
            (assignment.scope_kind, assignment.scope_id),
        ],
        after={
            "username": assignment.user.username,
            "task": assignment.role,
            "law": TASKS[assignment.role].law,
            "delegated_by": rektor.name,
            "scope_kind": assignment.scope_kind,
            "scope_id": assignment.scope_id,
            "valid_from": assignment.valid_from,
            "valid_to": assignment.valid_to,
            "competent": True,
        },
    )
