"""The only writes of accounts, roles, sign-ins, second factors and identities."""

from provning.accounts.actions.accounts import (
    confirm_password,
    create_user,
    dispose_sessions,
    record_sign_in,
    set_preferences,
)
from provning.accounts.actions.administration import invite, open_account, set_active
from provning.accounts.actions.bindings import bind_identity, unbind_identity
from provning.accounts.actions.delegations import Delegation, delegate
from provning.accounts.actions.factors import (
    add_key,
    add_totp,
    confirm_code,
    confirm_key,
    new_recovery_codes,
    remove_factor,
)
from provning.accounts.actions.passwords import (
    change_password,
    order_password_reset,
    reset_password,
)
from provning.accounts.actions.proposals import approve_role, propose_role, refuse_role
from provning.accounts.actions.reviews import SeenRole, keep_roles
from provning.accounts.actions.roles import Seen, assign_role, end_role, name_role
from provning.accounts.actions.sessions import (
    begin_session,
    end_other_sessions,
    end_session,
    end_sessions,
    forget_session,
    record_refused_identity,
    record_step_up,
    see_session,
)

__all__ = [
    "Delegation",
    "Seen",
    "SeenRole",
    "add_key",
    "add_totp",
    "approve_role",
    "assign_role",
    "begin_session",
    "bind_identity",
    "change_password",
    "confirm_code",
    "confirm_key",
    "confirm_password",
    "create_user",
    "delegate",
    "dispose_sessions",
    "end_other_sessions",
    "end_role",
    "end_session",
    "end_sessions",
    "forget_session",
    "invite",
    "keep_roles",
    "name_role",
    "new_recovery_codes",
    "open_account",
    "order_password_reset",
    "propose_role",
    "record_refused_identity",
    "record_sign_in",
    "record_step_up",
    "refuse_role",
    "remove_factor",
    "reset_password",
    "see_session",
    "set_active",
    "set_preferences",
    "unbind_identity",
]
