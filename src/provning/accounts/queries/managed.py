"""Accounts as those who manage them meet them: only within reach, with how each is signed in to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from provning.accounts import policies
from provning.accounts.models import RoleAssignment, User
from provning.accounts.queries.accounts import RoleRow, role_names, scope_of
from provning.kernel.actors import Actor, Permission, Scope
from provning.kernel.problems import NotFoundError
from provning.kernel.swedish import sort_key

NO_FACTOR = Authenticator.Type.RECOVERY_CODES


@dataclass(frozen=True, slots=True)
class ManagedAccount:
    """One account; `roles` are those it holds or has held, in order of their first day."""

    id: UUID
    username: str
    name: str
    email: str
    is_active: bool
    has_password: bool
    has_factor: bool
    last_sign_in: datetime | None
    roles: tuple[RoleRow, ...]


def managed_accounts(actor: Actor, places: Collection[Scope]) -> list[ManagedAccount]:
    """Return the accounts the actor manages, in Swedish order of the names; two queries.

    Who manages accounts everywhere reaches all. Somebody else reaches an account whose every role
    lies in one of `places`, which the caller has found within the actor's right.
    """
    policies.require(actor, Permission.MANAGE_ACCOUNTS)
    names = role_names(None)
    rows = [_row(user, names) for user in accounts_within(actor, places)]
    return sorted(rows, key=lambda row: (sort_key(row.name), row.username))


def managed_account(actor: Actor, user_id: UUID, places: Collection[Scope]) -> ManagedAccount:
    """Return one account; raises `NotFoundError` for one out of reach as for none."""
    policies.require(actor, Permission.MANAGE_ACCOUNTS)
    user = accounts_within(actor, places).filter(pk=user_id).first()
    if user is None:
        raise NotFoundError
    return _row(user, role_names(None))


def accounts_within(actor: Actor, places: Collection[Scope]) -> QuerySet[User]:
    """Return the accounts that the actor manages, see `managed_accounts`."""
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=NO_FACTOR)
    found = User.objects.annotate(has_factor=Exists(factors)).prefetch_related("assignments")
    if policies.may_everywhere(actor, Permission.MANAGE_ACCOUNTS):
        return found
    held = RoleAssignment.objects.filter(user=OuterRef("pk"))
    inside = [each.id for each in places if each.id is not None]
    beyond = held.exclude(scope_id__isnull=False, scope_id__in=inside)
    return found.filter(Exists(held), ~Exists(beyond))


def _row(user: User, names: dict[str, str]) -> ManagedAccount:
    held = sorted(user.assignments.all(), key=lambda row: (row.valid_from, row.pk))
    roles = tuple(
        RoleRow(
            row.pk,
            row.role,
            names.get(row.role, row.role),
            scope_of(row),
            row.valid_from,
            row.valid_to,
        )
        for row in held
    )
    return ManagedAccount(
        user.pk,
        user.username,
        user.name,
        user.email,
        user.is_active,
        user.has_usable_password(),
        bool(user.__dict__["has_factor"]),
        user.last_login,
        roles,
    )
