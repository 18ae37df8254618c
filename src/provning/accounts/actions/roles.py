"""Roles: given, ended and named."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.accounts import events, policies, rules
from provning.accounts.actions.accounts import held_user
from provning.accounts.actions.sessions import end_all
from provning.accounts.models import RoleAssignment, RoleName
from provning.accounts.queries import scope_of
from provning.accounts.role_notices import tell_of_roles
from provning.accounts.roles import GIVES, ROLES
from provning.audit.actions import Facts, record
from provning.audit.conflicts import changed_meanwhile, refused_as
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError, Problem, refuse_if

Seen = tuple[date | None] | None


@transaction.atomic
def assign_role(
    *,
    actor: Actor,
    user_id: UUID,
    role: str,
    scope: Scope,
    valid_from: date,
    valid_to: date | None = None,
    within: Iterable[Scope] = (),
) -> RoleAssignment:
    """Give an account a role in a scope, from a day and, when it is known, until a day.

    `within` are the wider places that the scope lies in. Nobody gives themselves a role. Given
    once more, the same role for the same days is the one there is. A role that shows protected
    persons is given so by programs alone: a person proposes it, see `propose_role`.
    """
    require_known_giver(actor, role, scope, within)
    if policies.needs_two(actor, role):
        raise NotAllowedError("four_eyes")
    return give_now(
        actor=actor,
        user_id=user_id,
        role=role,
        scope=scope,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def give_now(
    *,
    actor: Actor,
    user_id: UUID,
    role: str,
    scope: Scope,
    valid_from: date,
    valid_to: date | None,
    event: str = events.ROLE_ASSIGNED,
) -> RoleAssignment:
    """Give a role once the caller has seen to the right; part of the caller's transaction."""
    user = held_user(user_id)
    refuse_if(
        rules.own_role_problems(actor.id, user.pk)
        + rules.role_problems(role, scope, valid_from, valid_to)
    )
    same = RoleAssignment.objects.filter(
        user=user, role=role, scope_kind=scope.kind, scope_id=scope.id
    )
    given = same.filter(valid_from=valid_from, valid_to=valid_to).first()
    if given:
        return given
    held = same.values_list("valid_from", "valid_to")
    refuse_if(rules.overlap_problems(valid_from, valid_to, held))
    assignment = RoleAssignment(
        user=user,
        role=role,
        scope_kind=scope.kind,
        scope_id=scope.id,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    with refused_as(_given_meanwhile()):
        assignment.save(force_insert=True)
    _record_role(event, actor, assignment, before=None)
    tell_of_roles(user)
    return assignment


@transaction.atomic
def end_role(
    *,
    actor: Actor,
    assignment_id: int,
    last_day: date,
    seen: Seen = None,
    within: Iterable[Scope] = (),
    leaves_none: bool = False,
) -> RoleAssignment:
    """Let a role end with a day, that day included; the history of the role stays.

    `seen` is the last day that somebody saw at a screen, in a tuple of one. The last who may give
    roles at a place is ended only by somebody who says so with `leaves_none`.
    """
    policies.require(actor, Permission.REVIEW_ROLES)
    held = RoleAssignment.objects.select_for_update().select_related("user")
    assignment = held.filter(pk=assignment_id).first()
    if assignment is None:
        raise NotFoundError
    policies.require_reviewer(actor, assignment.role, scope_of(assignment), within)
    if assignment.valid_to == last_day:
        return assignment
    if seen is not None and seen != (assignment.valid_to,):
        raise changed_meanwhile("user", assignment.user_id)
    refuse_if(
        rules.ending_problems(assignment.valid_from, assignment.valid_to, last_day)
        + _last_problems(assignment, last_day, leaves_none=leaves_none)
    )
    before = {"valid_to": assignment.valid_to}
    assignment.valid_to = last_day
    assignment.save(update_fields=["valid_to"])
    end_all(assignment.user)
    _record_role(events.ROLE_ENDED, actor, assignment, before=before)
    tell_of_roles(assignment.user)
    return assignment


@transaction.atomic
def name_role(*, actor: Actor, organiser_id: UUID, role: str, name: str) -> RoleName:
    """Call a role what the organiser calls it, on every screen of the organiser."""
    policies.require_role_right(actor, Scope(ScopeKind.ORGANISER, organiser_id))
    name = " ".join(name.split())
    refuse_if(rules.role_name_problems(role, name))
    named = RoleName.objects.select_for_update().filter(organiser_id=organiser_id, role=role)
    row = named.first() or RoleName(organiser_id=organiser_id, role=role)
    before = {"name": row.name}
    if row.name == name:
        return row
    row.name = name
    with refused_as(_given_meanwhile()):
        row.save()
    record(
        events.ROLE_NAMED,
        actor=actor,
        subjects=[("organiser", organiser_id)],
        before=before,
        after={"role": role, "name": name},
    )
    return row


def require_known_giver(actor: Actor, role: str, scope: Scope, within: Iterable[Scope]) -> None:
    """Let a role that does not exist be a problem to those who may give roles there at all."""
    if role in ROLES or not policies.may_everywhere(actor, Permission.GIVE_ROLES):
        policies.require_giver(actor, role, scope, within)


def _last_problems(
    assignment: RoleAssignment, last_day: date, *, leaves_none: bool
) -> list[Problem]:
    """Return that nobody would be left who gives roles; locks whoever is counted."""
    scope = scope_of(assignment)
    if assignment.role not in GIVES:
        return []
    same = RoleAssignment.objects.select_for_update().filter(
        role=assignment.role, scope_kind=scope.kind, scope_id=scope.id, user__is_active=True
    )
    left = [
        each.pk
        for each in same.order_by("pk")
        if each.pk != assignment.pk
        and each.valid_from <= last_day
        and (each.valid_to is None or each.valid_to > last_day)
    ]
    everywhere = scope.kind is ScopeKind.EVERYTHING
    return [] if left else rules.last_giver_problems(everywhere=everywhere, confirmed=leaves_none)


def _given_meanwhile() -> Problem:
    message = "Någon annan sparade samma sak nyss. Ladda om sidan."
    return Problem("role-saved-meanwhile", "", message)


def _record_role(
    name: str, actor: Actor, assignment: RoleAssignment, *, before: Facts | None
) -> None:
    record(
        name,
        actor=actor,
        subjects=[("user", assignment.user_id)],
        before=before,
        after={
            "username": assignment.user.username,
            "role": assignment.role,
            "scope_kind": assignment.scope_kind,
            "scope_id": assignment.scope_id,
            "valid_from": assignment.valid_from,
            "valid_to": assignment.valid_to,
        },
    )
