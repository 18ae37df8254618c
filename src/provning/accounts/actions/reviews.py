"""The yearly review: somebody goes through assigned roles and keeps them; ending is `end_role`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from provning.accounts import events, policies, rules
from provning.accounts.actions.proposals import account_of
from provning.accounts.models import RoleAssignment, RoleReview
from provning.accounts.queries import scope_of
from provning.audit.actions import canonical, record
from provning.audit.conflicts import changed_meanwhile
from provning.kernel.actors import Actor, Permission, Scope
from provning.kernel.problems import NotFoundError, refuse_if


@dataclass(frozen=True, slots=True)
class SeenRole:
    """An assigned role as somebody saw it: its last day and the name of its place.

    `within` are the wider places that the place lies in.
    """

    assignment_id: int
    valid_to: date | None
    place: str
    within: tuple[Scope, ...] = ()


@transaction.atomic
def keep_roles(*, actor: Actor, seen: Sequence[SeenRole], today: date) -> int:
    """Write down that the roles were gone through and stay; returns how many were new.

    A role that has been reviewed today is left as it is. Nobody reviews their own role, and one
    that has changed since it was seen is a `ConflictError`.
    """
    policies.require(actor, Permission.REVIEW_ROLES)
    reviewer = account_of(actor)
    held = _held(seen)
    for each in seen:
        _require(actor, each, held)
    refuse_if(rules.review_problems(actor.id, [each.user_id for each in held.values()]))
    done = RoleReview.objects.filter(assignment__in=held, reviewed_on=today)
    known = set(done.values_list("assignment_id", flat=True))
    new = {
        each.assignment_id: _facts(held[each.assignment_id], each.place)
        for each in seen
        if each.assignment_id not in known
    }
    if not new:
        return 0
    now = datetime.now(UTC)
    RoleReview.objects.bulk_create(
        RoleReview(
            assignment_id=key,
            reviewed_on=today,
            reviewed_at=now,
            reviewed_by=reviewer,
            seen=canonical(facts),
        )
        for key, facts in new.items()
    )
    record(
        events.ROLES_REVIEWED,
        actor=actor,
        subjects=[("user", held[key].user_id) for key in new],
        after={"count": len(new), "roles": list(new.values())},
    )
    return len(new)


def _held(seen: Sequence[SeenRole]) -> dict[int, RoleAssignment]:
    """Return the assigned roles, locked."""
    found = RoleAssignment.objects.select_for_update(of=("self",)).select_related("user")
    asked = found.filter(pk__in=[each.assignment_id for each in seen])
    return {each.pk: each for each in asked.order_by("pk")}


def _require(actor: Actor, seen: SeenRole, held: dict[int, RoleAssignment]) -> None:
    """Raise unless the role is there, within the actor's right, and as it was seen."""
    found = held.get(seen.assignment_id)
    if found is None:
        raise NotFoundError
    policies.require_reviewer(actor, found.role, scope_of(found), seen.within)
    if found.valid_to != seen.valid_to:
        raise changed_meanwhile("user", found.user_id)


def _facts(held: RoleAssignment, place: str) -> dict[str, object]:
    return {
        "username": held.user.username,
        "name": held.user.name,
        "role": held.role,
        "scope_kind": held.scope_kind,
        "scope_id": held.scope_id,
        "place": place,
        "valid_from": held.valid_from,
        "valid_to": held.valid_to,
    }
