"""Reading sign-ins: whose account an identity opens, which factors and sessions somebody has."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from provning.accounts import policies
from provning.accounts.identities import Identity, masked
from provning.accounts.models import IdentityBinding, RoleAssignment, SignIn, User
from provning.accounts.queries.managed import accounts_within
from provning.accounts.roles import ALL_ROLES
from provning.kernel.actors import Actor, Permission, Scope

SEEN_WITHIN = timedelta(minutes=5)
"""How late the time somebody was last seen may be written down."""
NO_FACTOR = Authenticator.Type.RECOVERY_CODES


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One second factor: `kind` is totp or webauthn, `name` what its owner calls a key."""

    id: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One sign-in that goes on; `current` is the one that asks."""

    id: int
    method: str
    user_agent: str
    began_at: datetime
    seen_at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class BindingRow:
    """One identity of an account, a personnummer without its last four digits."""

    id: int
    provider: str
    kind: str
    shown: str
    bound_at: datetime


def user_by_identities(provider: str, identities: list[Identity]) -> User | None:
    """Return the open account that one of the identities opens; None when they contradict.

    They do when they open different accounts, when there are two of a kind, and when the account is
    bound to another of the kind: an EPPN may have been given to somebody else since. One query. A
    closed account is as none.
    """
    wanted = {(each.kind.value, each.value) for each in identities}
    kinds = {kind for kind, _value in wanted}
    if len(kinds) != len(wanted):
        return None
    at = IdentityBinding.objects.filter(provider=provider)
    named = at.filter(value__in=[each.value for each in identities]).values("user")
    held = list(at.filter(user__in=named, user__is_active=True).select_related("user"))
    users = {each.user_id: each.user for each in held if (each.kind, each.value) in wanted}
    if len(users) != 1:
        return None
    [(user_id, user)] = users.items()
    bound = {(each.kind, each.value) for each in held if each.user_id == user_id}
    agreed = {kind for kind, _value in bound & wanted}
    contradicted = kinds & {kind for kind, _value in bound} - agreed
    return None if contradicted else user


def factors_of(user_id: UUID) -> list[FactorRow]:
    """Return the account's second factors, the oldest first; one query."""
    held = Authenticator.objects.filter(user_id=user_id).exclude(type=NO_FACTOR)
    return [
        FactorRow(each.pk, each.type, each.data.get("name", ""), each.created_at, each.last_used_at)
        for each in held.order_by("created_at", "pk")
    ]


def sessions_of(user_id: UUID, current_key: str | None) -> list[SessionRow]:
    """Return the account's sign-ins that can still go on, the one that asks first; one query."""
    now = datetime.now(UTC)
    found = SignIn.objects.filter(
        user_id=user_id,
        began_at__gt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE),
        seen_at__gt=now - timedelta(seconds=settings.SESSION_IDLE_SECONDS) - SEEN_WITHIN,
    ).order_by("-seen_at", "pk")
    rows = [
        SessionRow(
            each.pk,
            each.method,
            each.user_agent,
            each.began_at,
            each.seen_at,
            each.session_key == current_key,
        )
        for each in found
    ]
    return sorted(rows, key=lambda row: not row.current)


def bindings_of(actor: Actor, user_id: UUID, places: Collection[Scope] = ()) -> list[BindingRow]:
    """Return an account's identities, for itself or who manages it; two queries.

    `places` are as for `managed_accounts`. An account out of reach has none.
    """
    if actor.id != str(user_id):
        policies.require(actor, Permission.MANAGE_ACCOUNTS)
        if not accounts_within(actor, places).filter(pk=user_id).exists():
            return []
    held = IdentityBinding.objects.filter(user_id=user_id).order_by("provider", "kind", "pk")
    return [
        BindingRow(each.pk, each.provider, each.kind, masked(each.kind, each.value), each.bound_at)
        for each in held
    ]


def weak_givers(on: date, strong: Collection[str]) -> QuerySet[User]:
    """Return the open accounts that may give roles on the day and cannot sign in strongly.

    They have no second factor and no identity at a provider of `strong`, the names of those that
    may vouch for level 3.
    """
    roles = [each.code for each in ALL_ROLES if Permission.GIVE_ROLES in each.permissions]
    own = {"user": OuterRef("pk")}
    ongoing = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    held = RoleAssignment.objects.filter(ongoing, role__in=roles, valid_from__lte=on, **own)
    factors = Authenticator.objects.filter(**own).exclude(type=NO_FACTOR)
    bound = IdentityBinding.objects.filter(provider__in=strong, **own)
    return User.objects.filter(Exists(held), ~Exists(factors), ~Exists(bound), is_active=True)


def owner_of_session(session_key: str) -> UUID | None:
    """Return whose sign-in a key was, also when it has run out; None when nobody knows."""
    return SignIn.objects.filter(session_key=session_key).values_list("user_id", flat=True).first()
