"""What makes an account, a role, a password and an identity right; pure, and everything at once."""

from provning.accounts.identities import IdentityKind
from provning.accounts.rules.accounts import (
    ending_problems,
    last_giver_problems,
    overlap_problems,
    own_role_problems,
    password_wrong,
    period_problems,
    preference_problems,
    proposal_waits,
    review_problems,
    role_name_problems,
    role_problems,
    user_problems,
    user_unknown,
    username_taken,
)
from provning.accounts.rules.administration import invitation_problems, own_account_problems
from provning.accounts.rules.delegations import Delegating, delegation_problems
from provning.accounts.rules.passwords import password_problems
from provning.accounts.rules.sign_in import (
    code_wrong,
    identity_taken,
    identity_to_bind,
    key_refused,
    totp_taken,
)

__all__ = [
    "Delegating",
    "IdentityKind",
    "code_wrong",
    "delegation_problems",
    "ending_problems",
    "identity_taken",
    "identity_to_bind",
    "invitation_problems",
    "key_refused",
    "last_giver_problems",
    "overlap_problems",
    "own_account_problems",
    "own_role_problems",
    "password_problems",
    "password_wrong",
    "period_problems",
    "preference_problems",
    "proposal_waits",
    "review_problems",
    "role_name_problems",
    "role_problems",
    "totp_taken",
    "user_problems",
    "user_unknown",
    "username_taken",
]
