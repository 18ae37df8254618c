"""Reading accounts: who somebody is, what they may do, and how they sign in."""

from provning.accounts.queries.accounts import (
    AccountRow,
    RoleRow,
    accounts,
    assignments_on,
    grants_of,
    reachable_accounts,
    role_name,
    role_names,
    scope_of,
    user_by_id,
    user_by_username,
)
from provning.accounts.queries.sign_in import (
    BindingRow,
    FactorRow,
    SessionRow,
    bindings_of,
    factors_of,
    owner_of_session,
    sessions_of,
    user_by_identities,
)

__all__ = [
    "AccountRow",
    "BindingRow",
    "FactorRow",
    "RoleRow",
    "SessionRow",
    "accounts",
    "assignments_on",
    "bindings_of",
    "factors_of",
    "grants_of",
    "owner_of_session",
    "reachable_accounts",
    "role_name",
    "role_names",
    "scope_of",
    "sessions_of",
    "user_by_id",
    "user_by_identities",
    "user_by_username",
]
