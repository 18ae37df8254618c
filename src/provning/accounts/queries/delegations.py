"""Reading what rektor has delegated: by which office, to whom it may be, and to whom it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from provning.accounts.models import DELEGATED, RoleAssignment
from provning.accounts.queries.accounts import assignments_on, lapsed, role_names, scope_of
from provning.accounts.roles import PRINCIPAL
from provning.kernel.actors import Actor, Scope
from provning.kernel.swedish import sort_key


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One role as rektor that somebody holds: its number and where it holds."""

    id: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Somebody with an open account and a role somewhere."""

    user_id: UUID
    username: str
    name: str


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """One delegated task: what, to whom, by whom and for how long.

    `lapsed` says that the rektor who delegated it is no longer rektor there.
    """

    id: int
    task: str
    scope: Scope
    username: str
    name: str
    delegated_by: str
    valid_from: date
    valid_to: date
    lapsed: bool


@dataclass(frozen=True, slots=True)
class OwnRole:
    """One role that somebody holds, as they meet it; `delegated_by` is "" for one of their own."""

    name: str
    scope: Scope
    valid_to: date | None
    delegated_by: str


def own_roles(user_id: UUID, on: date) -> list[OwnRole]:
    """Return what an account holds on the day, its own roles first; one query."""
    held = assignments_on(user_id, on).select_related("delegated_from__user")
    names = role_names(None)
    rows = [
        OwnRole(
            names.get(each.role, each.role),
            scope_of(each),
            each.valid_to,
            each.delegated_from.user.name if each.delegated_from else "",
        )
        for each in held.order_by("pk")
        if not lapsed(each, on)
    ]
    return sorted(rows, key=lambda row: bool(row.delegated_by))


def offices_of(actor: Actor, on: date) -> list[OfficeRow]:
    """Return where the actor is rektor on the day; one query. A program is so nowhere."""
    try:
        user_id = UUID(actor.id)
    except ValueError:
        return []
    ongoing = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    held = RoleAssignment.objects.filter(
        ongoing, user_id=user_id, role=PRINCIPAL, valid_from__lte=on, user__is_active=True
    )
    return [OfficeRow(each.pk, scope_of(each)) for each in held.order_by("pk")]


def holders_at(scopes: Collection[Scope], on: date) -> list[HolderRow]:
    """Return who holds a role of their own in one of the scopes on the day; one query.

    For callers that have found the scopes within the actor's reach. In Swedish order of the names.
    """
    ongoing = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    held = RoleAssignment.objects.filter(
        ongoing,
        scope_id__in=[each.id for each in scopes if each.id],
        valid_from__lte=on,
        user__is_active=True,
    ).exclude(role__in=DELEGATED)
    found = set(held.values_list("user_id", "user__username", "user__name"))
    return sorted((HolderRow(*each) for each in found), key=lambda row: sort_key(row.name))


def delegations_at(scopes: Collection[Scope], on: date) -> list[DelegationRow]:
    """Return what has been delegated in the scopes, the latest first; one query.

    For callers that have found the scopes within the actor's reach.
    """
    found = RoleAssignment.objects.filter(
        role__in=DELEGATED, scope_id__in=[each.id for each in scopes if each.id]
    ).select_related("user", "delegated_from__user")
    return [_row(each, on) for each in found.order_by("-valid_from", "-pk")]


def _row(each: RoleAssignment, on: date) -> DelegationRow:
    rektor = each.delegated_from
    return DelegationRow(
        each.pk,
        each.role,
        scope_of(each),
        each.user.username,
        each.user.name,
        rektor.user.name if rektor else "",
        each.valid_from,
        each.valid_to or date.max,
        lapsed(each, on),
    )
