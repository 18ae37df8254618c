"""Reading accounts: who somebody is, and what they may do on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from provning.accounts.models import RoleAssignment, RoleName, RoleProposal, RoleReview, User
from provning.accounts.roles import ALL_ROLES, ALL_TASKS, GIVES, REVIEWS, ROLES, TASKS
from provning.audit.asking import worded_once
from provning.kernel.actors import Grant, Permission, Scope, ScopeKind
from provning.kernel.swedish import sort_key

ROLE_ORDER = {code: place for place, code in enumerate([*ROLES, *TASKS])}
TASK_NAMES = {each.code: each.name for each in ALL_TASKS}
PERMISSIONS = {each.code: each.permissions for each in ALL_ROLES} | {
    each.code: each.permissions for each in ALL_TASKS
}

GRANTED = ("role", "pk", "scope_kind", "scope_id")
REKTOR = tuple(
    f"delegated_from__{each}"
    for each in ("valid_from", "valid_to", "user__is_active", "user__name")
)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role an account holds or has held; `valid_to` is inclusive, None while it goes on."""

    id: int
    role: str
    name: str
    scope: Scope
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Say whether the role is held on the day."""
        return self.valid_from <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as an administrator meets it."""

    id: UUID
    username: str
    name: str
    email: str
    is_active: bool
    roles: tuple[RoleRow, ...]


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """One role as those who give roles meet it, with the account that holds it."""

    user_id: UUID
    username: str
    name: str
    held: RoleRow


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One role that waits for a second person; `held.id` of `wanted` is the proposal's."""

    wanted: HoldingRow
    proposed_by: UUID
    proposed_by_name: str


def user_by_username(username: str) -> User | None:
    """Return the account, or None."""
    return User.objects.filter(username=username).first()


def user_by_id(user_id: UUID) -> User | None:
    """Return the account, or None."""
    return User.objects.filter(pk=user_id).first()


def grants_of(user: User, on: date) -> tuple[Grant, ...]:
    """Return what the account may do on the day, in the order of the roles; one query.

    A closed account and a role this version does not know give nothing, and what rektor has
    delegated gives nothing when rektor is no longer rektor there.
    """
    if not user.is_active:
        return ()
    granted = _granted(user.pk, on)
    held = [row for row in granted if row[0] in PERMISSIONS and not _has_lapsed(on, *row[4:7])]
    held.sort(key=lambda row: (ROLE_ORDER[row[0]], row[1]))
    return tuple(
        Grant(role, Scope(ScopeKind(kind), scope_id), PERMISSIONS[role], name or "")
        for role, _key, kind, scope_id, *_rektors_days, name in held
    )


@worded_once
def _granted(user_id: UUID, on: date) -> QuerySet[RoleAssignment, Any]:
    return assignments_on(user_id, on).values_list(*GRANTED, *REKTOR)


def lapsed(assignment: RoleAssignment, on: date) -> bool:
    """Say whether a delegated task has lost its rektor; the caller has fetched both."""
    rektor = assignment.delegated_from
    if rektor is None:
        return False
    return _has_lapsed(on, rektor.valid_from, rektor.valid_to, rektor.user.is_active)


def _has_lapsed(
    on: date,
    rektor_from: date | None,
    rektor_to: date | None,
    rektor_is_open: bool | None,  # noqa: FBT001 # as it comes from the database
) -> bool:
    """Say whether rektor's own role does not hold; a role of one's own comes without its days."""
    if rektor_from is None:
        return False
    return not (rektor_from <= on <= (rektor_to or date.max) and rektor_is_open)


def assignments_on(user_id: UUID, on: date) -> QuerySet[RoleAssignment]:
    """Return the roles that an account holds on the day."""
    ongoing = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return RoleAssignment.objects.filter(ongoing, user_id=user_id, valid_from__lte=on)


def reachable_accounts(permission: Permission, places: set[UUID], on: date) -> list[UUID]:
    """Return the open accounts with an address that hold the permission at one of the places.

    `places` are ids of units, providers or organisers. Who may everything everywhere is not meant:
    they keep the program and have no part in the work. One query.
    """
    roles = [code for code, role in ROLES.items() if permission in role.permissions]
    ongoing = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    held = RoleAssignment.objects.filter(
        ongoing, role__in=roles, scope_id__in=places, valid_from__lte=on, user__is_active=True
    ).exclude(user__email="")
    return list(held.order_by("user_id").values_list("user_id", flat=True).distinct())


def scope_of(assignment: RoleAssignment | RoleProposal) -> Scope:
    """Return where an assigned role holds."""
    return Scope(ScopeKind(assignment.scope_kind), assignment.scope_id)


def holdings_at(scopes: Collection[Scope], organiser_id: UUID | None = None) -> list[HoldingRow]:
    """Return who holds or has held a role in one of the scopes; two queries.

    For callers that have found the scopes within the actor's reach. In Swedish order of the names,
    and for each account from the first day to the last.
    """
    names = role_names(organiser_id)
    found = RoleAssignment.objects.filter(_in_one_of(scopes)).select_related("user")
    rows = [
        HoldingRow(row.user_id, row.user.username, row.user.name, _role(row, names))
        for row in found
    ]
    return sorted(
        rows, key=lambda row: (sort_key(row.name), row.username, row.held.valid_from, row.held.id)
    )


def givers_at(role: str, scopes: Collection[Scope], today: date) -> list[tuple[UUID, str]]:
    """Return the id and the name of each who gives the role by one of the scopes; one query.

    For callers that have found the scopes within the actor's reach. In Swedish order of the names.
    """
    found = _holders([giver for giver, given in GIVES.items() if role in given], scopes, today)
    return sorted(
        set(found.values_list("user_id", "user__name")),
        key=lambda each: (sort_key(each[1]), each[0]),
    )


def reviewers_at(role: str, scopes: Collection[Scope], today: date) -> set[UUID]:
    """Return each account that goes through the role by one of the scopes; one query.

    A closed account goes through nothing. For callers as those of `givers_at`.
    """
    reviewers = [who for who, gone_through in REVIEWS.items() if role in gone_through]
    return set(_holders(reviewers, scopes, today).values_list("user_id", flat=True))


def _holders(
    roles: Collection[str], scopes: Collection[Scope], today: date
) -> QuerySet[RoleAssignment]:
    """Keep the roles that open accounts hold on the day by one of the scopes."""
    held = RoleAssignment.objects.filter(
        _in_one_of(scopes), role__in=roles, user__is_active=True, valid_from__lte=today
    )
    return held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))


def _in_one_of(scopes: Collection[Scope]) -> Q:
    by_kind: dict[ScopeKind, list[UUID | None]] = {}
    for each in scopes:
        by_kind.setdefault(each.kind, []).append(each.id)
    reach = Q(pk__in=())
    for kind, ids in by_kind.items():
        everywhere = kind is ScopeKind.EVERYTHING
        reach |= Q(scope_kind=kind) if everywhere else Q(scope_kind=kind, scope_id__in=ids)
    return reach


def waiting_roles() -> list[ProposalRow]:
    """Return the roles that wait for a second person, the oldest first; two queries.

    For callers that keep those within the actor's reach.
    """
    names = role_names(None)
    found = RoleProposal.objects.filter(state=RoleProposal.State.PROPOSED)
    return [
        ProposalRow(
            HoldingRow(row.user_id, row.user.username, row.user.name, _role(row, names)),
            row.proposed_by_id,
            row.proposed_by.name,
        )
        for row in found.select_related("user", "proposed_by").order_by("proposed_at", "pk")
    ]


def last_reviews(assignment_ids: Collection[int]) -> dict[int, tuple[date, str]]:
    """Return the day of each role's latest review and who made it; one query."""
    found = RoleReview.objects.filter(assignment__in=assignment_ids).order_by("reviewed_on")
    rows = found.values_list("assignment_id", "reviewed_on", "reviewed_by__name")
    return {key: (day, name) for key, day, name in rows}


def proposed_scope(proposal_id: int) -> Scope | None:
    """Return where a proposed role is to hold, decided or not; None when there is no proposal."""
    found = RoleProposal.objects.filter(pk=proposal_id).first()
    return scope_of(found) if found else None


def role_name(code: str, organiser_id: UUID | None = None) -> str:
    """Return what the organiser calls the role; without a name of its own, the manual's."""
    own = _own_names(organiser_id).get(code)
    named = ROLES[code].manual_name if code in ROLES else TASK_NAMES.get(code, code)
    return own or named


def role_names(organiser_id: UUID | None) -> dict[str, str]:
    """Return the name of every role with the organiser and of every delegated task; one query."""
    own = _own_names(organiser_id)
    named = {role.code: own.get(role.code, role.manual_name) for role in ALL_ROLES}
    return named | TASK_NAMES


def accounts(organiser_id: UUID | None = None) -> list[AccountRow]:
    """Return every account with its roles, in Swedish order of the names; three queries.

    For screens that `policies.may_manage_accounts` has let the actor into: accounts lie in no
    scope.
    """
    names = role_names(organiser_id)
    found = User.objects.prefetch_related("assignments")
    rows = [_account(user, names) for user in found]
    return sorted(rows, key=lambda row: (sort_key(row.name), row.username))


def _own_names(organiser_id: UUID | None) -> dict[str, str]:
    if organiser_id is None:
        return {}
    return dict(_named(organiser_id))


@worded_once
def _named(organiser_id: UUID) -> QuerySet[RoleName, Any]:
    return RoleName.objects.filter(organiser_id=organiser_id).values_list("role", "name")


def _account(user: User, names: dict[str, str]) -> AccountRow:
    held = sorted(user.assignments.all(), key=lambda row: (row.valid_from, row.pk))
    roles = tuple(_role(row, names) for row in held)
    return AccountRow(user.pk, user.username, user.name, user.email, user.is_active, roles)


def _role(row: RoleAssignment | RoleProposal, names: dict[str, str]) -> RoleRow:
    name = names.get(row.role, row.role)
    return RoleRow(row.pk, row.role, name, scope_of(row), row.valid_from, row.valid_to)
